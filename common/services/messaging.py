"""Telling people that their resume is ready: through an outbox, so that a message is neither lost nor sent twice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from common.domain.messages import Message
from common.domain.pipeline import ObjectKey
from common.errors import MojianError, VendorBusy, VendorError
from common.services.ports import Messenger, Outbox, ResumeStore, UserStore

LEASE_S = 60.0

#: How long a message that the vendor surely did not take waits for its next try.
PAUSE = timedelta(minutes=1)

#: After this long nobody wants to be told any more.
TOO_LATE = timedelta(days=1)

TITLE_WITHOUT_NAME = "你的简历"


@dataclass(frozen=True)
class MessageDesk:
    """What sending takes. `prepare` gets everything ready that can fail before the message is on its way (the token)."""

    outbox: Outbox
    messenger: Messenger
    prepare: Callable[[], object]
    now: Callable[[], datetime]
    lease_s: float = LEASE_S


def announce_ready(
    key: ObjectKey, *, resumes: ResumeStore, users: UserStore, desk: MessageDesk, new_id: Callable[[], str]
) -> str:
    """One message per finished revision, whatever the bucket repeats; returns what became of it."""
    row = resumes.find(key.resume_id)
    user = users.find(key.user_id)
    if row is None or user is None or row.user_id != user.id:
        return "outdated"
    occasion = f"ready/{key.resume_id}/{key.revision}"
    message = Message(
        id=new_id(),
        key=occasion,
        user_id=user.id,
        openid=user.openid,
        resume_id=row.id,
        title=f"{row.title}的简历" if row.title else TITLE_WITHOUT_NAME,
        created_at=desk.now(),
        state="waiting",
        attempts=0,
    )
    desk.outbox.put(message)
    kept = desk.outbox.find(occasion)
    return deliver(kept, desk=desk) if kept is not None else "outdated"


def deliver(message: Message, *, desk: MessageDesk) -> str:
    """Send one message of the outbox. Raises what went wrong while preparing; from the vendor call on it never repeats.

    A timeout of the vendor counts as delivered: WeChat may have sent it, and twice is worse than a missing receipt.
    """
    if message.state != "waiting" or not desk.outbox.claim(message.id, now=desk.now(), lease_s=desk.lease_s):
        return "taken"
    desk.prepare()
    if not desk.outbox.start_sending(message.id, now=desk.now()):
        return "taken"
    try:
        desk.messenger.send_ready(
            message.openid, title=message.title, resume_id=message.resume_id, at=message.created_at
        )
    except MojianError as error:
        if surely_undelivered(error):
            desk.outbox.postpone(message.id, until=desk.now() + PAUSE, error_code=error.code)
            return "postponed"
        if not error.retryable:
            desk.outbox.failed(message.id, now=desk.now(), error_code=error.code)
            return "failed"
    desk.outbox.sent(message.id, now=desk.now())
    return "sent"


def surely_undelivered(error: MojianError) -> bool:
    """Worth another try, and the vendor did nothing: it said so, or the call was never made (no time, no database)."""
    if not isinstance(error, VendorError) or isinstance(error, VendorBusy):
        return error.retryable
    return error.retryable and error.facts.get("delivered") == "no"


def deliver_due(*, desk: MessageDesk, report: Callable[[str, MojianError], None], limit: int = 50) -> int:
    """For sweep: messages whose sender died or was told to wait. One failure does not stop the others."""
    sent = 0
    for message in desk.outbox.due(now=desk.now(), limit=limit):
        try:
            if desk.now() - message.created_at > TOO_LATE:
                desk.outbox.failed(message.id, now=desk.now(), error_code="too_late")
            else:
                sent += deliver(message, desk=desk) == "sent"
        except MojianError as error:
            report(message.id, error)
    return sent
