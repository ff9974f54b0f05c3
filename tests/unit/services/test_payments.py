"""Orders: opened before the vendor is asked, settled once and only on evidence that fits, asked about until they end."""

from typing import Any

import pytest

from common.domain.orders import OpenOrder, OrderNumber, PaymentStatus
from common.domain.users import UserId
from common.errors import (
    Conflict,
    DeadlineExceeded,
    InvalidField,
    NotFound,
    NotificationRefused,
    NotLoggedIn,
    SettingsInvalid,
    VendorRejected,
    VendorUnavailable,
)
from common.services import payments
from common.services.settling import Till
from tests.builders import NOW, an_order, evidence_for
from tests.doubles import FakeGate, FakeGates


@pytest.fixture
def buy(users: Any, till_at: Any, han: Any) -> Any:
    def call(
        product_id: str = "credits_10", user_id: UserId | None = None, number: str = "M1", after_s: float = 0
    ) -> payments.Checkout:
        return payments.open_order(
            OpenOrder(product_id=product_id),
            user_id=user_id or han.id,
            users=users,
            till=till_at(after_s),
            number=OrderNumber(number),
            payer_ip="203.0.113.7",
        )

    return call


@pytest.fixture
def notify(till_at: Any, gate: FakeGate) -> Any:
    def call(evidence: Any, body: bytes = b"{}") -> None:
        gate.notification = evidence
        payments.take_notification({}, body, provider="v3", till=till_at())

    return call


def test_order_has_the_price_of_its_product_when_opened(buy, orders):
    checkout = buy("credits_50")

    order = orders.find(checkout.order_id)
    assert (order.amount_fen, order.credits, order.state) == (3990, 50, "created")
    assert order.prepay_id == "prepay-M1"
    assert checkout.payment == {"package": "prepay_id=prepay-M1"}


def test_order_is_in_the_database_when_the_vendor_is_asked(buy, orders, gate):
    found = []
    gate.while_opening = lambda order: found.append(orders.find(order.number))

    buy()

    assert found[0].state == "created"


def test_payment_is_granted_when_the_notification_comes_before_the_prepay_id_is_stored(
    buy, orders, gate, notify, credits, han
):
    gate.while_opening = lambda order: notify(evidence_for(order))

    buy()

    assert orders.find(OrderNumber("M1")).state == "granted"
    assert credits.balance(han.id).available == 20


def test_order_can_still_be_asked_about_when_the_vendor_was_down(buy, orders, gate):
    gate.fail["prepay"] = [VendorUnavailable()]

    with pytest.raises(VendorUnavailable):
        buy()

    assert [order.number for order in orders.due(now=NOW, limit=10)] == ["M1"]


def test_order_is_the_same_when_it_is_opened_again_under_its_number(buy, orders, gate, han):
    gate.fail["prepay"] = [VendorUnavailable(), None]
    with pytest.raises(VendorUnavailable):
        buy()

    checkout = buy(after_s=40)

    assert checkout.order_id == "M1"
    assert [order.number for order in orders.list_of(han.id, limit=9)] == ["M1"]
    assert gate.opened[0].created_at == NOW


@pytest.mark.parametrize("change", [{"product_id": "credits_50"}, {"user": "li"}, {"after_s": 1800}, {"paid": True}])
def test_order_is_refused_when_its_number_belongs_to_another_or_it_has_ended(buy, notify, orders, li, change):
    buy()
    if change.pop("paid", False):
        notify(evidence_for(orders.find(OrderNumber("M1"))))
    if change.pop("user", None):
        change["user_id"] = li.id

    with pytest.raises(Conflict):
        buy(**change)


def test_order_is_opened_where_the_setting_says_and_served_where_it_was_opened(
    users, orders, refunds, reports, han, credits
):
    """The setting changed from v3 to v2 between the order and its payment."""
    v3, v2 = FakeGate("v3"), FakeGate("v2")
    order = an_order(han.id, provider="v3")
    orders.add(order)
    v3.notification = evidence_for(order)
    till = Till(orders, refunds, FakeGates(v2, v3), reports, lambda prefix: prefix, NOW)

    payments.take_notification({}, b"{}", provider="v3", till=till)
    checkout = payments.open_order(
        OpenOrder(product_id="credits_10"),
        user_id=han.id,
        users=users,
        till=till,
        number=OrderNumber("M2"),
        payer_ip="",
    )

    assert credits.balance(han.id).available == 20
    assert (checkout.provider, [order.number for order in v2.opened]) == ("v2", ["M2"])


def test_notification_is_refused_when_the_provider_is_none_of_ours(till_at):
    with pytest.raises(NotFound):
        payments.take_notification({}, b"{}", provider="v9", till=till_at())


def test_order_is_refused_when_the_product_is_unknown(buy, orders, han):
    with pytest.raises(InvalidField) as refused:
        buy("credits_1000000")

    assert refused.value.details == {"field": "product_id"}
    assert orders.list_of(han.id, limit=10) == []


def test_order_is_refused_when_the_account_is_gone(buy):
    with pytest.raises(NotLoggedIn):
        buy(user_id=UserId("u_gone"))


def test_credits_are_granted_once_when_a_notification_comes_five_times(orders, notify, credits, han):
    order = an_order(han.id)
    orders.add(order)

    for _ in range(5):
        notify(evidence_for(order))

    assert credits.balance(han.id).available == 20


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"amount_fen": 1}, "amount"),
        ({"amount_fen": 991}, "amount"),
        ({"currency": "USD"}, "currency"),
        ({"appid": "wx-other"}, "merchant"),
        ({"mchid": "1900000002"}, "merchant"),
        ({"payer_openid": "oSomebody"}, "payer"),
        ({"number": "M-unknown"}, "order"),
    ],
)
def test_nothing_is_granted_when_the_evidence_does_not_fit(orders, notify, credits, han, wrong, named):
    order = an_order(han.id)
    orders.add(order)

    with pytest.raises(NotificationRefused) as refused:
        notify(evidence_for(order, **wrong))

    assert refused.value.facts == {"mismatch": named}
    assert credits.balance(han.id).available == 10
    assert orders.find(order.number).state == "created"


def test_nothing_is_granted_when_the_order_belongs_to_another_provider(orders, notify, credits, han):
    order = an_order(han.id, provider="xpay")
    orders.add(order)

    with pytest.raises(NotificationRefused):
        notify(evidence_for(order))

    assert credits.balance(han.id).available == 10


def test_nothing_is_granted_when_the_notification_is_forged(orders, notify, credits, han):
    order = an_order(han.id)
    orders.add(order)

    with pytest.raises(NotificationRefused):
        notify(evidence_for(order), b"forged")

    assert credits.balance(han.id).available == 10


def test_one_payment_pays_for_one_order_when_it_is_claimed_twice(orders, notify, credits, han):
    first, second = an_order(han.id), an_order(han.id, number=OrderNumber("M2"))
    orders.add(first)
    orders.add(second)
    notify(evidence_for(first))

    with pytest.raises(NotificationRefused):
        notify(evidence_for(second, transaction_id="wx-M1"))

    assert credits.balance(han.id).available == 20


def test_notification_is_acknowledged_when_it_is_about_something_else(notify, credits, han):
    notify(None)

    assert credits.balance(han.id).available == 10


def test_payment_is_granted_when_it_arrives_after_the_order_was_closed(orders, notify, credits, han):
    order = an_order(han.id)
    orders.add(order)
    orders.close(order.number, now=NOW, ask_at=None)

    notify(evidence_for(order))

    assert credits.balance(han.id).available == 20


@pytest.fixture
def show(till_at: Any, han: Any) -> Any:
    def call(number: str = "M1", user_id: UserId | None = None) -> payments.OrderView:
        return payments.show_order(number, user_id=user_id or han.id, till=till_at())

    return call


def test_open_order_is_shown_granted_when_the_vendor_knows_of_the_payment(orders, gate, show, han):
    order = an_order(han.id)
    orders.add(order)
    gate.states[order.number] = PaymentStatus("paid", evidence_for(order))

    shown = show()

    assert (shown.state, shown.paid_at) == ("granted", NOW)


def test_order_remembers_what_it_was_told_when_it_is_told_often(orders, notify, han):
    order = an_order(han.id)
    orders.add(order)
    with pytest.raises(NotificationRefused):
        notify(evidence_for(order, amount_fen=1))
    for _ in range(3):
        notify(evidence_for(order))

    told = [(event.source, event.outcome) for event in orders.events(order.number)]

    assert sorted(told) == [
        ("notification", "granted"),
        ("notification", "refused: amount"),
        ("notification", "repeated"),
    ]


def test_late_notification_grants_nothing_when_the_money_went_back_meanwhile(orders, gate, show, notify, credits, han):
    order = an_order(han.id)
    orders.add(order)
    gate.states[order.number] = PaymentStatus("refunded", evidence_for(order))
    shown = show()

    notify(evidence_for(order))

    assert shown.state == "refunded"
    assert orders.find(order.number).state == "refunded"
    assert credits.balance(han.id).available == 10


@pytest.mark.parametrize("state", ["closed", "refunded"])
def test_open_order_is_shown_closed_when_the_vendor_ended_it(orders, gate, show, han, credits, state):
    order = an_order(han.id)
    orders.add(order)
    gate.states[order.number] = PaymentStatus(state)

    shown = show()

    assert shown.state == "closed"
    assert credits.balance(han.id).available == 10


@pytest.mark.parametrize("error", [VendorUnavailable(), DeadlineExceeded(), VendorRejected(), SettingsInvalid()])
def test_open_order_is_shown_as_we_know_it_when_the_vendor_gives_no_answer(orders, gate, show, reports, han, error):
    orders.add(an_order(han.id))
    gate.fail["find_order"] = [error]

    shown = show()

    assert shown.state == "created"
    assert reports.codes == [("M1", error.code)]


def test_open_order_is_shown_open_when_the_vendors_payment_does_not_fit(orders, gate, show, han):
    order = an_order(han.id)
    orders.add(order)
    gate.states[order.number] = PaymentStatus("paid", evidence_for(order, amount_fen=1))

    shown = show()

    assert shown.state == "created"


def test_vendor_is_not_asked_when_the_order_has_ended(orders, gate, show, notify, han):
    order = an_order(han.id)
    orders.add(order)
    notify(evidence_for(order))

    show()

    assert gate.calls["find_order"] == 0


def test_order_is_not_found_when_it_is_somebody_elses(orders, gate, show, han, li):
    orders.add(an_order(han.id))

    with pytest.raises(NotFound):
        show(user_id=li.id)

    assert gate.calls["find_order"] == 0


def test_orders_are_only_mine_when_listed(orders, han, li):
    orders.add(an_order(han.id))
    orders.add(an_order(li.id, number=OrderNumber("M2")))

    listed = payments.list_orders(han.id, orders=orders)

    assert [order.order_id for order in listed] == ["M1"]
