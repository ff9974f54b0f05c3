"""Telling people what became of their resumes and orders: through an outbox, so that a message is neither lost nor sent twice.

First by subscription message. Where WeChat surely delivers none (none was accepted, or it refuses), by SMS, if the user wants
that and has a bound number. What may have gone out on one channel never goes out on the other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from common.domain.messages import EXPIRED, Message
from common.domain.pipeline import ObjectKey
from common.errors import MojianError, SmsCapReached, TooManyRequests, VendorBusy, VendorError
from common.services.ports import (
    Acceptances,
    Messenger,
    Outbox,
    Phones,
    ResumeStore,
    SmsConsents,
    TextMessages,
    UserStore,
)

LEASE_S = 60.0

#: How long a message that the vendor surely did not take waits for its next try.
PAUSE = timedelta(minutes=1)

#: After this long nobody wants to be told any more.
TOO_LATE = timedelta(days=1)

#: To one user. Resumes that are not reworded cost nothing, so without an end somebody could have us pay for thousands.
SMS_PER_DAY = 3

#: WeChat: the user accepted no message of this template, or all are used up.
NONE_LEFT = 43101

TITLE_WITHOUT_NAME = "你的简历"


@dataclass(frozen=True)
class MessageDesk:
    """What sending takes. `prepare` gets everything ready that can fail before the message is on its way (the token)."""

    outbox: Outbox
    messenger: Messenger
    acceptances: Acceptances
    texts: TextMessages
    phones: Phones
    consents: SmsConsents
    prepare: Callable[[], object]
    now: Callable[[], datetime]
    lease_s: float = LEASE_S
    sms_per_day: int = SMS_PER_DAY


def announce_ready(
    key: ObjectKey, *, resumes: ResumeStore, users: UserStore, desk: MessageDesk, new_id: Callable[[], str]
) -> str:
    """One message per finished revision, whatever the bucket repeats; returns what became of it."""
    row = resumes.find(key.resume_id)
    user = users.find(key.user_id)
    if row is None or user is None or row.user_id != user.id:
        return "outdated"
    message = Message(
        id=new_id(),
        key=f"ready/{key.resume_id}/{key.revision}",
        user_id=user.id,
        openid=user.openid,
        resume_id=row.id,
        title=title_of(row.title),
        created_at=desk.now(),
        state="waiting",
        attempts=0,
    )
    return post(message, desk=desk)


def title_of(name: str | None) -> str:
    """What the message about a resume is about."""
    return f"{name}的简历" if name else TITLE_WITHOUT_NAME


def post(message: Message, *, desk: MessageDesk) -> str:
    """Into the outbox, unless its occasion is known, and out again."""
    desk.outbox.put(message)
    return _deliver_kept(message, desk)


def _deliver_kept(message: Message, desk: MessageDesk) -> str:
    kept = desk.outbox.find(message.key)
    return deliver(kept, desk=desk) if kept is not None else "outdated"


def deliver(message: Message, *, desk: MessageDesk) -> str:
    """Send one message of the outbox. Raises what went wrong while preparing; from the vendor call on it never repeats.

    A timeout of the vendor is "unknown" for good: the vendor may have sent it, and twice is worse than a missing receipt.
    """
    if message.state != "waiting" or not desk.outbox.claim(message.id, now=desk.now(), lease_s=desk.lease_s):
        return "taken"
    return _by_subscription(message, desk) if message.channel == "subscription" else _by_sms(message, desk)


def _by_subscription(message: Message, desk: MessageDesk) -> str:
    template = desk.messenger.template_of(message.kind)
    if not template:
        return _fall_back(message, desk, error_code="template_missing")
    desk.prepare()
    if not desk.outbox.start_sending(message.id, channel="subscription", now=desk.now()):
        return "taken"
    try:
        desk.messenger.send(message)
    except MojianError as error:
        outcome = _not_sent(message, error, desk)
        if error.facts.get("vendor_code") == NONE_LEFT:
            desk.acceptances.exhaust(message.user_id, template)
        elif outcome == "unknown":
            desk.acceptances.spend(message.user_id, template)
        return outcome
    desk.outbox.sent(message.id, now=desk.now())
    desk.acceptances.spend(message.user_id, template)
    return "sent"


def _by_sms(message: Message, desk: MessageDesk) -> str:
    """The user may have changed their mind since the message was put here."""
    phone = desk.phones.phone_of(message.user_id) if desk.consents.allows_sms(message.user_id) else None
    if phone is None or not desk.texts.knows(message.kind):
        return _give_up(message, desk, message.error_code or "not_wanted")
    if desk.outbox.sms_since(message.user_id, since=desk.now() - TOO_LATE) >= desk.sms_per_day:
        return _give_up(message, desk, SmsCapReached.code)
    if not desk.outbox.start_sending(message.id, channel="sms", now=desk.now()):
        return "taken"
    try:
        desk.texts.send_notice(phone, message.kind)
    except MojianError as error:
        return _not_sent(message, error, desk)
    desk.outbox.sent(message.id, now=desk.now())
    return "sent"


def _not_sent(message: Message, error: MojianError, desk: MessageDesk) -> str:
    """What a vendor's refusal, or its silence, makes of the message."""
    if surely_undelivered(error):
        wished = error.facts.get("retry_after_s")
        pause = timedelta(seconds=wished) if isinstance(wished, int | float) else PAUSE
        desk.outbox.postpone(message.id, until=desk.now() + max(pause, PAUSE), error_code=error.code)
        return "postponed"
    if error.retryable:
        desk.outbox.unknown(message.id, now=desk.now(), error_code=error.code)
        return "unknown"
    if message.channel == "subscription":
        return _fall_back(message, desk, error_code=error.code)
    return _give_up(message, desk, error.code)


def _give_up(message: Message, desk: MessageDesk, error_code: str) -> str:
    desk.outbox.failed(message.id, now=desk.now(), error_code=error_code)
    return "failed"


def _fall_back(message: Message, desk: MessageDesk, *, error_code: str) -> str:
    """On to SMS, in one step of the outbox: from here the subscription message can never go out."""
    if not desk.outbox.fall_back(message.id, now=desk.now(), error_code=error_code):
        return "taken"
    return _deliver_kept(message, desk)


def surely_undelivered(error: MojianError) -> bool:
    """Worth another try, and the vendor did nothing: it said so, or the call was never made (no time, no database)."""
    if isinstance(error, TooManyRequests):  # of the vendor, for this number
        return True
    if not isinstance(error, VendorError) or isinstance(error, VendorBusy):
        return error.retryable
    return error.retryable and error.facts.get("delivered") == "no"


def deliver_due(*, desk: MessageDesk, report: Callable[[str, MojianError], None], limit: int = 50) -> int:
    """For sweep: messages whose sender died or was told to wait. One failure does not stop the others."""
    sent = 0
    for message in desk.outbox.due(now=desk.now(), limit=limit):
        try:
            if desk.now() - message.created_at > TOO_LATE:
                desk.outbox.failed(message.id, now=desk.now(), error_code=EXPIRED)
            else:
                sent += deliver(message, desk=desk) == "sent"
        except MojianError as error:
            report(message.id, error)
    return sent
