"""GET /pay/orders and /pay/orders/{id} through functions/orders."""

from typing import Any

import pytest

from tests.functional.cloud import Cloud

NOT_FOUND = (404, "not_found", "没有找到相关内容")


def test_orders_are_empty_when_nothing_was_bought(cloud: Cloud) -> None:
    answer = cloud.member().call("GET", "/pay/orders")

    assert (answer.status, answer.json) == (200, {"orders": []})


def test_orders_are_listed_newest_first_and_only_my_own_when_several_buy(cloud: Cloud) -> None:
    alice, bob = cloud.member("alice"), cloud.member("bob")
    numbers = [alice.open_order(product)["order_id"] for product in ("credits_10", "credits_50")]
    bob.open_order()

    orders = alice.call("GET", "/pay/orders").json["orders"]

    assert [order["order_id"] for order in orders] == numbers[::-1]
    assert [order["amount_fen"] for order in orders] == [3990, 990]


def test_order_is_settled_by_asking_when_the_notification_got_lost(cloud: Cloud) -> None:
    phone = cloud.member()
    order = phone.open_order()
    phone.pay(order, notify=0)

    answer = cloud.call("orders", "GET", f"/pay/orders/{order['order_id']}", token=phone.token)

    assert answer.status == 200
    assert answer.json["state"] == "granted"
    assert answer.json["paid_at"] is not None
    assert phone.credits == (15, 0)


def test_order_is_settled_once_when_five_ask_and_the_notification_comes_too(cloud: Cloud) -> None:
    phone = cloud.member()
    order = phone.open_order()
    phone.pay(order, notify=0)

    states = cloud.at_once(lambda: phone.order_state(order), times=5)
    cloud.control("wechat_pay", "notify", {"out_trade_no": order["order_id"]})

    assert states == ["granted"] * 5
    assert phone.credits == (15, 0)


def test_order_is_not_asked_for_again_when_it_was_granted(cloud: Cloud) -> None:
    phone = cloud.member()
    order = phone.open_order()
    phone.pay(order)

    state = phone.order_state(order)

    assert state == "granted"
    assert cloud.requests("wechat_pay", "query_order") == []


def test_order_stays_open_when_nobody_has_paid(cloud: Cloud) -> None:
    phone = cloud.member()

    state = phone.order_state(phone.open_order())

    assert state == "created"
    assert phone.credits == (5, 0)


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "error", "status": 500, "times": 3},
        {"kind": "probe"},
        {"kind": "malformed"},
        {"kind": "drop", "times": 3},
    ],
)
def test_order_is_shown_as_we_know_it_when_wechat_pay_cannot_be_asked(cloud: Cloud, fault: dict[str, Any]) -> None:
    phone = cloud.member()
    order = phone.open_order()
    phone.pay(order, notify=0)
    cloud.fault("wechat_pay", "query_order", **fault)

    answer = phone.call("GET", f"/pay/orders/{order['order_id']}")

    assert (answer.status, answer.json["state"]) == (200, "created")
    assert phone.order_state(order) == "granted"


def test_order_is_not_found_when_it_is_somebody_elses(cloud: Cloud) -> None:
    alice, bob = cloud.member("alice"), cloud.member("bob")
    order = alice.open_order()

    answer = bob.call("GET", f"/pay/orders/{order['order_id']}")

    assert answer.refusal == NOT_FOUND
    assert cloud.requests("wechat_pay", "query_order") == []


def test_order_is_not_found_when_it_does_not_exist(cloud: Cloud) -> None:
    answer = cloud.member().call("GET", "/pay/orders/M0")

    assert answer.refusal == NOT_FOUND


@pytest.mark.parametrize("path", ["/pay/orders", "/pay/orders/M0"])
def test_orders_are_refused_when_not_logged_in(cloud: Cloud, path: str) -> None:
    answer = cloud.call("orders", "GET", path)

    assert answer.refusal == (401, "not_logged_in", "请先登录")
