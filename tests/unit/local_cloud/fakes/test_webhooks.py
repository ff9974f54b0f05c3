"""The robots' fake against a signature of its own making, and its memory."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from scripts.local_cloud.fakes.webhooks import WebhooksFake
from scripts.local_cloud.fakes.webhooks.app import FEISHU_SECRET, FEISHU_TOKEN, WECOM_KEY
from scripts.local_cloud.fakes.webhooks.feishu import feishu_refusal

#: HMAC-SHA256 of nothing under "1599360473\\nSEC-known-answer", base64: made with OpenSSL.
KNOWN_SECRET, KNOWN_TIME = "SEC-known-answer", 1599360473
KNOWN_SIGNATURE = "X1ybDigjDnK36OoD74qicP/yJ4FLomSWL05isnJYYm0="


@pytest.fixture
def fake() -> WebhooksFake:
    return WebhooksFake()


@pytest.fixture
def client(fake: WebhooksFake) -> Iterator[httpx.Client]:
    with httpx.Client(transport=httpx.WSGITransport(app=fake), base_url="http://chat.test") as opened:
        yield opened


def signed(text: str, **changes: str) -> dict[str, object]:
    own = {"timestamp": str(KNOWN_TIME), "sign": KNOWN_SIGNATURE, **changes}
    return {**own, "msg_type": "text", "content": {"text": text}}


def test_signature_of_another_tool_is_accepted_when_it_is_right() -> None:
    assert feishu_refusal("t", signed("x"), ("t", KNOWN_SECRET), KNOWN_TIME + 3600) is None


@pytest.mark.parametrize(
    ("changes", "now"),
    [
        ({"sign": "x"}, KNOWN_TIME),
        ({"timestamp": "1599360474"}, KNOWN_TIME),
        ({"timestamp": "soon"}, KNOWN_TIME),
        ({}, KNOWN_TIME + 3601),
    ],
)
def test_signature_is_refused_when_it_is_wrong_or_old(changes: dict[str, str], now: int) -> None:
    refusal = feishu_refusal("t", signed("x", **changes), ("t", KNOWN_SECRET), now)

    assert refusal is not None
    assert refusal[0] == 19021


def test_refusals_come_in_a_200_when_a_robot_is_unknown(client: httpx.Client) -> None:
    wecom = client.post("/cgi-bin/webhook/send?key=x", json={"msgtype": "text", "text": {"content": "a"}})
    feishu = client.post("/open-apis/bot/v2/hook/x", json=signed("a"))

    assert (wecom.status_code, wecom.json()["errcode"]) == (200, 93000)
    assert (feishu.status_code, feishu.json()["code"]) == (200, 19001)


def test_settings_name_each_robot_by_itself(fake: WebhooksFake) -> None:
    groups = fake.environments("http://chat.test")

    assert groups["wecom_robot"]["ALERT_WECOM_KEY"] == WECOM_KEY
    assert set(groups["feishu_robot"].values()) == {"http://chat.test", FEISHU_TOKEN, FEISHU_SECRET}


def test_texts_are_forgotten_when_it_is_reset(fake: WebhooksFake, client: httpx.Client) -> None:
    client.post(f"/cgi-bin/webhook/send?key={WECOM_KEY}", json={"msgtype": "text", "text": {"content": "a"}})
    before = len(fake.state()["messages"])

    fake.reset()

    assert (before, fake.state()) == (1, {"messages": []})
