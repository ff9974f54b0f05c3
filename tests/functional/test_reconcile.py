"""functions/reconcile: timer, every minute."""

import json
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from tests.functional.cloud import Cloud


def counted(**counts: int) -> dict[str, int]:
    """The first run of the day checks the books, too."""
    return {"asked": 0, "granted": 0, "closed": 0, "refunded": 0, "told": 0, "contradictions": 0, **counts}


def _at_wechat(cloud: Cloud) -> list[str]:
    return [order["trade_state"] for order in cloud.control("wechat_pay", "state")["orders"]]


def test_reconcile_does_nothing_when_there_are_no_orders(cloud: Cloud) -> None:
    result = cloud.tick("reconcile")

    assert result == counted()


def test_reconcile_grants_the_credits_when_the_notification_got_lost(cloud: Cloud) -> None:
    phone = cloud.member()
    order = phone.open_order()
    phone.pay(order, notify=0)

    result = cloud.tick("reconcile")

    assert result == counted(asked=1, granted=1)
    assert phone.credits == (15, 0)
    assert phone.order_state(order) == "granted"


def test_reconcile_grants_once_when_timers_and_notifications_meet(cloud: Cloud) -> None:
    phone = cloud.member()
    order = phone.open_order()
    phone.pay(order, notify=0)

    cloud.at_once(lambda: cloud.tick("reconcile"), times=3)
    cloud.control("wechat_pay", "notify", {"out_trade_no": order["order_id"], "notify": 2, "concurrent": True})

    assert phone.credits == (15, 0)


def test_reconcile_asks_ever_less_often_when_an_order_stays_open(cloud: Cloud) -> None:
    cloud.member().open_order()

    asked = []
    for _ in range(20):
        asked.append(cloud.tick("reconcile")["asked"])
        cloud.pass_time(minutes=1)

    assert sum(asked[:5]) >= 3
    assert sum(asked) <= 8


def test_reconcile_closes_an_order_on_both_sides_when_nobody_paid_in_time(cloud: Cloud) -> None:
    phone = cloud.member()
    order = phone.open_order()
    cloud.pass_time(minutes=31)

    result = cloud.tick("reconcile")

    assert result == counted(asked=1, closed=1)
    assert _at_wechat(cloud) == ["CLOSED"]
    assert phone.order_state(order) == "closed"
    assert phone.credits == (5, 0)


def test_reconcile_grants_instead_of_closing_when_it_was_paid_at_the_last_moment(cloud: Cloud) -> None:
    phone = cloud.member()
    order = phone.open_order()
    phone.pay(order, notify=0)
    cloud.pass_time(minutes=31)

    result = cloud.tick("reconcile")

    assert result == counted(asked=1, granted=1)
    assert phone.credits == (15, 0)


def test_reconcile_closes_an_order_when_wechat_pay_never_heard_of_it(cloud: Cloud) -> None:
    phone = cloud.member()
    cloud.fault("wechat_pay", "jsapi", kind="error", status=500, times=3)
    phone.call("POST", "/pay/prepay", {"product_id": "credits_10"})
    cloud.pass_time(minutes=31)

    result = cloud.tick("reconcile")

    assert result == counted(asked=1, closed=1)
    assert [order["state"] for order in phone.call("GET", "/pay/orders").json["orders"]] == ["closed"]


@pytest.mark.parametrize(
    "fault", [{"kind": "error", "status": 500, "times": 3}, {"kind": "probe"}, {"kind": "error", "status": 403}]
)
def test_reconcile_goes_on_with_the_others_when_one_order_cannot_be_asked_about(
    cloud: Cloud, fault: dict[str, Any]
) -> None:
    alice, bob = cloud.member("alice"), cloud.member("bob")
    for phone in (alice, bob):
        phone.pay(phone.open_order(), notify=0)
    cloud.fault("wechat_pay", "query_order", **fault)

    first = cloud.tick("reconcile")
    cloud.pass_time(minutes=1)
    second = cloud.tick("reconcile")

    assert first == counted(asked=2, granted=1)
    assert {**second, "contradictions": 0} == counted(asked=1, granted=1)
    assert (alice.credits, bob.credits) == ((15, 0), (15, 0))


def test_reconcile_leaves_an_order_open_when_wechat_pay_refuses_to_close_it(cloud: Cloud) -> None:
    phone = cloud.member()
    order = phone.open_order()
    cloud.pass_time(minutes=31)
    cloud.fault("wechat_pay", "close", kind="error", status=500, times=3)

    first = cloud.tick("reconcile")
    cloud.pass_time(minutes=5)
    second = cloud.tick("reconcile")

    assert (first["closed"], second["closed"]) == (0, 1)
    assert phone.order_state(order) == "closed"


def test_reconcile_checks_the_books_once_a_day_when_it_runs_every_minute(cloud: Cloud) -> None:
    checked = []
    for _ in range(3):
        checked.append("contradictions" in cloud.tick("reconcile"))
        cloud.pass_time(minutes=1)
    cloud.pass_time(hours=24)

    assert checked == [True, False, False]
    assert "contradictions" in cloud.tick("reconcile")


def test_reconcile_names_the_broken_row_when_the_books_do_not_agree(
    cloud: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    phone = cloud.member()
    order = phone.open_order()
    phone.pay(order)
    with closing(sqlite3.connect(cloud.database_file)) as database, database:
        database.execute("UPDATE credit_ledger SET amount = 11 WHERE reason = 'purchase'")
    capsys.readouterr()

    result = cloud.tick("reconcile")

    assert result["contradictions"] == 3
    alerts = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"books_contradicted"' in line]
    assert order["order_id"] in {alert["row"] for alert in alerts}
    assert "order has no purchase in the ledger" in {alert["contradiction"] for alert in alerts}


def test_reconcile_follows_a_refund_to_its_end_when_the_operator_asked_for_one(cloud: Cloud) -> None:
    phone = cloud.member()
    order = phone.open_order()
    phone.pay(order)
    cloud.ask_for_refund(order["order_id"])

    first = cloud.tick("reconcile")
    cloud.pass_time(minutes=5)
    second = cloud.tick("reconcile")

    assert (first["refunded"], second["refunded"]) == (0, 1)
    assert first["contradictions"] == 0
    assert phone.order_state(order) == "refunded"
    assert _at_wechat(cloud) == ["REFUND"]
    assert phone.credits == (5, 0)
