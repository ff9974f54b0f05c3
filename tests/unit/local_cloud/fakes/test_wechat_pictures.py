"""The fake's checks of pictures: fetched for real, answered late, early or never; and its codes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from scripts.local_cloud.fakes.wechat import WeChatFake
from scripts.local_cloud.fakes.wechat.codes import draw
from scripts.local_cloud.fakes.wechat.errors import WeChatError

NOWHERE = "http://127.0.0.1:1/picture.jpg"


class Shop:
    """The address in the console: keeps what arrives."""

    def __init__(self) -> None:
        self.arrived: list[bytes] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.arrived.append(request.content)
        return httpx.Response(200, text="success")


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.fixture
def fake(shop: Shop) -> WeChatFake:
    fake = WeChatFake(push_transport=httpx.MockTransport(shop))
    fake.pushes.mailbox.url = "https://shop.test/push"
    fake.pushes.mailbox.secure = False
    fake.pictures.wishes.delay_s = None
    return fake


@pytest.fixture
def client(fake: WeChatFake) -> Iterator[httpx.Client]:
    with httpx.Client(transport=httpx.WSGITransport(app=fake), base_url="http://wechat.test") as client:
        yield client


def ask(fake: WeChatFake, client: httpx.Client, **change: Any) -> dict[str, Any]:
    openid = client.post("/__fake__/open", json={"user": "alice"}).json()["openid"]
    account = {"grant_type": "client_credential", "appid": fake.appid, "secret": fake.secret}
    token = client.post("/cgi-bin/stable_token", json=account).json()["access_token"]
    body = {"media_url": NOWHERE, "media_type": 2, "version": 2, "scene": 1, "openid": openid, **change}
    answer: dict[str, Any] = client.post("/wxa/media_check_async", params={"access_token": token}, json=body).json()
    return answer


def test_answer_waits_until_it_is_due(fake: WeChatFake, client: httpx.Client, shop: Shop) -> None:
    trace = ask(fake, client)["trace_id"]
    before = list(shop.arrived)

    client.post("/__fake__/media_due", json={})

    assert before == []
    assert trace.encode() in shop.arrived[0]


def test_picture_that_cannot_be_fetched_has_no_verdict(fake: WeChatFake, client: httpx.Client, shop: Shop) -> None:
    ask(fake, client)

    client.post("/__fake__/media_due", json={})

    assert b'"errcode":-1008' in shop.arrived[0]
    assert b'"result"' not in shop.arrived[0]


def test_answer_never_comes_when_it_is_to_be_lost(fake: WeChatFake, client: httpx.Client, shop: Shop) -> None:
    client.post("/__fake__/media", json={"lost": 1})
    answer = ask(fake, client)

    client.post("/__fake__/media_due", json={})

    assert answer["errcode"] == 0
    assert shop.arrived == []


def test_answer_comes_first_when_it_is_to_be_early(fake: WeChatFake, client: httpx.Client, shop: Shop) -> None:
    client.post("/__fake__/media", json={"early": True})

    ask(fake, client)

    assert len(shop.arrived) == 1


@pytest.mark.parametrize(
    ("change", "errcode"),
    [
        ({"media_url": "file:///etc/passwd"}, 47001),
        ({"media_url": 1}, 47001),
        ({"version": 1}, 40004),
        ({"media_type": 3}, 40004),
        ({"scene": 5}, 40004),
        ({"openid": "nobody"}, 40003),
    ],
)
def test_question_is_refused_when_it_is_not_as_documented(
    fake: WeChatFake, client: httpx.Client, change: dict[str, Any], errcode: int
) -> None:
    assert ask(fake, client, **change)["errcode"] == errcode


def test_wish_that_does_not_exist_is_refused(client: httpx.Client) -> None:
    assert client.post("/__fake__/media", json={"suggest": "maybe"}).status_code == 400
    assert client.post("/__fake__/media", json={"speed": 1}).status_code == 400


@pytest.mark.parametrize(
    ("body", "errcode"),
    [
        ({"scene": ""}, 40169),
        ({"scene": "x" * 33}, 40169),
        ({"scene": "a b"}, 40169),
        ({"scene": "a%b"}, 40169),
        ({"scene": "a", "width": 100}, 40097),
        ({"scene": "a", "env_version": "beta"}, 40097),
        ({"scene": "a", "page": "/pages/share/share"}, 41030),
        ({"scene": "a", "page": "pages/unknown"}, 41030),
    ],
)
def test_code_is_refused_when_it_could_not_be_drawn(body: dict[str, Any], errcode: int) -> None:
    with pytest.raises(WeChatError) as caught:
        draw(body, ["pages/share/share"])

    assert caught.value.errcode == errcode


def test_code_is_a_png_of_the_wanted_width() -> None:
    from io import BytesIO

    from PIL import Image

    picture = Image.open(BytesIO(draw({"scene": "a" * 32, "page": "pages/share/share", "width": 300}, None)))

    assert (picture.format, picture.size) == ("PNG", (300, 300))
