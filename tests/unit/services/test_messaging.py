"""The outbox: one message per finished revision, handed to WeChat at most once, and never forgotten."""

from typing import Any

import pytest

from common.errors import (
    DeadlineExceeded,
    StoreUnavailable,
    VendorBusy,
    VendorRejected,
    VendorReplyInvalid,
    VendorUnavailable,
)
from common.services.messaging import LEASE_S, MessageDesk, announce_ready, deliver_due
from tests.doubles import FakeMessenger


class Preparing:
    """Fetching the token, which can fail."""

    def __init__(self) -> None:
        self.errors: list[Exception] = []

    def __call__(self) -> None:
        if self.errors:
            raise self.errors.pop(0)


@pytest.fixture
def messenger() -> FakeMessenger:
    return FakeMessenger()


@pytest.fixture
def preparing() -> Preparing:
    return Preparing()


@pytest.fixture
def desk(outbox: Any, messenger: Any, preparing: Any, clock: Any) -> MessageDesk:
    return MessageDesk(outbox=outbox, messenger=messenger, prepare=preparing, now=clock)


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
def test_message_counts_as_delivered_when_nobody_knows(announce, messenger, outbox, desk, clock, reports, error):
    messenger.fail["send_ready"] = [error]

    outcome = announce()

    clock.pass_(hours=1)
    assert (outcome, state(outbox)) == ("sent", "sent")
    assert deliver_due(desk=desk, report=reports) == 0
    assert messenger.calls["send_ready"] == 1


@pytest.mark.parametrize(
    "error",
    [VendorBusy(), VendorUnavailable(delivered="no"), DeadlineExceeded(), StoreUnavailable()],
)
def test_message_is_sent_a_minute_later_when_it_surely_did_not_go_out(announce, messenger, desk, clock, reports, error):
    messenger.fail["send_ready"] = [error]

    outcome = announce()

    at_once = deliver_due(desk=desk, report=reports)
    clock.pass_(minutes=1)
    assert (outcome, at_once, deliver_due(desk=desk, report=reports)) == ("postponed", 0, 1)
    assert len(messenger.delivered) == 1


def test_message_is_given_up_when_the_user_accepts_none(announce, messenger, outbox, desk, clock, reports):
    messenger.fail["send_ready"] = [VendorRejected(vendor_code=43101, delivered="no")]

    outcome = announce()

    clock.pass_(hours=1)
    assert (outcome, state(outbox)) == ("failed", "failed")
    assert deliver_due(desk=desk, report=reports) == 0


def test_message_waits_when_no_token_is_to_be_had(announce, preparing, outbox, messenger, desk, clock, reports):
    preparing.errors = [VendorUnavailable()]

    with pytest.raises(VendorUnavailable):
        announce()

    assert (state(outbox), messenger.calls["send_ready"]) == ("waiting", 0)
    clock.pass_(seconds=LEASE_S)
    assert deliver_due(desk=desk, report=reports) == 1


def test_message_is_never_sent_again_when_its_sender_died_in_the_call(announce, messenger, desk, clock, reports):
    messenger.fail["send_ready"] = [KeyboardInterrupt()]
    with pytest.raises(KeyboardInterrupt):
        announce()

    clock.pass_(hours=1)

    assert deliver_due(desk=desk, report=reports) == 0
    assert messenger.calls["send_ready"] == 1


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
