"""The outbox: one message per occasion, one sender at a time, at most one delivery."""

from datetime import timedelta

import pytest

from common.persistence.outbox import SqlOutbox
from tests.unit.persistence.builders import LATER, NOW, a_message, a_resume


@pytest.fixture
def message(outbox, resumes, alice):
    resumes.add(a_resume(alice))
    put = a_message(alice)
    outbox.put(put)
    return put


def test_message_is_found_as_it_was_when_put(outbox, message):
    assert outbox.find(message.key) == message
    assert outbox.find("ready/other") is None


def test_message_is_put_once_when_its_key_is_known(outbox, message, alice):
    assert outbox.put(a_message(alice, "m_2", key=message.key)) is False
    assert outbox.find(message.key).id == "m_1"


def test_message_is_put_once_when_put_many_times_at_once(at_once, resumes, alice):
    resumes.add(a_resume(alice))
    numbers = iter(range(20))

    outcomes = at_once(lambda own: SqlOutbox(own).put(a_message(alice, f"m_{next(numbers)}", key="ready/s_1")))

    assert sorted(outcomes) == [False] * 19 + [True]


def test_message_is_due_when_waiting_and_unclaimed(outbox, message):
    assert outbox.due(now=NOW, limit=5) == [message]
    assert outbox.due(now=NOW - timedelta(seconds=1), limit=5) == []


def test_claim_belongs_to_one_when_many_ask_at_once(at_once, outbox, message):
    outcomes = at_once(lambda own: SqlOutbox(own).claim("m_1", now=NOW, lease_s=30))

    assert sorted(outcomes) == [False] * 19 + [True]
    assert outbox.due(now=NOW, limit=5) == []
    assert outbox.find(message.key).attempts == 1


def test_message_is_due_again_when_its_sender_died_before_sending(outbox, message):
    outbox.claim("m_1", now=NOW, lease_s=30)

    (again,) = outbox.due(now=NOW + timedelta(seconds=30), limit=5)

    assert again.attempts == 1
    assert outbox.claim("m_1", now=NOW + timedelta(seconds=30), lease_s=30) is True


def test_sending_starts_once_when_two_senders_got_that_far(at_once, message):
    outcomes = at_once(lambda own: SqlOutbox(own).start_sending("m_1", channel="subscription", now=NOW), times=10)

    assert sorted(outcomes) == [False] * 9 + [True]


def test_message_is_never_due_again_when_sending_began(outbox, message):
    outbox.claim("m_1", now=NOW, lease_s=30)
    outbox.start_sending("m_1", channel="subscription", now=NOW)

    assert outbox.due(now=NOW + timedelta(days=1), limit=5) == []
    assert outbox.claim("m_1", now=NOW + timedelta(days=1), lease_s=30) is False


def test_message_is_sent_when_the_vendor_took_it(outbox, message):
    outbox.start_sending("m_1", channel="subscription", now=NOW)

    outbox.sent("m_1", now=NOW)

    assert outbox.find(message.key).state == "sent"


def test_message_waits_until_later_when_postponed(outbox, message):
    outbox.claim("m_1", now=NOW, lease_s=900)
    outbox.start_sending("m_1", channel="subscription", now=NOW)

    outbox.postpone("m_1", until=LATER, error_code="vendor_busy")

    assert outbox.due(now=NOW, limit=5) == []
    assert outbox.claim("m_1", now=NOW, lease_s=30) is False
    assert [due.id for due in outbox.due(now=LATER, limit=5)] == ["m_1"]


def test_message_stays_failed_when_it_failed(outbox, message):
    outbox.failed("m_1", now=NOW, error_code="vendor_rejected")

    outbox.postpone("m_1", until=NOW, error_code="vendor_busy")

    assert outbox.find(message.key).state == "failed"
    assert outbox.start_sending("m_1", channel="subscription", now=NOW) is False


def test_message_stays_sent_when_told_otherwise_afterwards(outbox, message):
    outbox.start_sending("m_1", channel="subscription", now=NOW)
    outbox.sent("m_1", now=NOW)

    outbox.failed("m_1", now=LATER, error_code="vendor_unavailable")
    outbox.postpone("m_1", until=LATER, error_code="vendor_busy")

    assert outbox.find(message.key).state == "sent"


def test_message_waits_for_its_sms_when_the_subscription_message_was_refused(outbox, message):
    outbox.claim("m_1", now=NOW, lease_s=900)
    outbox.start_sending("m_1", channel="subscription", now=NOW)

    moved = outbox.fall_back("m_1", now=LATER, error_code="vendor_rejected")

    (again,) = outbox.due(now=LATER, limit=5)
    assert (moved, again.channel, again.state, again.error_code) == (True, "sms", "waiting", "vendor_rejected")
    assert outbox.start_sending("m_1", channel="subscription", now=LATER) is False
    assert outbox.start_sending("m_1", channel="sms", now=LATER) is True


def test_message_falls_back_once_when_many_say_so_at_once(at_once, outbox, message):
    outbox.start_sending("m_1", channel="subscription", now=NOW)

    outcomes = at_once(lambda own: SqlOutbox(own).fall_back("m_1", now=NOW, error_code="x"), times=10)

    assert sorted(outcomes) == [False] * 9 + [True]


@pytest.mark.parametrize("end", ["sent", "unknown", "failed"])
def test_message_never_falls_back_when_it_has_ended(outbox, message, end):
    outbox.start_sending("m_1", channel="subscription", now=NOW)
    getattr(outbox, end)("m_1", now=NOW, **({} if end == "sent" else {"error_code": "x"}))

    assert outbox.fall_back("m_1", now=LATER, error_code="x") is False
    assert outbox.find(message.key).state == end


def test_messages_of_a_user_are_theirs_and_the_newest_first(outbox, message, alice):
    outbox.put(a_message(alice, "m_2", created_at=LATER))

    assert [found.id for found in outbox.of_user(alice, limit=5)] == ["m_2", "m_1"]
    assert [found.id for found in outbox.of_user(alice, limit=1)] == ["m_2"]
    assert outbox.of_user("u_other", limit=5) == []


@pytest.mark.parametrize("channel", ["subscription", "sms"])
def test_report_settles_only_a_subscription_message_whose_fate_was_unknown(outbox, message, alice, channel):
    if channel == "sms":
        outbox.fall_back("m_1", now=NOW, error_code="x")
    outbox.start_sending("m_1", channel=channel, now=NOW)

    settled = outbox.settle_reported(alice, "ready", error_code=None, since=NOW, now=LATER)

    assert settled is (channel == "subscription")
    assert outbox.find(message.key).state == ("sent" if settled else "sending")
