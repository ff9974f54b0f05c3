"""Reconciling: open orders and refunds are asked about until they end, delivery is told, what contradicts us is reported."""

from typing import Any

import pytest

from common.domain.orders import OrderNumber, PaymentStatus
from common.domain.refunds import RefundNumber, RefundRequest, RefundStatus
from common.errors import DeadlineExceeded, SettingsInvalid, VendorRejected, VendorUnavailable
from common.services import reconciling
from tests.builders import NOW, an_order, evidence_for


@pytest.fixture
def reconcile(till_at: Any) -> Any:
    def call(after_s: float = 0) -> dict[str, int]:
        counts = reconciling.reconcile(till_at(after_s))
        return {name: count for name, count in counts.items() if count}

    return call


def test_lost_notification_costs_nobody_when_reconciled(orders, gate, reconcile, credits, han):
    order = an_order(han.id)
    orders.add(order)
    gate.states[order.number] = PaymentStatus("paid", evidence_for(order))

    counts = reconcile()

    assert counts == {"asked": 1, "granted": 1}
    assert credits.balance(han.id).available == 20


def test_open_order_is_asked_about_on_a_widening_schedule_when_nobody_pays(orders, gate, reconcile, han):
    orders.add(an_order(han.id))

    asked_at = [second for second in range(0, 1800, 5) if reconcile(second)]

    assert asked_at == [0, 5, 30, 60, 180, 300, 600, 1200]


def test_order_is_closed_at_the_vendor_first_when_its_time_is_up(orders, gate, reconcile, han):
    orders.add(an_order(han.id))

    counts = reconcile(1800)

    assert counts.get("closed") == 1
    assert gate.closed == ["M1"]
    assert orders.find(OrderNumber("M1")).state == "closed"


def test_order_stays_open_when_the_vendor_refuses_to_close_it(orders, gate, reconcile, reports, han):
    """It was paid in this very moment: the next question will tell."""
    orders.add(an_order(han.id))
    gate.fail["close_order"] = [VendorRejected()]

    reconcile(1800)

    assert orders.find(OrderNumber("M1")).state == "created"
    assert reports.codes == [("M1", "vendor_rejected")]
    assert reconcile(1800 + 301).get("closed") == 1


def test_other_orders_are_granted_when_one_cannot_be_asked_about(orders, gate, reconcile, reports, credits, han):
    first, second = an_order(han.id), an_order(han.id, number=OrderNumber("M2"))
    orders.add(first)
    orders.add(second)
    gate.fail["find_order"] = [VendorUnavailable()]
    gate.states[second.number] = PaymentStatus("paid", evidence_for(second))

    counts = reconcile()

    assert counts == {"asked": 2, "granted": 1}
    assert reports.codes == [("M1", "vendor_unavailable")]
    assert credits.balance(han.id).available == 20


def test_the_rest_stays_due_when_our_own_time_is_up(orders, gate, reconcile, reports, han):
    orders.add(an_order(han.id))
    orders.add(an_order(han.id, number=OrderNumber("M2")))
    gate.fail["find_order"] = [None, DeadlineExceeded()]

    counts = reconcile()

    assert counts.get("asked") == 1
    assert reports.codes == []
    assert [order.number for order in orders.due(now=NOW, limit=10)] == ["M2"]


def test_mismatch_is_reported_and_grants_nothing_when_reconciled(orders, gate, reconcile, reports, credits, han):
    order = an_order(han.id)
    orders.add(order)
    gate.states[order.number] = PaymentStatus("paid", evidence_for(order, amount_fen=1))

    reconcile()

    assert reports.codes == [("M1", "notification_refused")]
    assert credits.balance(han.id).available == 10


def test_closed_order_is_looked_at_twice_more_when_the_provider_cannot_close(orders, gate, reconcile, han):
    orders.add(an_order(han.id))
    reconcile(1800)

    asked_at = [minute for minute in range(31, 3000) if reconcile(minute * 60).get("asked")]

    assert asked_at == [90, 1470]


def test_payment_is_granted_when_it_was_made_after_we_closed_the_order(orders, gate, reconcile, credits, han):
    order = an_order(han.id)
    orders.add(order)
    reconcile(1800)
    gate.states[order.number] = PaymentStatus("paid", evidence_for(order))

    counts = reconcile(5400)

    assert counts == {"asked": 1, "granted": 1}
    assert credits.balance(han.id).available == 20


def test_contradicting_order_is_asked_about_ever_less_often_when_nobody_acts(orders, gate, reconcile, reports, han):
    order = an_order(han.id)
    orders.add(order)
    gate.states[order.number] = PaymentStatus("paid", evidence_for(order, amount_fen=1))

    asked_at = [hour for hour in range(1, 24 * 12) if reconcile(hour * 3600).get("asked")]

    assert len(asked_at) <= 45
    assert asked_at[-1] - asked_at[-2] == 24
    assert orders.find(order.number).state == "created"


def test_order_stays_due_when_its_provider_has_no_settings(orders, gate, reconcile, reports, han):
    orders.add(an_order(han.id))
    gate.fail["find_order"] = [SettingsInvalid()]

    reconcile()

    assert reports.codes == [("M1", "settings_invalid")]
    assert orders.find(OrderNumber("M1")).state == "created"


def test_delivery_is_told_until_it_succeeds_when_the_provider_wants_to_know(orders, gate, reconcile, reports, han):
    gate.reports_delivery = True
    order = an_order(han.id)
    orders.add(order)
    gate.states[order.number] = PaymentStatus("paid", evidence_for(order))
    gate.fail["confirm_delivery"] = [VendorUnavailable()]
    reconcile()

    told = [reconcile(second).get("told", 0) for second in (1, 60, 120, 600)]

    assert sum(told) == 1
    assert gate.delivered == [order.number]
    assert reports.codes == [("M1", "vendor_unavailable")]


def test_nobody_is_told_of_delivery_when_the_provider_does_not_want_to_know(orders, gate, reconcile, han):
    order = an_order(han.id)
    orders.add(order)
    gate.states[order.number] = PaymentStatus("paid", evidence_for(order))
    reconcile()

    assert reconcile(7200) == {}
    assert gate.calls["confirm_delivery"] == 0


@pytest.fixture
def asked(orders: Any, refunds: Any, han: Any) -> Any:
    """A granted order whose refund was asked for, and the process died before the vendor was."""
    order = an_order(han.id)
    orders.add(order)
    orders.settle(evidence_for(order), source="notification", now=NOW, ask_at=None)
    return refunds.open(RefundRequest(RefundNumber("R1"), order.number, "操作失误"), now=NOW)


@pytest.mark.parametrize("known", [True, False])
def test_refund_is_done_when_the_process_died_around_the_vendor_call(
    asked, gate, reconcile, orders, credits, han, known
):
    if known:
        gate.refunds[asked.number] = RefundStatus("done", 990)
    first = reconcile()
    gate.refunds[asked.number] = RefundStatus("done", 990)
    second = reconcile(5)

    assert {**first, **second} == {"refunded": 1}
    assert orders.find(OrderNumber("M1")).state == "refunded"
    assert credits.balance(han.id).available == 10


def test_refund_is_asked_about_on_a_widening_schedule_when_it_takes_long(asked, gate, reconcile):
    gate.refunds[asked.number] = RefundStatus("pending")

    asked_at = []
    for second in range(0, 1800, 5):
        before = gate.calls["find_refund"]
        reconcile(second)
        if gate.calls["find_refund"] > before:
            asked_at.append(second)

    assert asked_at == [0, 5, 30, 60, 180, 300, 600, 1200]


def test_refund_that_needs_somebody_in_the_console_is_reported(asked, gate, reconcile, reports, refunds):
    gate.refunds[asked.number] = RefundStatus("stuck")

    reconcile()

    assert reports.codes == [("M1", "books_contradicted")]
    assert refunds.find(asked.number).state == "asked"


def test_refund_is_not_believed_when_its_amount_is_another(asked, gate, reconcile, reports, orders):
    gate.refunds[asked.number] = RefundStatus("done", 1)

    reconcile()

    assert reports.codes == [("M1", "books_contradicted")]
    assert orders.find(OrderNumber("M1")).state == "granted"


def test_refund_goes_on_later_when_the_vendor_is_down(asked, gate, reconcile, reports, refunds):
    gate.fail["find_refund"] = [VendorUnavailable()]
    reconcile()
    gate.refunds[asked.number] = RefundStatus("done", 990)

    counts = reconcile(5)

    assert counts == {"refunded": 1}
    assert reports.codes == [("M1", "vendor_unavailable")]
