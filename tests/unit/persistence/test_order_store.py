"""Orders: settled once on evidence, whoever brings it and however often."""

from datetime import timedelta

import pytest

from common.domain.credits import Balance
from common.domain.orders import OrderNumber, PrepayId
from common.domain.users import WeChatIdentity
from common.errors import Conflict, NotFound, NotificationRefused
from common.persistence.orders import SqlOrderStore
from tests.unit.persistence.builders import LATER, NOW, an_order, evidence

O1 = OrderNumber("o1")


def test_order_is_found_as_it_was_when_added(orders, alice):
    order = an_order(alice)

    orders.add(order)

    assert orders.find(O1) == order
    assert orders.find(OrderNumber("o2")) is None


def test_order_is_refused_when_its_number_exists(orders, alice):
    orders.add(an_order(alice))

    with pytest.raises(Conflict):
        orders.add(an_order(alice))


def test_prepay_id_is_remembered_when_set(orders, alice):
    orders.add(an_order(alice))

    orders.set_prepay(O1, PrepayId("wx2026"))

    assert orders.find(O1).prepay_id == "wx2026"


def test_prepay_id_is_refused_when_the_order_is_unknown(orders):
    with pytest.raises(NotFound):
        orders.set_prepay(O1, PrepayId("wx2026"))


def test_orders_are_listed_newest_first_when_asked_for_one_user(orders, users, alice):
    bob, _ = users.find_or_create(WeChatIdentity("oBob", "k"), now=NOW)
    orders.add(an_order(alice, "o1"))
    orders.add(an_order(alice, "o2", created_at=LATER))
    orders.add(an_order(alice, "o0", created_at=NOW - timedelta(days=1)))
    orders.add(an_order(bob.id, "o3"))

    listed = orders.list_of(alice, limit=2)

    assert [order.number for order in listed] == ["o2", "o1"]


def test_settling_grants_credits_and_keeps_the_evidence_when_paid(orders, credits, alice):
    orders.add(an_order(alice))

    outcome = orders.settle(evidence(), source="question", now=LATER, ask_at=None)

    order = orders.find(O1)
    assert outcome == "granted"
    assert (order.state, order.transaction_id, order.paid_at) == ("granted", "wx-1", NOW)
    assert credits.balance(alice) == Balance(10, 0)


def test_settling_grants_once_when_the_evidence_comes_again(orders, credits, alice):
    orders.add(an_order(alice))
    orders.settle(evidence(), source="question", now=NOW, ask_at=None)

    assert orders.settle(evidence(), source="question", now=LATER, ask_at=None) == "repeated"

    assert credits.balance(alice) == Balance(10, 0)


def test_settling_grants_once_when_the_evidence_comes_many_times_at_once(at_once, orders, credits, alice):
    orders.add(an_order(alice))

    outcomes = at_once(lambda own: SqlOrderStore(own).settle(evidence(), source="question", now=NOW, ask_at=None))

    assert sorted(outcomes) == ["granted"] + ["repeated"] * 19
    assert credits.balance(alice) == Balance(10, 0)


def test_settling_grants_when_the_order_was_closed_before_the_payment_arrived(orders, credits, alice):
    orders.add(an_order(alice))
    orders.close(O1, now=NOW, ask_at=None)

    assert orders.settle(evidence(), source="question", now=LATER, ask_at=None) == "granted"

    assert orders.find(O1).state == "granted"
    assert credits.balance(alice) == Balance(10, 0)


def test_settling_grants_once_when_closing_runs_at_the_same_time(at_once, orders, credits, alice):
    orders.add(an_order(alice))
    turns = iter(range(10))

    def settle_or_close(own):
        store = SqlOrderStore(own)
        return (
            store.close(O1, now=NOW, ask_at=None)
            if next(turns) % 2
            else store.settle(evidence(), source="question", now=NOW, ask_at=None)
        )

    outcomes = at_once(settle_or_close, times=10)

    assert outcomes.count("granted") == 1
    assert orders.find(O1).state == "granted"
    assert credits.balance(alice) == Balance(10, 0)


def test_settling_is_refused_when_another_transaction_paid_the_order(orders, credits, alice):
    orders.add(an_order(alice))
    orders.settle(evidence(transaction_id="wx-1"), source="question", now=NOW, ask_at=None)

    with pytest.raises(NotificationRefused):
        orders.settle(evidence(transaction_id="wx-2"), source="question", now=NOW, ask_at=None)

    assert credits.balance(alice) == Balance(10, 0)


def test_settling_is_refused_when_the_transaction_paid_another_order(orders, credits, alice):
    orders.add(an_order(alice, "o1"))
    orders.add(an_order(alice, "o2"))
    orders.settle(evidence("o1"), source="question", now=NOW, ask_at=None)

    with pytest.raises(NotificationRefused):
        orders.settle(evidence("o2"), source="question", now=NOW, ask_at=None)

    assert credits.balance(alice) == Balance(10, 0)


def test_one_order_is_granted_when_one_transaction_claims_many_at_once(at_once, orders, credits, alice):
    for number in range(10):
        orders.add(an_order(alice, f"o{number}"))
    numbers = iter(range(10))

    outcomes = at_once(
        lambda own: SqlOrderStore(own).settle(evidence(f"o{next(numbers)}"), source="question", now=NOW, ask_at=None),
        times=10,
    )

    assert outcomes.count("granted") == 1
    assert outcomes.count(NotificationRefused) == 9
    assert credits.balance(alice) == Balance(10, 0)


def test_same_transaction_id_is_accepted_when_the_provider_differs(orders, alice):
    orders.add(an_order(alice, "o1"))
    orders.add(an_order(alice, "o2", provider="xpay"))
    orders.settle(evidence("o1"), source="question", now=NOW, ask_at=None)

    assert orders.settle(evidence("o2"), source="question", now=NOW, ask_at=None) == "granted"


def test_settling_is_refused_when_the_order_is_unknown(orders):
    with pytest.raises(NotFound):
        orders.settle(evidence(), source="question", now=NOW, ask_at=None)


def test_closing_is_true_once_when_the_order_was_open(orders, alice):
    orders.add(an_order(alice))

    assert orders.close(O1, now=NOW, ask_at=None) is True
    assert orders.close(O1, now=NOW, ask_at=None) is False
    assert orders.find(O1).state == "closed"


def test_closing_is_false_when_the_order_was_granted(orders, alice):
    orders.add(an_order(alice))
    orders.settle(evidence(), source="question", now=NOW, ask_at=None)

    assert orders.close(O1, now=NOW, ask_at=None) is False
    assert orders.find(O1).state == "granted"


def test_open_orders_are_those_due_and_oldest_first_when_asked(orders, alice):
    orders.add(an_order(alice, "o2", created_at=NOW - timedelta(minutes=1)))
    orders.add(an_order(alice, "o3", created_at=NOW - timedelta(minutes=2)))
    orders.add(an_order(alice, "o4"))
    orders.add(an_order(alice, "o5"))
    orders.add(an_order(alice, "o6", created_at=LATER))
    orders.close(OrderNumber("o4"), now=NOW, ask_at=None)
    orders.asked(orders.find(OrderNumber("o5")), next_at=LATER)

    due = orders.due(now=NOW, limit=9)

    assert [order.number for order in due] == ["o3", "o2"]
    assert len(orders.due(now=NOW, limit=1)) == 1
