"""The message push: which event does what, and that what must not happen twice does not."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from common.domain.moderation import MediaCheck, Scene
from common.domain.orders import PaymentEvidence
from common.domain.phones import PhoneNumber
from common.domain.pushes import PushedEvent
from common.errors import NotificationRefused, RequestInProgress
from common.services import push
from common.services.push_events import EventDesk
from common.services.subscriptions import SubscriptionDesk
from tests.builders import NOW, a_message, an_order
from tests.doubles import FakeGate, FakeGates

PICTURE = "avatars/u/a.jpg"
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
def desk_for(till_at, answers, noted, xpay, subscription_desk, media_checks, users, contacts, leaving, reports):
    def build(event, after_s=0):
        till = replace(till_at(after_s), gates=FakeGates(xpay))
        return push.PushDesk(
            mailbox=Mailbox(event),
            till=till,
            once=answers,
            events=lambda: EventDesk(media_checks, users, contacts, leaving, reports, till.now),
            subscriptions=subscription_desk,
            note=noted.append,
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
    push.take(POST, desk=desk_for(told("user_enter_tempsession")))

    assert noted == ["user_enter_tempsession"]


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


@pytest.fixture
def named(database, han, objects):
    """Han Meimei with a nickname, an avatar and a phone number."""
    objects.kept[PICTURE] = b"jpeg"
    named = "UPDATE users SET nickname = '梅', avatar_key = 'avatars/u/a.jpg' WHERE id = :id"
    database.run(lambda connection: connection.execute(text(named), {"id": han.id}), write=True)
    return han


@pytest.mark.parametrize("revoked", ["6", "19", "20", 6])
def test_nickname_and_avatar_are_forgotten_when_the_user_takes_them_back(desk_for, users, named, objects, revoked):
    push.take(POST, desk=desk_for(told("user_authorization_revoke", OpenID=named.openid, RevokeInfo=revoked)))

    assert (users.find(named.id).nickname, users.find(named.id).avatar_key) == (None, None)
    assert PICTURE not in objects.kept


def test_phone_number_is_forgotten_and_the_rest_kept_when_the_user_takes_it_back(desk_for, users, contacts, named):
    users.set_phone(named.id, PhoneNumber("86", "13800138000"), now=NOW)

    push.take(POST, desk=desk_for(told("user_authorization_revoke", OpenID=named.openid, RevokeInfo="8")))

    assert contacts.phone_of(named.id) is None
    assert users.find(named.id).nickname == "梅"


@pytest.mark.parametrize("revoked", ["1", "15", "", None])
def test_nothing_is_forgotten_when_something_we_do_not_keep_is_taken_back(desk_for, users, named, revoked):
    push.take(POST, desk=desk_for(told("user_authorization_revoke", OpenID=named.openid, RevokeInfo=revoked)))

    assert users.find(named.id).nickname == "梅"


def test_profile_is_forgotten_when_wechat_has_cleaned_it(desk_for, users, named):
    push.take(POST, desk=desk_for(told("user_info_modified", **{" OpenID": named.openid})))

    assert users.find(named.id).nickname is None


def test_account_is_erased_when_its_wechat_account_is_closed(desk_for, users, named, erasures, leaving):
    closed = told("user_authorization_cancellation", OpenID=named.openid)

    push.take(POST, desk=desk_for(closed))
    push.take(POST, desk=desk_for(closed))

    assert users.find(named.id) is None
    assert [erasure.user_id for erasure in erasures.claim(now=NOW, lease_s=60, limit=5)] == [named.id]


@pytest.mark.parametrize("openid", ["", "oNobody", None])
@pytest.mark.parametrize("name", ["user_authorization_revoke", "user_info_modified", "user_authorization_cancellation"])
def test_nothing_happens_when_the_person_is_not_known(desk_for, users, named, reports, name, openid):
    push.take(POST, desk=desk_for(told(name, OpenID=openid, RevokeInfo="6")))

    assert users.find(named.id).nickname == "梅"
    assert reports.codes == []


def test_operator_is_told_once_when_wechat_punishes_the_mini_program(desk_for, reports):
    punished = told("wxa_punish_event", punish_id="649557", illegal_reason="存在诱导分享行为")

    push.take(POST, desk=desk_for(punished))
    push.take(POST, desk=desk_for(punished))

    assert reports.codes == [("649557", "account_limited")]


@pytest.fixture
def asked(media_checks, han):
    check = MediaCheck("k.jpg", han.id, None, han.openid, Scene.PROFILE, "waiting", 0, NOW)
    media_checks.begin(check, next_check_at=NOW)
    media_checks.asked("k.jpg", "t1", now=NOW, next_check_at=NOW)
    return media_checks


@pytest.mark.parametrize(
    ("suggest", "label", "state"),
    [("pass", 100, "passed"), ("risky", "20002", "refused"), ("review", "x", "refused")],
)
def test_picture_is_judged_by_what_wechat_pushed(desk_for, asked, suggest, label, state):
    push.take(POST, desk=desk_for(told("wxa_media_check", trace_id="t1", result={"suggest": suggest, "label": label})))

    assert asked.find("k.jpg").state == state


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"trace_id": "t1"},
        {"trace_id": "t1", "result": "risky"},
        {"trace_id": "t1", "result": {"suggest": "maybe"}},
        {"trace_id": "t1", "result": {"suggest": ["pass"]}},
        {"trace_id": 1, "result": {"suggest": "pass"}},
        {"trace_id": "", "result": {"suggest": "pass"}},
        {"trace_id": "t2", "result": {"suggest": "pass", "label": 100}},
    ],
)
def test_picture_waits_when_the_push_says_nothing_about_it(desk_for, asked, fields):
    push.take(POST, desk=desk_for(told("wxa_media_check", **fields)))

    assert asked.find("k.jpg").state == "waiting"


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
