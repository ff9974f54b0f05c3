"""GET and POST /wechat/push through functions/push: WeChat pushes to the public address, encrypted and plain, as JSON and XML."""

import sqlite3
import time
from contextlib import closing
from typing import Any

import pytest

from scripts.local_cloud.fakes.wechat.push_letters import signature
from tests.functional.cloud import Cloud
from tests.functional.phone import Phone

FORGED = ("signature", "stale", "key", "app", "plain")
LYING = ("amount", "payer", "order", "environment", "product", "quantity", "attach", "price_list")
RECEIVED = '{"ErrCode": 0, "ErrMsg": "success"}'
COMPLAINT = {
    "ToUserName": "gh_1",
    "FromUserName": "oAlice",
    "CreateTime": 1795334400,
    "MsgType": "event",
    "Event": "xpay_complaint_notify",
    "MchOrderId": "MSOMEORDER0000001",
}


@pytest.fixture
def phone(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> Phone:
    """Somebody who buys through virtual payment."""
    monkeypatch.setenv("PAY_PROVIDER", "xpay")
    return cloud.member()


@pytest.fixture
def plain(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    """The console is set to plain mode, and so are we."""
    monkeypatch.setenv("WECHAT_PUSH_AES_KEY", "")
    cloud.control("wechat", "push_form", {"secure": False})


def pushed(cloud: Cloud, order: dict[str, Any], **how: Any) -> list[int]:
    sent = cloud.control("xpay", "push", {"out_trade_no": order["order_id"], **how})["notifications"]
    return [notification["status"] for notification in sent]


def status_at_wechat(cloud: Cloud) -> list[int]:
    return [order["status"] for order in cloud.control("xpay", "state")["orders"]]


def signed(cloud: Cloud, **query: str) -> dict[str, str]:
    at = str(int(cloud.clock.now().timestamp()))
    return {
        "timestamp": at,
        "nonce": "n",
        "signature": signature(cloud.settings["WECHAT_PUSH_TOKEN"], at, "n"),
        **query,
    }


def test_address_is_proven_when_wechat_asks(cloud: Cloud) -> None:
    query = "&".join(f"{name}={value}" for name, value in signed(cloud, echostr="5375").items())

    answer = cloud.call("push", "GET", f"/wechat/push?{query}")

    assert (answer.status, answer.content) == (200, b"5375")


def test_address_is_not_proven_when_anybody_asks(cloud: Cloud) -> None:
    answer = cloud.call("push", "GET", "/wechat/push?signature=x&timestamp=1&nonce=n&echostr=5375")

    assert answer.status == 401
    assert b"5375" not in answer.content


@pytest.mark.parametrize("xml", [False, True])
def test_delivery_grants_the_credits_when_it_is_genuine_and_encrypted(cloud: Cloud, phone: Phone, xml: bool) -> None:
    cloud.control("wechat", "push_form", {"xml": xml})
    order = phone.open_order()

    statuses = phone.pay(order)

    assert statuses == [200]
    assert phone.credits == (15, 0)
    assert phone.order_state(order) == "granted"
    assert status_at_wechat(cloud) == [4]


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize("xml", [False, True])
def test_delivery_grants_the_credits_when_it_is_genuine_and_plain(cloud: Cloud, phone: Phone, xml: bool) -> None:
    cloud.control("wechat", "push_form", {"xml": xml})

    statuses = phone.pay(phone.open_order())

    assert statuses == [200]
    assert phone.credits == (15, 0)


def test_delivery_is_acknowledged_in_the_form_it_came_in(cloud: Cloud, phone: Phone) -> None:
    phone.pay(phone.open_order())
    cloud.control("wechat", "push_form", {"xml": True})
    phone.pay(phone.open_order())

    answers = [entry["body"] for entry in cloud.control("wechat", "state")["pushes"]["deliveries"]]

    assert answers[0] == RECEIVED
    assert answers[1] == "<xml><ErrCode>0</ErrCode><ErrMsg><![CDATA[success]]></ErrMsg></xml>"


@pytest.mark.parametrize("concurrent", [True, False])
def test_delivery_grants_once_when_it_comes_five_times(cloud: Cloud, phone: Phone, concurrent: bool) -> None:
    statuses = phone.pay(phone.open_order(), notify=5, concurrent=concurrent)

    assert statuses == [200] * 5
    assert phone.credits == (15, 0)


@pytest.mark.parametrize("forge", FORGED + LYING)
def test_delivery_grants_nothing_when_it_is_forged_although_the_order_was_paid(
    cloud: Cloud, phone: Phone, forge: str
) -> None:
    order = phone.open_order()
    phone.pay(order, notify=0)

    refused = pushed(cloud, order, forge=forge)
    credits = phone.credits

    assert refused == [401]
    assert credits == (5, 0)
    assert pushed(cloud, order) == [200]
    assert phone.credits == (15, 0)


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize("forge", LYING)
def test_delivery_grants_nothing_when_a_plain_one_lies_under_a_good_signature(
    cloud: Cloud, phone: Phone, forge: str
) -> None:
    order = phone.open_order()
    phone.pay(order, notify=0)

    assert pushed(cloud, order, forge=forge) == [401]
    assert phone.credits == (5, 0)


def test_delivery_grants_nothing_when_nobody_paid(cloud: Cloud, phone: Phone) -> None:
    order = phone.open_order()
    cloud.control("xpay", "pay", {"payment": order["payment"], "forge": "signature"})

    statuses = pushed(cloud, order)

    assert statuses == [401]
    assert phone.credits == (5, 0)


def test_delivery_of_the_sandbox_grants_nothing_when_we_are_in_production(
    cloud: Cloud, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = phone.open_order()
    phone.pay(order, notify=0)
    monkeypatch.setenv("XPAY_ENV", "production")
    cloud.platform.restart()

    assert pushed(cloud, order) == [401]
    assert phone.credits == (5, 0)
    assert phone.order_state(order) == "created"


def test_delivery_is_taken_when_wechat_tries_again_after_our_database_was_down(
    cloud: Cloud, phone: Phone, monkeypatch: pytest.MonkeyPatch, down: Any
) -> None:
    order = phone.open_order()
    down("database")
    cloud.platform.restart()
    refused = phone.pay(order)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{cloud.database_file}")
    cloud.platform.restart()
    early = cloud.control("wechat", "push_due", {})["notifications"]
    cloud.pass_time(seconds=3)

    due = cloud.control("wechat", "push_due", {})["notifications"]

    assert (refused, early) == ([503], [])
    assert [(entry["status"], entry["retry_times"]) for entry in due] == [(200, 1)]
    assert phone.credits == (15, 0)


def test_delivery_is_refused_and_sent_again_when_wechat_cannot_say_whether_it_was_paid(
    cloud: Cloud, phone: Phone
) -> None:
    order = phone.open_order()
    cloud.fault("xpay", "query_order", kind="errcode", errcode=-1, times=3)

    statuses = phone.pay(order)

    assert statuses == [503]
    assert phone.credits == (5, 0)


def test_delivery_grants_nothing_more_when_its_bytes_are_replayed(cloud: Cloud, phone: Phone) -> None:
    phone.pay(phone.open_order())

    (replayed,) = cloud.control("wechat", "push_replay", {"index": 0})["notifications"]

    assert replayed["status"] == 200
    assert phone.credits == (15, 0)


def test_delivery_from_apple_grants_the_credits_although_it_tells_less(
    cloud: Cloud, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XPAY_ENV", "production")
    cloud.platform.restart()

    statuses = phone.pay(phone.open_order(), apple=True)

    assert statuses == [200]
    assert phone.credits == (15, 0)


@pytest.mark.parametrize("event", ["xpay_coin_pay_notify", "wxa_unknown_event", "user_enter_tempsession", ""])
def test_event_is_acknowledged_and_changes_nothing_when_it_is_none_of_ours(cloud: Cloud, event: str) -> None:
    told = {"ToUserName": "gh_1", "FromUserName": "oAlice", "CreateTime": 1, "MsgType": "event", "Event": event}

    (sent,) = cloud.control("wechat", "push", {"event": told})["notifications"]

    assert (sent["status"], sent["accepted"]) == (200, True)


def test_complaint_is_reported_to_the_operator_once_when_it_comes_twice(
    cloud: Cloud, capfd: pytest.CaptureFixture[str]
) -> None:
    sent = cloud.control("wechat", "push", {"event": COMPLAINT, "notify": 2})["notifications"]

    alerts = [line for line in capfd.readouterr().out.splitlines() if "complaint of the payer" in line]
    assert [entry["status"] for entry in sent] == [200, 200]
    assert len(alerts) == 1
    assert COMPLAINT["MchOrderId"] in alerts[0]


@pytest.mark.parametrize("body", [b"", b"{}", b"<xml></xml>", b"\xff", b"[" * 60_000, b"x" * 70_000])
def test_anything_that_anybody_posts_is_refused_in_the_form_of_wechat(cloud: Cloud, body: bytes) -> None:
    answer = cloud.call("push", "POST", "/wechat/push?timestamp=1&nonce=1&signature=1&msg_signature=1", body=body)

    assert answer.status == 401
    assert set(answer.json) == {"ErrCode", "ErrMsg"}


def test_refund_that_was_made_in_the_console_takes_the_credits_back(cloud: Cloud, phone: Phone) -> None:
    order = phone.open_order()
    phone.pay(order)

    sent = cloud.control("xpay", "refund", {"out_trade_no": order["order_id"]})["notifications"]

    assert [entry["status"] for entry in sent] == [200]
    assert phone.credits == (5, 0)
    assert phone.order_state(order) == "refunded"


def test_refund_before_we_knew_of_the_payment_leaves_no_credits(cloud: Cloud, phone: Phone) -> None:
    order = phone.open_order()
    phone.pay(order, notify=0)

    cloud.control("xpay", "refund", {"out_trade_no": order["order_id"]})
    late = pushed(cloud, order)

    assert late == [200]
    assert phone.credits == (5, 0)
    assert phone.order_state(order) == "refunded"


CHECKED = {
    "ToUserName": "gh_1",
    "FromUserName": "oAlice",
    "CreateTime": 1795334400,
    "MsgType": "event",
    "Event": "wxa_media_check",
    "trace_id": "t1",
    "result": {"suggest": "risky", "label": 20002},
}


@pytest.mark.parametrize("forge", FORGED)
def test_verdict_about_a_picture_is_refused_when_it_is_forged(cloud: Cloud, forge: str) -> None:
    (sent,) = cloud.control("wechat", "push", {"event": CHECKED, "forge": forge})["notifications"]

    assert sent["status"] == 401


def test_verdicts_about_two_pictures_in_one_second_are_both_taken(cloud: Cloud) -> None:
    for trace in ("t1", "t2"):
        cloud.control("wechat", "push", {"event": {**CHECKED, "trace_id": trace}})

    with closing(sqlite3.connect(cloud.database_file)) as database:
        kept = database.execute("SELECT trace_id, suggestion FROM media_traces ORDER BY trace_id").fetchall()
    assert kept == [("t1", "risky"), ("t2", "risky")]


def test_push_is_answered_in_time_and_settled_later_when_the_vendor_is_slow(cloud: Cloud, phone: Phone) -> None:
    cloud.fault("xpay", "query_order", kind="slow", seconds=8)
    order = phone.open_order()
    started = time.monotonic()

    statuses = phone.pay(order)
    took_s = time.monotonic() - started
    cloud.pass_time(seconds=3)
    cloud.control("wechat", "push_due", {})

    assert statuses == [503]
    assert took_s < 5
    assert phone.order_state(order) == "granted"
    assert phone.credits == (15, 0)


def test_profile_taken_back_stays_as_the_user_made_it_afterwards_when_the_push_is_replayed(
    cloud: Cloud, alice: Phone
) -> None:
    me = alice.call("GET", "/user/me").json["id"]
    with closing(sqlite3.connect(cloud.database_file)) as database, database:
        (openid,) = database.execute("SELECT openid FROM users WHERE id = ?", (me,)).fetchone()
        database.execute("UPDATE users SET nickname = '小爱' WHERE id = ?", (me,))
    revoked = {**CHECKED, "Event": "user_authorization_revoke", "OpenID": openid, "RevokeInfo": "6"}
    cloud.control("wechat", "push", {"event": revoked})
    forgotten = alice.call("GET", "/user/me").json["nickname"]
    with closing(sqlite3.connect(cloud.database_file)) as database, database:
        database.execute("UPDATE users SET nickname = '新名' WHERE id = ?", (me,))

    cloud.control("wechat", "push_replay", {"index": 0})

    assert forgotten is None
    assert alice.call("GET", "/user/me").json["nickname"] == "新名"
