"""The message push of the WeChat fake: four forms, repetitions with doubling gaps, and forgeries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from scripts.local_cloud.fakes.wechat import WeChatFake

EVENT = {"ToUserName": "gh_1", "FromUserName": "oAlice", "CreateTime": 1, "MsgType": "event", "Event": "xpay_x"}


class Shop:
    """The address in the console: keeps what arrives and gives the next of `answers`, then `success`."""

    def __init__(self) -> None:
        self.arrived: list[httpx.Request] = []
        self.answers: list[tuple[int, str]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.arrived.append(request)
        status, text = self.answers.pop(0) if self.answers else (200, "success")
        return httpx.Response(status, text=text)


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.fixture
def fake(shop: Shop) -> WeChatFake:
    fake = WeChatFake(push_transport=httpx.MockTransport(shop))
    fake.pushes.mailbox.url = "https://shop.test/push"
    return fake


@pytest.fixture
def client(fake: WeChatFake) -> Iterator[httpx.Client]:
    with httpx.Client(transport=httpx.WSGITransport(app=fake), base_url="http://wechat.test") as client:
        yield client


def control(client: httpx.Client, name: str, **wishes: Any) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = client.post(f"/__fake__/{name}", json=wishes).json()["notifications"]
    return sent


@pytest.mark.parametrize(
    ("secure", "xml", "shown"),
    [
        (False, False, b'"Event":"xpay_x"'),
        (False, True, b"<Event><![CDATA[xpay_x]]></Event>"),
        (True, False, b'"Encrypt":'),
    ],
)
def test_push_has_the_form_that_the_console_is_set_to(
    client: httpx.Client, shop: Shop, secure: bool, xml: bool, shown: bytes
) -> None:
    client.post("/__fake__/push_form", json={"secure": secure, "xml": xml})

    control(client, "push", event=EVENT)

    (request,) = shop.arrived
    assert shown in request.content
    assert ("msg_signature" in request.url.params) is secure


@pytest.mark.parametrize("answer", ["", "success", '{"ErrCode":0}', "<xml><ErrCode>0</ErrCode></xml>"])
def test_push_is_not_sent_again_when_it_was_acknowledged(client: httpx.Client, shop: Shop, answer: str) -> None:
    shop.answers = [(200, answer)]

    (sent,) = control(client, "push", event=EVENT)

    assert sent["accepted"]
    assert client.get("/__fake__/state").json()["pushes"]["waiting"] == []


@pytest.mark.parametrize("answer", [(401, ""), (200, "fail"), (200, '{"ErrCode":1}'), (200, "[0]")])
def test_push_waits_for_its_next_try_when_it_was_not_acknowledged(
    client: httpx.Client, shop: Shop, answer: tuple[int, str]
) -> None:
    shop.answers = [answer]

    (sent,) = control(client, "push", event=EVENT)

    assert not sent["accepted"]
    assert len(client.get("/__fake__/state").json()["pushes"]["waiting"]) == 1


def test_gaps_double_on_the_clock_of_the_fake_until_somebody_answers(client: httpx.Client, shop: Shop) -> None:
    client.post("/__fake__/push_form", json={"secure": False})
    shop.answers = [(500, "")] * 3
    control(client, "push", event=EVENT)

    tries = []
    for offset_s in range(16):
        client.post("/__fake__/clock", json={"offset_s": offset_s})
        tries += [offset_s] * len(control(client, "push_due"))

    assert tries == [2, 6, 14]
    assert [json.loads(request.content)["RetryTimes"] for request in shop.arrived] == [0, 1, 2, 3]


def test_forged_push_is_never_sent_again(client: httpx.Client, shop: Shop) -> None:
    shop.answers = [(401, "")]

    control(client, "push", event=EVENT, forge="signature")

    assert client.get("/__fake__/state").json()["pushes"]["waiting"] == []


def test_replayed_push_is_the_same_to_the_byte(client: httpx.Client, shop: Shop) -> None:
    control(client, "push", event=EVENT)
    control(client, "push_replay", index=0)

    first, again = shop.arrived
    assert (first.url, first.content) == (again.url, again.content)


def test_nothing_is_sent_when_no_address_is_known(fake: WeChatFake, client: httpx.Client, shop: Shop) -> None:
    fake.pushes.mailbox.url = None

    assert control(client, "push", event=EVENT) == []
    assert shop.arrived == []
