"""Buying credits, from the order to the balance and back: the same whoever takes the money."""

import pytest

from scripts.local_cloud.mini_program import TILLS
from tests.functional.cloud import Cloud

PROVIDERS = ("v3", "v2")
QUERIES = {"v3": "query_order", "v2": "orderquery"}


@pytest.fixture(params=PROVIDERS)
def provider(request: pytest.FixtureRequest, cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where new orders are opened."""
    monkeypatch.setenv("PAY_PROVIDER", request.param)
    return str(request.param)


def test_credits_are_granted_when_the_order_is_paid(cloud: Cloud, provider: str) -> None:
    phone = cloud.member()
    order = phone.open_order()

    statuses = phone.pay(order)

    assert order["provider"] == provider
    assert set(statuses) <= {200, 204}
    assert phone.credits == (15, 0)
    assert phone.order_state(order) == "granted"


@pytest.mark.parametrize("concurrent", [True, False])
def test_credits_are_granted_once_when_the_notification_comes_five_times(
    cloud: Cloud, provider: str, concurrent: bool
) -> None:
    phone = cloud.member()

    statuses = phone.pay(phone.open_order(), notify=5, concurrent=concurrent)

    assert len(statuses) == 5
    assert set(statuses) <= {200, 204}
    assert phone.credits == (15, 0)


@pytest.mark.parametrize("forge", ["signature", "amount", "merchant", "appid", "currency", "payer", "order"])
def test_credits_are_granted_only_for_the_genuine_notification_when_a_forged_one_came_first(
    cloud: Cloud, provider: str, forge: str
) -> None:
    phone = cloud.member()
    order = phone.open_order()

    forged = phone.pay(order, forge=forge)
    before = phone.credits
    phone.pay(order)

    assert forged == [401]
    assert (before, phone.credits) == ((5, 0), (15, 0))


def test_order_is_settled_by_asking_when_the_notification_got_lost(cloud: Cloud, provider: str) -> None:
    phone = cloud.member()
    order = phone.open_order()
    phone.pay(order, notify=0)

    states = cloud.at_once(lambda: phone.order_state(order), times=3)
    cloud.control(TILLS[provider], "notify", {"out_trade_no": order["order_id"]})

    assert states == ["granted"] * 3
    assert phone.credits == (15, 0)


def test_order_is_settled_by_the_timer_when_nobody_asks(cloud: Cloud, provider: str) -> None:
    phone = cloud.member()
    order = phone.open_order()
    phone.pay(order, notify=0)

    result = cloud.tick("reconcile")

    assert (result["asked"], result["granted"], result["contradictions"]) == (1, 1, 0)
    assert phone.credits == (15, 0)


def test_order_is_closed_on_both_sides_when_nobody_paid_in_time(cloud: Cloud, provider: str) -> None:
    phone = cloud.member()
    order = phone.open_order()
    cloud.pass_time(minutes=31)

    result = cloud.tick("reconcile")

    assert result["closed"] == 1
    assert [entry["trade_state"] for entry in cloud.control(TILLS[provider], "state")["orders"]] == ["CLOSED"]
    assert phone.order_state(order) == "closed"


def test_order_stays_with_its_provider_when_the_setting_changes(
    cloud: Cloud, provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = cloud.member()
    order = phone.open_order()
    monkeypatch.setenv("PAY_PROVIDER", next(name for name in PROVIDERS if name != provider))
    cloud.platform.restart()

    phone.pay(order, notify=0)
    result = cloud.tick("reconcile")

    assert result["granted"] == 1
    assert len(cloud.requests(TILLS[provider], QUERIES[provider])) == 1


def test_refund_ends_when_its_notification_comes(cloud: Cloud, provider: str) -> None:
    phone = cloud.member()
    order = phone.open_order()
    phone.pay(order)
    cloud.ask_for_refund(order["order_id"])
    cloud.tick("reconcile")

    told = cloud.control(TILLS[provider], "settle_refund", {"out_refund_no": "R0000001"})["notifications"]

    assert {notification["status"] for notification in told} <= {200, 204}
    assert phone.order_state(order) == "refunded"
    assert phone.credits == (5, 0)


def test_refund_takes_the_credits_back_when_the_payment_is_told_again_after_it(cloud: Cloud, provider: str) -> None:
    phone = cloud.member()
    order = phone.open_order()
    phone.pay(order)
    cloud.ask_for_refund(order["order_id"])
    cloud.tick("reconcile")
    cloud.pass_time(minutes=5)

    result = cloud.tick("reconcile")
    cloud.control(TILLS[provider], "notify", {"out_trade_no": order["order_id"]})

    assert result["refunded"] == 1
    assert phone.order_state(order) == "refunded"
    assert phone.credits == (5, 0)
