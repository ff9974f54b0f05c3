"""Refunds: one at a time for an order, credits taken first and given back on failure, whoever races with whom."""

import pytest

from common.domain.credits import Balance
from common.domain.orders import OrderNumber
from common.domain.refunds import RefundNumber, RefundRequest
from common.errors import Conflict, CreditsExhausted, NotFound
from common.persistence.credits import SqlCreditStore
from common.persistence.orders import SqlOrderStore
from common.persistence.refunds import SqlRefundStore
from tests.unit.persistence.builders import LATER, NOW, an_order, evidence

O1 = OrderNumber("o1")


def request(number="r1", **changes):
    return RefundRequest(**{"number": RefundNumber(number), "order_number": O1, "reason": "操作失误", **changes})


@pytest.fixture
def refunds(database):
    return SqlRefundStore(database)


@pytest.fixture
def granted(orders, alice):
    orders.add(an_order(alice))
    orders.settle(evidence(), source="notification", now=NOW, ask_at=None)
    return alice


def test_refund_is_found_as_it_was_when_opened(refunds, granted):
    opened = refunds.open(request(), now=NOW)

    assert refunds.find(opened.number) == opened
    assert refunds.of_order(O1) == [opened]
    assert (opened.state, opened.amount_fen, opened.credits) == ("asked", 990, 10)


def test_one_refund_is_opened_when_many_ask_at_once(at_once, refunds, granted, credits):
    numbers = iter(range(20))

    outcomes = at_once(lambda own: SqlRefundStore(own).open(request(f"r{next(numbers)}"), now=NOW))

    assert len({refund.number for refund in outcomes}) == 1
    assert len(refunds.of_order(O1)) == 1
    assert credits.balance(granted) == Balance(0, 0)


def test_credits_are_spent_or_refunded_and_never_both_when_both_are_tried_at_once(at_once, granted, credits, database):
    turns = iter(range(10))

    def refund_or_hold(own):
        turn = next(turns)
        if turn % 2:
            return SqlRefundStore(own).open(request(), now=NOW).number
        return SqlCreditStore(own).place_hold(granted, f"s_{turn}", 10, now=NOW, expires_at=LATER).key

    outcomes = at_once(refund_or_hold, times=10)

    balance = credits.balance(granted)
    assert balance in (Balance(0, 0), Balance(10, 10))
    assert outcomes.count(CreditsExhausted) >= 4


def test_refund_ends_once_when_done_and_failed_are_told_at_once(at_once, refunds, granted, credits, orders):
    refund = refunds.open(request(), now=NOW)
    turns = iter(range(10))

    def end(own):
        store = SqlRefundStore(own)
        return (store.done if next(turns) % 2 else store.failed)(refund, source="question", now=NOW)

    outcomes = at_once(end, times=10)

    assert sorted(outcomes) == [False] * 9 + [True]
    state = refunds.find(refund.number).state
    assert (state, orders.find(O1).state, credits.balance(granted).ledger) in (
        ("done", "refunded", 0),
        ("failed", "granted", 10),
    )


def test_order_is_refunded_once_when_settling_and_refunding_meet(at_once, refunds, orders, alice, credits):
    orders.add(an_order(alice))
    turns = iter(range(10))

    def settle_or_learn(own):
        store = SqlOrderStore(own)
        if next(turns) % 2:
            return store.settle(evidence(), source="notification", now=NOW, ask_at=None)
        return store.settle_refunded(evidence(), source="question", now=NOW)

    outcomes = at_once(settle_or_learn, times=10)

    assert (outcomes.count("granted"), outcomes.count(True)) in ((1, 0), (0, 1))
    assert credits.balance(alice).ledger == (10 if "granted" in outcomes else 0)


def test_refund_is_refused_when_the_order_is_unknown_open_or_refunded(refunds, orders, alice):
    with pytest.raises(NotFound):
        refunds.open(request(), now=NOW)
    orders.add(an_order(alice))
    with pytest.raises(Conflict):
        refunds.open(request(), now=NOW)
    orders.settle_refunded(evidence(), source="question", now=NOW)

    with pytest.raises(Conflict):
        refunds.open(request(), now=NOW)


def test_refund_without_credits_writes_no_entry_when_all_were_spent(refunds, granted, credits):
    credits.place_hold(granted, "s_1", 10, now=NOW, expires_at=LATER)
    credits.capture_hold("s_1", now=NOW)

    refund = refunds.open(request(force=True), now=NOW)

    assert refund.credits == 0
    assert credits.entries([f"refund/{refund.number}"]) == []
    assert refunds.failed(refund, source="question", now=NOW)
    assert credits.balance(granted) == Balance(0, 0)


def test_refund_is_due_until_it_ended_when_it_was_asked_for(refunds, granted):
    refund = refunds.open(request(), now=NOW)
    due_now = refunds.due(now=NOW, limit=9)
    refunds.asked(refund, next_at=LATER)

    assert due_now == [refund]
    assert refunds.due(now=NOW, limit=9) == []
    assert refunds.due(now=LATER, limit=9) == [refund]
    refunds.done(refund, source="question", now=LATER)
    refunds.asked(refund, next_at=NOW)
    assert refunds.due(now=LATER, limit=9) == []


def test_refund_at_the_vendor_is_recorded_once_when_it_is_heard_of_often(at_once, refunds, granted, orders):
    numbers = iter(range(10))

    outcomes = at_once(
        lambda own: SqlRefundStore(own).record_outside(request(f"r{next(numbers)}"), source="notification", now=NOW),
        times=10,
    )

    assert sorted(outcomes) == [False] * 9 + [True]
    assert [refund.state for refund in refunds.of_order(O1)] == ["done"]
    assert orders.find(O1).state == "refunded"
