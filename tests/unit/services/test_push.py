"""The message push: which event does what, and that what must not happen twice does not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from common.domain.orders import PaymentEvidence
from common.domain.pushes import PushedEvent
from common.errors import NotificationRefused, RequestInProgress
from common.services import push
from common.services.subscriptions import SubscriptionDesk
from tests.builders import NOW, a_message, an_order
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
def subscription_desk(acceptances, messenger, outbox, users):
    return SubscriptionDesk(acceptances, messenger, outbox, users, NOW)


@pytest.fixture
def desk_for(till_at, answers, noted, xpay, subscription_desk):
    def build(event, after_s=0):
        till = replace(till_at(after_s), gates=FakeGates(xpay))
        return push.PushDesk(
            mailbox=Mailbox(event), till=till, once=answers, subscriptions=subscription_desk, note=noted.append
        )

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


def popup(status="accept", template="template-ready", **more):
    return told("subscribe_msg_popup_event", List=[{"TemplateId": template, "SubscribeStatusString": status}], **more)


def left(acceptances, han):
    return [(found.template_id, found.left) for found in acceptances.of_user(han.id)]


def test_popup_counts_one_acceptance_when_it_is_told_twice(desk_for, acceptances, han):
    push.take(POST, desk=desk_for(popup()))
    push.take(POST, desk=desk_for(popup()))

    assert left(acceptances, han) == [("template-ready", 1)]


def test_popup_counts_when_it_comes_as_xml_with_one_entry(desk_for, acceptances, han):
    inner = {"List": {"TemplateId": "template-ready", "SubscribeStatusString": "accept", "PopupScene": "0"}}

    push.take(POST, desk=desk_for(told("subscribe_msg_popup_event", SubscribeMsgPopupEvent=inner)))

    assert left(acceptances, han) == [("template-ready", 1)]


def test_acceptance_counts_once_when_phone_and_push_tell_of_it(desk_for, acceptances, han):
    acceptances.note_by_client(han.id, "template-ready", "accept", now=NOW)

    push.take(POST, desk=desk_for(popup()))

    assert left(acceptances, han) == [("template-ready", 1)]


@pytest.mark.parametrize(
    "event", [popup(template="somebody's"), popup(status="gibberish"), told("subscribe_msg_popup_event", List="x")]
)
def test_popup_changes_nothing_when_it_names_nothing_of_ours(desk_for, acceptances, han, event):
    push.take(POST, desk=desk_for(event))

    assert left(acceptances, han) == []


def test_popup_of_a_stranger_changes_nothing(desk_for, acceptances, han):
    push.take(POST, desk=desk_for(replace(popup(), sender="oNobody")))

    assert left(acceptances, han) == []


def test_nothing_is_left_when_messages_were_switched_off(desk_for, acceptances, han):
    acceptances.note_by_client(han.id, "template-ready", "accept", now=NOW)

    push.take(POST, desk=desk_for(replace(popup("reject"), name="subscribe_msg_change_event")))

    assert left(acceptances, han) == [("template-ready", 0)]


def report(status):
    item = {"TemplateId": "template-ready", "MsgID": "1", "ErrorCode": "0", "ErrorStatus": status}
    return told("subscribe_msg_sent_event", List=[item])


@pytest.mark.parametrize(("status", "state"), [("success", "sent"), ("failed:user reject", "failed")])
def test_fate_of_a_message_is_known_when_wechat_reports_it(desk_for, outbox, keep, han, status, state):
    keep()
    message = a_message(han.id)
    outbox.put(message)
    outbox.start_sending(message.id, channel="subscription", now=NOW)
    outbox.unknown(message.id, now=NOW, error_code="vendor_unavailable")

    push.take(POST, desk=desk_for(report(status)))

    assert outbox.find(message.key).state == state


def test_message_of_yesterday_is_left_alone_when_wechat_reports_another(desk_for, outbox, keep, han):
    keep()
    message = a_message(han.id)
    outbox.put(message)
    outbox.start_sending(message.id, channel="subscription", now=NOW - timedelta(days=1))

    push.take(POST, desk=desk_for(report("success")))

    assert outbox.find(message.key).state == "sending"
