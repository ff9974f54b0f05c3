"""Virtual payment (xpay) through prepay, orders and reconcile: what the phone gets, what is found by asking, what is told."""

import json
from typing import Any

import pytest

from tests.functional.cloud import Cloud
from tests.functional.phone import Phone


@pytest.fixture
def phone(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> Phone:
    monkeypatch.setenv("PAY_PROVIDER", "xpay")
    return cloud.member()


def at_wechat(cloud: Cloud) -> list[tuple[str, int]]:
    return [(order["order_id"], order["status"]) for order in cloud.control("xpay", "state")["orders"]]


def test_order_has_what_the_phone_needs_when_it_was_opened(cloud: Cloud, phone: Phone) -> None:
    order = phone.open_order("credits_50")

    sign_data = json.loads(order["payment"]["signData"])
    assert order["provider"] == "xpay"
    assert set(order["payment"]) == {"mode", "signData", "paySig", "signature"}
    assert (sign_data["productId"], sign_data["goodsPrice"], sign_data["env"]) == ("mojian_credits_50", 3990, 1)
    assert sign_data["outTradeNo"] == order["order_id"]
    assert at_wechat(cloud) == []


def test_order_is_the_same_when_the_request_is_repeated_under_its_key(phone: Phone) -> None:
    wanted = {"product_id": "credits_10"}

    first = phone.call("POST", "/pay/prepay", wanted, key="k-1").json
    again = phone.call("POST", "/pay/prepay", wanted, key="k-1").json

    assert again == first


def test_order_is_not_opened_when_wechat_knows_another_session(cloud: Cloud, phone: Phone) -> None:
    cloud.control("xpay", "rotate_session", {"user": phone.user})

    answer = phone.call("POST", "/pay/prepay", {"product_id": "credits_10"})
    phone.log_in()

    assert answer.refusal == (401, "wechat_session_expired", "微信登录状态已过期，请重新登录后再试")
    assert phone.pay(phone.open_order()) == [200]


def test_order_is_opened_when_wechat_cannot_say_whether_the_session_lives(cloud: Cloud, phone: Phone) -> None:
    cloud.fault("xpay", "checksession", kind="status", status=500)

    assert phone.pay(phone.open_order()) == [200]


def test_order_is_opened_with_a_fresh_token_when_the_old_one_has_expired(cloud: Cloud, phone: Phone) -> None:
    phone.pay(phone.open_order())
    cloud.control("wechat", "expire_tokens", {})

    assert phone.pay(phone.open_order()) == [200]
    assert phone.credits == (25, 0)


def test_payment_is_refused_on_another_phone(cloud: Cloud, phone: Phone) -> None:
    order = phone.open_order()
    cloud.member("bob")

    with pytest.raises(Exception, match="400"):
        phone.pay(order, user="bob")

    assert at_wechat(cloud) == []


def test_lost_push_is_made_up_for_when_the_owner_looks(phone: Phone) -> None:
    order = phone.open_order()
    phone.pay(order, notify=0)

    assert phone.order_state(order) == "granted"
    assert phone.credits == (15, 0)


def test_lost_push_is_made_up_for_and_told_when_the_timer_fires(cloud: Cloud, phone: Phone) -> None:
    order = phone.open_order()
    phone.pay(order, notify=0)
    cloud.pass_time(seconds=10)

    found = cloud.tick("reconcile")
    told = cloud.tick("reconcile")

    assert (found["granted"], told["told"]) == (1, 1)
    assert at_wechat(cloud) == [(order["order_id"], 4)]


def test_delivery_is_told_once_although_wechat_knew_it_from_our_answer(cloud: Cloud, phone: Phone) -> None:
    phone.pay(phone.open_order())

    ticks = [cloud.tick("reconcile")["told"] for _ in range(3)]

    assert ticks == [1, 0, 0]
    assert len(cloud.requests("xpay", "notify_provide_goods")) == 1


def test_delivery_is_told_later_when_wechat_is_out_of_reach(cloud: Cloud, phone: Phone) -> None:
    phone.pay(phone.open_order(), notify=0)
    cloud.pass_time(seconds=10)
    cloud.tick("reconcile")
    cloud.fault("xpay", "notify_provide_goods", kind="errcode", errcode=-1, times=3)

    failed = cloud.tick("reconcile")["told"]
    cloud.pass_time(minutes=6)

    assert failed == 0
    assert cloud.tick("reconcile")["told"] == 1


def test_order_that_nobody_paid_is_closed_and_a_late_payment_is_granted(cloud: Cloud, phone: Phone) -> None:
    order = phone.open_order()
    cloud.pass_time(minutes=31)

    closed = cloud.tick("reconcile")["closed"]
    state = phone.order_state(order)

    assert (closed, state) == (1, "closed")
    assert phone.pay(order) == [200]
    assert phone.credits == (15, 0)


def test_order_is_closed_when_wechat_closed_it(cloud: Cloud, phone: Phone) -> None:
    order = phone.open_order()
    cloud.control("xpay", "pay", {"payment": order["payment"], "forge": "signature", "notify": 0})
    cloud.control("xpay", "close", {"out_trade_no": order["order_id"]})

    assert phone.order_state(order) == "closed"


def test_orders_stay_at_their_provider_when_the_setting_changes(
    cloud: Cloud, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = phone.open_order()
    monkeypatch.setenv("PAY_PROVIDER", "v3")
    cloud.platform.restart()
    new = phone.open_order()

    answers: list[Any] = [phone.pay(old), phone.pay(new)]

    assert (old["provider"], new["provider"]) == ("xpay", "v3")
    assert answers == [[200], [204]]
    assert phone.credits == (25, 0)


@pytest.mark.parametrize("provider", ["v3", "v2"])
def test_delivery_is_reported_once_when_the_mini_program_has_to(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch, provider: str
) -> None:
    monkeypatch.setenv("PAY_PROVIDER", provider)
    monkeypatch.setenv("PAY_REPORT_SHIPPING", "true")
    buyer = cloud.member()
    buyer.pay(buyer.open_order())

    ticks = [cloud.tick("reconcile")["told"] for _ in range(2)]

    (report,) = cloud.control("wechat", "state")["shipped"].values()
    assert ticks == [1, 0]
    assert report["logistics_type"] == 3
    assert report["shipping_list"] == [{"item_desc": "简历积分 10 点"}]


def test_delivery_is_not_reported_when_nobody_has_to(cloud: Cloud) -> None:
    buyer = cloud.member()
    buyer.pay(buyer.open_order())

    assert cloud.tick("reconcile")["told"] == 0
    assert cloud.requests("wechat", "upload_shipping_info") == []
