"""The message push: which event does what, and that what must not happen twice does not."""

from dataclasses import replace

import pytest

from common.domain.orders import PaymentEvidence
from common.domain.pushes import PushedEvent
from common.errors import NotificationRefused, RequestInProgress
from common.services import push
from tests.builders import NOW, an_order
from tests.doubles import FakeGate, FakeGates

POST = push.Post({"signature": "s"}, b"{}")


class Mailbox:
    """Opens everything as the same event."""

    def __init__(self, event):
        self.event = event

    def open(self, query, body, *, now):
        assert (query, body) == (POST.query, POST.body)
        return self.event


def told(name, **fields):
    return PushedEvent(name, "oHan", "1", {"Event": name, **fields})


@pytest.fixture
def noted():
    return []


@pytest.fixture
def xpay():
    return FakeGate("xpay")


@pytest.fixture
def desk_for(till_at, answers, noted, xpay):
    def build(event, after_s=0):
        till = replace(till_at(after_s), gates=FakeGates(xpay))
        return push.PushDesk(mailbox=Mailbox(event), till=till, once=answers, note=noted.append)

    return build


def evidence_of(order):
    return PaymentEvidence(
        order.number, "4200", "wx0", "1900000001", order.amount_fen, "CNY", order.openid, NOW, order.product_id
    )


def test_delivery_is_settled_through_virtual_payment(desk_for, xpay, orders, credits, han):
    order = an_order(han.id, provider="xpay", openid=han.openid)
    orders.add(order)
    xpay.notification = evidence_of(order)

    event = push.take(POST, desk=desk_for(told("xpay_goods_deliver_notify")))

    assert event.name == "xpay_goods_deliver_notify"
    assert orders.find(order.number).state == "granted"


def test_delivery_is_refused_when_another_product_was_bought(desk_for, xpay, orders, han):
    order = an_order(han.id, provider="xpay", openid=han.openid)
    orders.add(order)
    xpay.notification = replace(evidence_of(order), product_id="credits_120")

    with pytest.raises(NotificationRefused) as caught:
        push.take(POST, desk=desk_for(told("xpay_goods_deliver_notify")))

    assert caught.value.facts == {"mismatch": "product"}
    assert orders.find(order.number).state == "created"


def test_event_of_nobody_is_noted_and_changes_nothing(desk_for, noted):
    push.take(POST, desk=desk_for(told("wxa_media_check")))

    assert noted == ["wxa_media_check"]


def test_complaint_is_reported_once_when_it_is_told_twice(desk_for, reports):
    complaint = told("xpay_complaint_notify", MchOrderId="M1")

    push.take(POST, desk=desk_for(complaint))
    push.take(POST, desk=desk_for(complaint))

    assert reports.codes == [("M1", "books_contradicted")]


def test_complaint_is_not_acknowledged_while_another_worker_reports_it(desk_for, answers):
    complaint = told("xpay_complaint_notify", MchOrderId="M1")
    answers.begin(complaint.key, fingerprint=complaint.name, now=NOW, lease_s=push.LEASE_S)

    with pytest.raises(RequestInProgress):
        push.take(POST, desk=desk_for(complaint))


def test_complaint_is_reported_when_the_worker_before_died(desk_for, answers, reports):
    complaint = told("xpay_complaint_notify", MchOrderId="M1")
    answers.begin(complaint.key, fingerprint=complaint.name, now=NOW, lease_s=push.LEASE_S)

    push.take(POST, desk=desk_for(complaint, after_s=push.LEASE_S + 1))

    assert len(reports.codes) == 1
