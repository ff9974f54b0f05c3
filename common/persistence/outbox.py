"""Messages to users: one per occasion, prepared by one sender at a time, handed to each vendor at most once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Update, func, insert, or_, select, update

from common.domain.messages import Channel, Message, MessageKind, MessageState
from common.domain.users import UserId
from common.persistence.store import Store, as_record, reading, writing
from common.persistence.tables.messages import outbox


class SqlOutbox(Store):
    @writing
    def put(self, connection: Connection, message: Message) -> bool:
        """False when the key is known."""
        if connection.execute(select(outbox.c.id).where(outbox.c.key == message.key)).one_or_none():
            return False
        connection.execute(insert(outbox).values(**vars(message), due_at=message.created_at))
        return True

    @reading
    def due(self, connection: Connection, *, now: datetime, limit: int) -> list[Message]:
        """Waiting messages that nobody is preparing, the longest due first."""
        free = select(outbox).where(outbox.c.state == "waiting", outbox.c.due_at <= now, _unleased(now))
        rows = connection.execute(free.order_by(outbox.c.due_at, outbox.c.id).limit(limit)).mappings()
        return [as_record(Message, row) for row in rows]

    @reading
    def find(self, connection: Connection, key: str) -> Message | None:
        row = connection.execute(select(outbox).where(outbox.c.key == key)).mappings().one_or_none()
        return as_record(Message, row) if row else None

    @reading
    def of_user(self, connection: Connection, user_id: UserId, *, limit: int) -> list[Message]:
        """Newest first."""
        own = select(outbox).where(outbox.c.user_id == user_id)
        rows = connection.execute(own.order_by(outbox.c.created_at.desc(), outbox.c.id.desc()).limit(limit)).mappings()
        return [as_record(Message, row) for row in rows]

    @writing
    def claim(self, connection: Connection, message_id: str, *, now: datetime, lease_s: float) -> bool:
        """waiting → waiting with a lease, so two senders never prepare the same message; counts an attempt.

        False before a postponed message is due.
        """
        free = _in(message_id, ("waiting",)).where(outbox.c.due_at <= now, _unleased(now))
        lease = {"lease_until": now + timedelta(seconds=lease_s), "attempts": outbox.c.attempts + 1}
        return connection.execute(free.values(lease)).rowcount == 1

    @writing
    def start_sending(self, connection: Connection, message_id: str, *, channel: Channel, now: datetime) -> bool:
        """waiting → sending, just before the vendor call: from here it never goes out on this channel again.

        False when the message has gone on to another channel meanwhile.
        """
        waiting = _in(message_id, ("waiting",)).where(outbox.c.channel == channel)
        started = waiting.values(state="sending", lease_until=None, ended_at=now)
        return connection.execute(started).rowcount == 1

    @writing
    def sent(self, connection: Connection, message_id: str, *, now: datetime) -> None:
        """sending → sent."""
        connection.execute(_in(message_id, ("sending",)).values(state="sent", ended_at=now, error_code=None))

    @writing
    def unknown(self, connection: Connection, message_id: str, *, now: datetime, error_code: str) -> None:
        """sending → unknown: it may have arrived, so it is never sent again."""
        connection.execute(_in(message_id, ("sending",)).values(state="unknown", ended_at=now, error_code=error_code))

    @writing
    def failed(self, connection: Connection, message_id: str, *, now: datetime, error_code: str) -> None:
        """waiting|sending → failed, for good."""
        ended = _in(message_id, ("waiting", "sending"))
        connection.execute(ended.values(state="failed", ended_at=now, error_code=error_code))

    @writing
    def postpone(self, connection: Connection, message_id: str, *, until: datetime, error_code: str) -> None:
        """Back to waiting: the vendor surely did not deliver."""
        again = _in(message_id, ("waiting", "sending"))
        later = {"state": "waiting", "due_at": until, "lease_until": None, "ended_at": None, "error_code": error_code}
        connection.execute(again.values(later))

    @writing
    def fall_back(self, connection: Connection, message_id: str, *, now: datetime, error_code: str) -> bool:
        """waiting|sending by subscription → waiting by SMS, due at once. False when it is an SMS already, or ended."""
        refused = _in(message_id, ("waiting", "sending")).where(outbox.c.channel == "subscription")
        again = {"state": "waiting", "channel": "sms", "due_at": now, "lease_until": None, "ended_at": None}
        return connection.execute(refused.values(**again, error_code=error_code)).rowcount == 1

    @reading
    def sms_since(self, connection: Connection, user_id: UserId, *, since: datetime) -> int:
        """How many of a user's messages went out by SMS, or may have, after `since`."""
        begun = outbox.c.state.in_(("sending", "sent", "unknown"))
        own = (outbox.c.user_id == user_id, outbox.c.channel == "sms", begun, outbox.c.ended_at > since)
        return int(connection.scalar(select(func.count()).select_from(outbox).where(*own)) or 0)

    @writing
    def settle_reported(
        self,
        connection: Connection,
        user_id: UserId,
        kind: MessageKind,
        *,
        error_code: str | None,
        since: datetime,
        now: datetime,
    ) -> bool:
        """sending|unknown → sent or failed, for the newest subscription message of this kind that began after `since`."""
        open_ones = (outbox.c.user_id == user_id, outbox.c.kind == kind, outbox.c.channel == "subscription")
        newest = (
            select(outbox.c.id)
            .where(*open_ones, outbox.c.state.in_(("sending", "unknown")), outbox.c.ended_at >= since)
            .order_by(outbox.c.ended_at.desc(), outbox.c.id)
            .limit(1)
        )
        message_id = connection.scalar(newest)
        state = "failed" if error_code else "sent"
        ended = _in(str(message_id), ("sending", "unknown")).values(state=state, ended_at=now, error_code=error_code)
        return message_id is not None and connection.execute(ended).rowcount == 1


def _in(message_id: str, states: Sequence[MessageState]) -> Update:
    return update(outbox).where(outbox.c.id == message_id, outbox.c.state.in_(states))


def _unleased(now: datetime) -> ColumnElement[bool]:
    return or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= now)
