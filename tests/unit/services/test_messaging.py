"""The outbox: one message per finished revision, handed to WeChat at most once, and never forgotten."""

import contextlib
from typing import Any

import pytest

from common.domain.phones import parse_phone
from common.domain.refunds import RefundNumber, RefundRequest
from common.errors import (
    DeadlineExceeded,
    FileEncrypted,
    StoreUnavailable,
    TooManyRequests,
    VendorBusy,
    VendorQuotaExhausted,
    VendorRejected,
    VendorReplyInvalid,
    VendorUnavailable,
)
from common.services.announcing import announce_untold
from common.services.messaging import LEASE_S, MessageDesk, announce_ready, deliver_due
from tests.builders import a_row, an_order, evidence_for


@pytest.fixture
def desk(message_desk: MessageDesk) -> MessageDesk:
    return message_desk


@pytest.fixture
def announce(keep: Any, resumes: Any, users: Any, desk: Any) -> Any:
    row = keep()
    resumes.set_title(row.id, "韩梅梅")
    numbers = iter(range(100))

    def call(key: Any = None) -> str:
        new_id = lambda: f"m_{next(numbers):02}"  # noqa: E731
        key = key or row.key("rendered", "pdf")
        return announce_ready(key, resumes=resumes, users=users, desk=desk, new_id=new_id)

    call.row = row
    return call


def state(outbox: Any) -> str:
    return outbox.find("ready/s_01/r1").state


def test_user_is_told_by_name_when_the_pdf_is_there(announce, messenger):
    outcome = announce()

    assert outcome == "sent"
    assert messenger.delivered == [("oHan", "韩梅梅的简历")]


def test_user_is_told_without_a_name_when_none_was_found(keep, resumes, users, desk, messenger):
    key = keep().key("rendered", "pdf")

    announce_ready(key, resumes=resumes, users=users, desk=desk, new_id=lambda: "m_01")

    assert messenger.delivered == [("oHan", "你的简历")]


def test_user_is_told_once_when_the_event_comes_again(announce, messenger):
    announce()

    outcome = announce()

    assert outcome == "taken"
    assert len(messenger.delivered) == 1


def test_nobody_is_told_when_the_resume_is_gone(announce, resumes, messenger):
    resumes.delete(announce.row.id)

    assert announce() == "outdated"
    assert messenger.delivered == []


def test_nobody_is_told_when_the_key_names_another_user(announce, li, messenger):
    key = announce.row.key("rendered", "pdf")

    outcome = announce(type(key)(key.prefix, li.id, key.resume_id, key.revision, key.extension))

    assert outcome == "outdated"
    assert messenger.delivered == []


@pytest.mark.parametrize("error", [VendorUnavailable(delivered="unknown"), VendorReplyInvalid()])
def test_message_is_never_sent_again_when_nobody_knows_whether_it_arrived(
    announce, messenger, outbox, desk, clock, reports, error
):
    messenger.fail["send"] = [error]

    outcome = announce()

    clock.pass_(hours=1)
    assert (outcome, state(outbox)) == ("unknown", "unknown")
    assert deliver_due(desk=desk, report=reports) == 0
    assert messenger.calls["send"] == 1


@pytest.mark.parametrize(
    "error",
    [VendorBusy(), VendorUnavailable(delivered="no"), DeadlineExceeded(), StoreUnavailable()],
)
def test_message_is_sent_a_minute_later_when_it_surely_did_not_go_out(announce, messenger, desk, clock, reports, error):
    messenger.fail["send"] = [error]

    outcome = announce()

    at_once = deliver_due(desk=desk, report=reports)
    clock.pass_(minutes=1)
    assert (outcome, at_once, deliver_due(desk=desk, report=reports)) == ("postponed", 0, 1)
    assert len(messenger.delivered) == 1


def test_message_is_given_up_when_the_user_accepts_none(announce, messenger, outbox, desk, clock, reports):
    messenger.fail["send"] = [VendorRejected(vendor_code=43101, delivered="no")]

    outcome = announce()

    clock.pass_(hours=1)
    assert (outcome, state(outbox)) == ("failed", "failed")
    assert deliver_due(desk=desk, report=reports) == 0


def test_message_waits_when_no_token_is_to_be_had(announce, preparing, outbox, messenger, desk, clock, reports):
    preparing.errors = [VendorUnavailable()]

    with pytest.raises(VendorUnavailable):
        announce()

    assert (state(outbox), messenger.calls["send"]) == ("waiting", 0)
    clock.pass_(seconds=LEASE_S)
    assert deliver_due(desk=desk, report=reports) == 1


def test_message_is_never_sent_again_when_its_sender_died_in_the_call(announce, messenger, desk, clock, reports):
    messenger.fail["send"] = [KeyboardInterrupt()]
    with pytest.raises(KeyboardInterrupt):
        announce()

    clock.pass_(hours=1)

    assert deliver_due(desk=desk, report=reports) == 0
    assert messenger.calls["send"] == 1


def test_other_messages_go_out_when_one_cannot_be_prepared(
    keep, resumes, users, desk, preparing, messenger, clock, reports
):
    preparing.errors = [StoreUnavailable(), StoreUnavailable()]
    for number in (1, 2):
        key = keep(id=f"s_0{number}").key("rendered", "pdf")
        with pytest.raises(StoreUnavailable):
            announce_ready(key, resumes=resumes, users=users, desk=desk, new_id=lambda number=number: f"m_0{number}")
    clock.pass_(seconds=LEASE_S)
    preparing.errors = [StoreUnavailable()]

    sent = deliver_due(desk=desk, report=reports)

    assert sent == 1
    assert reports.codes == [("m_01", "store_unavailable")]


def test_message_is_dropped_when_it_is_a_day_old(announce, preparing, outbox, messenger, desk, clock, reports):
    preparing.errors = [VendorUnavailable()]
    with pytest.raises(VendorUnavailable):
        announce()
    clock.pass_(days=1, seconds=1)

    sent = deliver_due(desk=desk, report=reports)

    assert (sent, state(outbox)) == (0, "failed")
    assert messenger.delivered == []


# -- SMS where WeChat may not tell them -----------------------------------------------------------------------------


NONE_LEFT = VendorRejected(vendor_code=43101, delivered="no")
NUMBER = parse_phone("13800138000")


@pytest.fixture
def reachable(contacts, han, clock):
    """Han Meimei has a bound number and wants SMS."""
    contacts.bind_phone(han.id, NUMBER, now=clock())
    contacts.allow_sms(han.id, True, now=clock())


@pytest.mark.usefixtures("reachable")
def test_user_is_told_by_sms_when_no_acceptance_is_left(announce, messenger, texts, outbox):
    messenger.fail["send"] = [NONE_LEFT]

    outcome = announce()

    assert (outcome, texts.notices, messenger.delivered) == ("sent", [(NUMBER, "ready")], [])
    assert (outbox.find("ready/s_01/r1").channel, state(outbox)) == ("sms", "sent")


@pytest.mark.usefixtures("reachable")
def test_user_is_told_once_by_sms_when_the_event_comes_again(announce, messenger, texts):
    messenger.fail["send"] = [NONE_LEFT]
    announce()

    assert announce() == "taken"
    assert len(texts.notices) == messenger.calls["send"] == 1


@pytest.mark.usefixtures("reachable")
def test_no_sms_goes_out_when_the_subscription_message_did(announce, texts, desk, clock, reports):
    announce()
    clock.pass_(hours=1)

    deliver_due(desk=desk, report=reports)

    assert texts.notices == []


@pytest.mark.usefixtures("reachable")
@pytest.mark.parametrize("error", [VendorUnavailable(delivered="unknown"), VendorReplyInvalid(), KeyboardInterrupt()])
def test_no_sms_goes_out_when_the_subscription_message_may_have(
    announce, messenger, texts, desk, clock, reports, error
):
    messenger.fail["send"] = [error]
    with contextlib.suppress(KeyboardInterrupt):
        announce()
    clock.pass_(hours=1)

    deliver_due(desk=desk, report=reports)
    announce()

    assert texts.calls["send_notice"] == 0


@pytest.mark.usefixtures("reachable")
def test_message_is_sent_by_sms_alone_when_there_is_no_subscription_template(announce, messenger, texts, preparing):
    messenger.templates = ()
    preparing.errors = [VendorUnavailable()]

    assert announce() == "sent"
    assert (messenger.calls["send"], len(texts.notices)) == (0, 1)


@pytest.mark.parametrize("missing", ["consent", "number", "template"])
def test_message_fails_when_sms_are_not_possible(announce, messenger, texts, contacts, han, clock, outbox, missing):
    messenger.fail["send"] = [NONE_LEFT]
    contacts.allow_sms(han.id, missing != "consent", now=clock())
    if missing != "number":
        contacts.bind_phone(han.id, NUMBER, now=clock())
    if missing == "template":
        texts.kinds = ("refunded",)

    outcome = announce()

    assert (outcome, outbox.find("ready/s_01/r1").error_code, texts.notices) == ("failed", "vendor_rejected", [])


@pytest.mark.usefixtures("reachable")
def test_sms_is_never_sent_again_when_nobody_knows_whether_it_arrived(
    announce, messenger, texts, outbox, desk, clock, reports
):
    messenger.fail["send"] = [NONE_LEFT]
    texts.fail["send_notice"] = [VendorUnavailable(delivered="unknown")]

    outcome = announce()
    clock.pass_(hours=1)
    deliver_due(desk=desk, report=reports)

    assert (outcome, state(outbox), texts.calls["send_notice"]) == ("unknown", "unknown", 1)


@pytest.mark.usefixtures("reachable")
@pytest.mark.parametrize(
    ("error", "minutes"), [(TooManyRequests(retry_after_s=3600), 60), (VendorBusy(delivered="no"), 1)]
)
def test_sms_waits_when_the_vendor_wants_a_pause(
    announce, messenger, texts, desk, clock, reports, outbox, error, minutes
):
    messenger.fail["send"] = [NONE_LEFT]
    texts.fail["send_notice"] = [error]
    assert announce() == "postponed"

    clock.pass_(minutes=minutes, seconds=-1)
    early = deliver_due(desk=desk, report=reports)
    clock.pass_(seconds=1)

    assert (early, deliver_due(desk=desk, report=reports), len(texts.notices)) == (0, 1, 1)
    assert messenger.calls["send"] == 1


@pytest.mark.usefixtures("reachable")
def test_message_fails_when_the_sms_is_refused_for_good(announce, messenger, texts, outbox):
    messenger.fail["send"] = [NONE_LEFT]
    texts.fail["send_notice"] = [VendorQuotaExhausted(delivered="no")]

    assert announce() == "failed"
    assert outbox.find("ready/s_01/r1").error_code == "vendor_quota_exhausted"


@pytest.mark.usefixtures("reachable")
def test_fourth_sms_of_a_day_is_not_sent_when_each_costs_money(
    han, resumes, users, desk, messenger, texts, outbox, clock
):
    messenger.fail["send"] = [NONE_LEFT] * 5
    outcomes = []
    for number in range(1, 6):
        row = a_row(han.id, id=f"s_0{number}")
        resumes.add(row)
        key = row.key("rendered", "pdf")
        clock.pass_(hours=1 if number < 5 else 24)
        new_id = lambda number=number: f"m_0{number}"  # noqa: E731
        outcomes.append(announce_ready(key, resumes=resumes, users=users, desk=desk, new_id=new_id))

    assert outcomes == ["sent", "sent", "sent", "failed", "sent"]
    assert outbox.find("ready/s_04/r1").error_code == "sms_cap_reached"
    assert len(texts.notices) == 4


@pytest.mark.usefixtures("reachable")
def test_sms_goes_out_later_when_its_sender_died_between_the_channels(
    announce, messenger, texts, desk, clock, reports, monkeypatch
):
    messenger.fail["send"] = [NONE_LEFT]
    with monkeypatch.context() as dying:
        dying.setattr("common.services.messaging._by_sms", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            announce()
    clock.pass_(seconds=LEASE_S)

    assert deliver_due(desk=desk, report=reports) == 1
    assert (len(texts.notices), messenger.calls["send"]) == (1, 1)


def test_message_goes_out_on_one_channel_when_a_slow_sender_wakes_up_late(
    announce, messenger, texts, desk, outbox, contacts, han, clock, preparing
):
    """It prepared the subscription message, slept past its lease, and meanwhile another sender had gone on to SMS."""
    contacts.bind_phone(han.id, NUMBER, now=clock())
    contacts.allow_sms(han.id, True, now=clock())
    preparing.errors = [StoreUnavailable()]
    with pytest.raises(StoreUnavailable):
        announce()
    slow = outbox.find("ready/s_01/r1")
    clock.pass_(seconds=LEASE_S)
    messenger.fail["send"] = [NONE_LEFT]
    deliver_due(desk=desk, report=lambda *_: None)

    assert outbox.start_sending(slow.id, channel="subscription", now=clock()) is False
    assert (messenger.delivered, len(texts.notices)) == ([], 1)


# -- what users accepted --------------------------------------------------------------------------------------------


def accepted(acceptances, han):
    return [found.left for found in acceptances.of_user(han.id)]


@pytest.fixture
def two_accepted(acceptances, han, clock):
    for _ in range(2):
        acceptances.note_by_client(han.id, "template-ready", "accept", now=clock())


@pytest.mark.usefixtures("two_accepted")
@pytest.mark.parametrize(
    ("error", "left"),
    [(None, 1), (VendorUnavailable(delivered="unknown"), 1), (VendorBusy(delivered="no"), 2), (NONE_LEFT, 0)],
)
def test_acceptance_is_used_up_when_its_message_may_have_gone_out(announce, messenger, acceptances, han, error, left):
    messenger.fail["send"] = [error]

    announce()

    assert accepted(acceptances, han) == [left]


# -- failures and refunds -------------------------------------------------------------------------------------------


@pytest.fixture
def tell(news, desk, reports):
    numbers = iter(range(100))
    return lambda: announce_untold(news, desk=desk, new_id=lambda: f"m_8{next(numbers)}", report=reports)


@pytest.fixture
def failed_resume(keep, resumes, clock):
    row = keep(title="韩梅梅")
    resumes.claim_stage(row.id, row.revision, "parse", now=clock(), lease_s=60)
    resumes.fail_stage(
        row.id, row.revision, "parse", error_code="file_encrypted", now=clock(), refund_key=row.charge_key()
    )
    return row


def test_user_is_told_once_that_a_resume_failed(tell, failed_resume, messenger, outbox):
    counts = (tell(), tell())

    message = outbox.find(f"failed/{failed_resume.id}/r1")
    assert (counts, len(messenger.delivered)) == ((1, 0), 1)
    assert (message.kind, message.title, message.state) == ("failed", "韩梅梅的简历", "sent")
    assert message.detail == FileEncrypted.message


def test_nobody_is_told_when_it_failed_long_ago(tell, failed_resume, clock):
    clock.pass_(days=1, seconds=1)

    assert tell() == 0


def test_user_is_told_of_a_refund_when_it_is_done(tell, orders, refunds, han, outbox, clock):
    order = an_order(han.id, openid=han.openid)
    orders.add(order)
    orders.settle(evidence_for(order), source="notification", now=clock(), ask_at=None)
    refunds.record_outside(RefundRequest(RefundNumber("R1"), order.number, "x"), source="question", now=clock())

    assert (tell(), tell()) == (1, 0)
    message = outbox.find("refunded/R1")
    assert (message.kind, message.resume_id, message.state) == ("refunded", None, "sent")
    assert (message.title, message.detail) == (order.description, f"{order.amount_fen / 100:.2f}元")


def test_other_news_are_told_when_one_cannot_be_sent_now(tell, keep, resumes, clock, preparing, reports, messenger):
    for number in (1, 2):
        row = keep(id=f"s_0{number}")
        resumes.claim_stage(row.id, row.revision, "parse", now=clock(), lease_s=60)
        resumes.fail_stage(row.id, row.revision, "parse", error_code="internal", now=clock(), refund_key="x")
    preparing.errors = [StoreUnavailable()]

    tell()

    assert [code for _, code in reports.codes] == ["store_unavailable"]
    assert len(messenger.delivered) == 1
