"""Buying credits: a genuine notification grants once, a forged one grants nothing, a lost one is found by asking."""

import pytest

from tests.e2e.conftest import Journey

WELCOME, BOUGHT = 5, 10


@pytest.mark.parametrize(
    "forgery", ["signature", "amount", "merchant", "appid", "currency", "payer", "order", "serial", "stale"]
)
def test_a_forged_notification_grants_nothing(journey: Journey, forgery: str) -> None:
    order = journey.phone.open_order("credits_10")

    sent = journey.phone.pay(order, forge=forgery)["notifications"]

    assert sent
    assert all(400 <= notification["status"] < 500 for notification in sent)
    assert journey.phone.me()["credits"] == WELCOME
    assert journey.phone.call("GET", f"/pay/orders/{order['order_id']}")["state"] == "created"


def test_a_genuine_notification_sent_five_times_at_once_grants_once(journey: Journey) -> None:
    order = journey.phone.open_order("credits_10")

    sent = journey.phone.pay(order, notify=5, concurrent=True)["notifications"]

    assert [notification["status"] for notification in sent] == [204] * 5
    assert journey.phone.me()["credits"] == WELCOME + BOUGHT


def test_a_replayed_notification_grants_nothing_more(journey: Journey) -> None:
    order = journey.phone.open_order("credits_10")
    sent = journey.phone.pay(order)["notifications"][0]

    journey.control("wechat_pay", "replay", {"index": sent["index"]})

    assert journey.phone.me()["credits"] == WELCOME + BOUGHT


def test_a_lost_notification_is_found_by_the_timer(journey: Journey) -> None:
    order = journey.phone.open_order("credits_10")
    journey.phone.pay(order, notify=0)
    assert journey.phone.me()["credits"] == WELCOME

    journey.stack.tick("reconcile")
    assert journey.stack.wait_idle(30)

    assert journey.phone.me()["credits"] == WELCOME + BOUGHT


def test_an_open_order_is_asked_about_when_its_owner_looks(journey: Journey) -> None:
    order = journey.phone.open_order("credits_10")
    journey.phone.pay(order, notify=0)

    seen = journey.phone.call("GET", f"/pay/orders/{order['order_id']}")

    assert seen["state"] == "granted"
    assert journey.phone.me()["credits"] == WELCOME + BOUGHT


def test_the_same_idempotency_key_opens_one_order(journey: Journey) -> None:
    ask = {"product_id": "credits_10"}

    first = journey.phone.call("POST", "/pay/prepay", ask, **{"Idempotency-Key": "k-1"})
    again = journey.phone.call("POST", "/pay/prepay", ask, **{"Idempotency-Key": "k-1"})

    assert again == first
    assert len(journey.phone.call("GET", "/pay/orders")["orders"]) == 1
