"""Refunds: all of the money, what is left of the credits, once, whoever makes them and however they go wrong."""

from typing import Any

import pytest

from common.domain.orders import OrderNumber, PaymentStatus
from common.domain.refunds import RefundEvidence, RefundNumber, RefundStatus
from common.errors import Conflict, CreditsExhausted, NotFound, NotificationRefused, VendorRejected, VendorUnavailable
from common.services import payments, refunding
from tests.builders import NOW, an_order, evidence_for

M1 = OrderNumber("M1")


@pytest.fixture
def bought(orders: Any, han: Any) -> Any:
    """Ten credits for 9.90 yuan, beside the ten that Han Meimei has."""
    order = an_order(han.id)
    orders.add(order)
    orders.settle(evidence_for(order), source="notification", now=NOW, ask_at=None)
    return orders.find(order.number)


@pytest.fixture
def refund(till_at: Any) -> Any:
    def call(number: str = "M1", force: bool = False) -> Any:
        return refunding.refund_order(number, reason="操作失误", force=force, till=till_at())

    return call


@pytest.fixture
def tell(till_at: Any, gate: Any) -> Any:
    """The provider notifies us of a refund."""

    def call(refund_number: str | None, order_number: str = "M1") -> None:
        number = RefundNumber(refund_number) if refund_number else None
        gate.notification = RefundEvidence(OrderNumber(order_number), number)
        payments.take_notification({}, b"{}", provider="v3", till=till_at())

    return call


def _spend(credits: Any, user: Any, amount: int) -> None:
    credits.place_hold(user.id, "s_1/r1", amount, now=NOW, expires_at=NOW)
    credits.capture_hold("s_1/r1", now=NOW)


def test_credits_go_back_first_when_a_refund_is_under_way(bought, refund, gate, credits, orders, han):
    asked = refund()

    assert (asked.state, asked.credits, asked.amount_fen) == ("asked", 10, 990)
    assert credits.balance(han.id).available == 10
    assert orders.find(M1).state == "granted"


def test_order_is_refunded_when_the_vendor_says_so_by_itself(bought, refund, tell, gate, orders, refunds):
    asked = refund()
    gate.refunds[asked.number] = RefundStatus("done", 990)

    for _ in range(3):
        tell(asked.number)

    assert orders.find(M1).state == "refunded"
    assert refunds.find(asked.number).state == "done"


def test_refund_is_the_same_when_it_is_asked_for_again(bought, refund, gate, credits, han):
    first, second = refund(), refund()

    assert first.number == second.number
    assert credits.balance(han.id).available == 10
    assert list(gate.refunds) == [first.number]


def test_refund_is_refused_when_credits_were_spent(bought, refund, gate, credits, refunds, han):
    _spend(credits, han, 15)

    with pytest.raises(CreditsExhausted) as refused:
        refund()

    assert refused.value.details == {"needed": 10, "available": 5}
    assert refunds.of_order(M1) == []
    assert gate.calls["refund"] == 0


def test_refund_takes_what_is_left_when_it_is_forced(bought, refund, gate, credits, han):
    _spend(credits, han, 15)

    forced = refund(force=True)

    assert (forced.amount_fen, forced.credits) == (990, 5)
    assert credits.balance(han.id).available == 0


def test_held_credits_are_not_taken_when_a_refund_is_forced(bought, refund, credits, han):
    credits.place_hold(han.id, "s_1/r1", 18, now=NOW, expires_at=NOW)

    forced = refund(force=True)

    assert forced.credits == 2
    assert credits.capture_hold("s_1/r1", now=NOW)


def test_credits_come_back_when_the_vendor_refuses_the_refund(bought, refund, gate, credits, orders, han):
    gate.fail["refund"] = [VendorRejected()]

    failed = refund()

    assert failed.state == "failed"
    assert credits.balance(han.id).available == 20
    assert orders.find(M1).state == "granted"


def test_refund_can_be_made_again_when_the_first_one_failed(bought, refund, gate):
    gate.fail["refund"] = [VendorRejected()]
    first = refund()

    second = refund()

    assert second.number != first.number
    assert second.state == "asked"


def test_refund_is_believed_when_the_refusal_was_about_a_repetition(bought, refund, gate):
    """The first request arrived and its answer did not: the vendor refuses the second because it has the first."""
    gate.fail["find_refund"] = [None, None]
    original = gate.refund

    def refuse_after_doing(order: Any, wanted: Any) -> Any:
        original(order, wanted)
        raise VendorRejected

    gate.refund = refuse_after_doing

    assert refund().state == "asked"


def test_refund_stays_asked_for_when_the_vendor_is_down(bought, refund, gate, refunds, credits, han):
    gate.fail["refund"] = [VendorUnavailable()]

    with pytest.raises(VendorUnavailable):
        refund()

    assert [found.state for found in refunds.of_order(M1)] == ["asked"]
    assert credits.balance(han.id).available == 10


@pytest.mark.parametrize("state", ["created", "closed"])
def test_refund_is_refused_when_the_order_was_never_granted(orders, refund, han, state):
    orders.add(an_order(han.id))
    if state == "closed":
        orders.close(M1, now=NOW, ask_at=None)

    with pytest.raises(Conflict):
        refund()


def test_refund_is_refused_when_there_is_no_such_order(refund):
    with pytest.raises(NotFound):
        refund("M9")


def test_payment_told_again_grants_nothing_when_it_was_refunded(
    bought, refund, tell, gate, till_at, credits, orders, han
):
    asked = refund()
    gate.refunds[asked.number] = RefundStatus("done", 990)
    tell(asked.number)
    gate.notification = evidence_for(bought)

    payments.take_notification({}, b"{}", provider="v3", till=till_at())

    assert credits.balance(han.id).available == 10
    assert orders.find(M1).state == "refunded"


@pytest.mark.parametrize("number", ["console-1", None])
def test_books_follow_when_somebody_refunded_in_the_vendors_console(
    bought, tell, gate, credits, orders, refunds, reports, han, number
):
    _spend(credits, han, 15)
    gate.states[M1] = PaymentStatus("refunded", evidence_for(bought))
    gate.refunds[RefundNumber("console-1")] = RefundStatus("done", 990)

    for _ in range(2):
        tell(number)

    assert orders.find(M1).state == "refunded"
    assert credits.balance(han.id).available == 0
    assert [(found.state, found.credits) for found in refunds.of_order(M1)] == [("done", 5)]
    assert reports.codes == [("M1", "books_contradicted")]


def test_nothing_is_taken_when_only_part_of_the_money_went_back(bought, tell, gate, credits, orders, reports, han):
    gate.states[M1] = PaymentStatus("refunded", evidence_for(bought))
    gate.refunds[RefundNumber("console-1")] = RefundStatus("done", 90)

    tell("console-1")

    assert orders.find(M1).state == "granted"
    assert credits.balance(han.id).available == 20
    assert reports.codes == [("M1", "books_contradicted")]


@pytest.mark.parametrize("state", ["pending", "failed", "unknown"])
def test_nothing_is_taken_when_the_refund_in_the_console_is_not_done(bought, tell, gate, orders, reports, state):
    gate.states[M1] = PaymentStatus("refunded", evidence_for(bought))
    gate.refunds[RefundNumber("console-1")] = RefundStatus(state)

    tell("console-1")

    assert orders.find(M1).state == "granted"
    assert reports.codes == []


def test_nothing_is_taken_when_a_notice_tells_of_a_refund_the_vendor_knows_nothing_of(
    bought, tell, gate, orders, reports
):
    gate.states[M1] = PaymentStatus("paid", evidence_for(bought))

    tell("console-1")

    assert orders.find(M1).state == "granted"
    assert reports.codes == []


def test_order_is_refunded_without_credits_when_the_refund_is_told_before_the_payment(orders, tell, gate, credits, han):
    order = an_order(han.id)
    orders.add(order)
    gate.states[M1] = PaymentStatus("refunded", evidence_for(order))

    tell("console-1")

    assert orders.find(M1).state == "refunded"
    assert credits.balance(han.id).available == 10


def test_notice_is_refused_when_the_order_is_unknown(tell):
    with pytest.raises(NotificationRefused):
        tell("R1", "M9")
