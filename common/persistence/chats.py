"""Conversations with the advisor and their turns. What people and the advisor said is encrypted at rest."""

from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, RowMapping, Update, and_, func, insert, or_, select, update

from common.domain.chat import Conversation, ConversationId, Ending, Turn, TurnId, charge_key
from common.domain.chat.conversation import MOST_ATTEMPTS
from common.errors import AnswerInProgress
from common.persistence import ledger
from common.persistence.database import Database
from common.persistence.store import Store, as_record, reading, writing
from common.persistence.tables.chat import chat_turns, conversations


class Cipher(Protocol):
    """`context` binds a ciphertext to one column of one row."""

    def encrypt(self, text: str, *, context: str) -> bytes: ...

    def decrypt(self, sealed: bytes, *, context: str) -> str: ...


class SqlChatStore(Store):
    def __init__(self, database: Database, cipher: Cipher) -> None:
        super().__init__(database)
        self._cipher = cipher

    @reading
    def find(self, connection: Connection, conversation_id: ConversationId) -> Conversation | None:
        query = select(conversations).where(conversations.c.id == conversation_id)
        row = connection.execute(query).mappings().one_or_none()
        return as_record(Conversation, self._opened(row, "conversations", "summary")) if row else None

    @reading
    def find_turn(self, connection: Connection, turn_id: TurnId) -> Turn | None:
        row = connection.execute(select(chat_turns).where(_is(turn_id))).mappings().one_or_none()
        return self._turn(row) if row else None

    @reading
    def turns(self, connection: Connection, conversation_id: ConversationId, *, after: int = 0) -> list[Turn]:
        """Oldest first, those with a higher number than `after`."""
        query = select(chat_turns).where(chat_turns.c.conversation_id == conversation_id, chat_turns.c.number > after)
        return [self._turn(row) for row in connection.execute(query.order_by(chat_turns.c.number)).mappings()]

    @writing
    def begin(self, connection: Connection, conversation: Conversation, turn: Turn, *, now: datetime) -> Turn:
        """The turn as the last of its conversation, which is made if it is new and told what it is about if it is not.

        Raises AnswerInProgress while an earlier turn is being answered.
        """
        own = conversations.c.id == conversation.id
        if connection.execute(select(conversations.c.id).where(own).with_for_update()).first():
            about = {"resume_id": conversation.resume_id, "jd": conversation.jd}
            connection.execute(update(conversations).where(own).values(**about))
        else:
            connection.execute(insert(conversations).values(**self._sealed(conversation, "conversations", "summary")))
        of_this = chat_turns.c.conversation_id == conversation.id
        if connection.execute(select(chat_turns.c.id).where(of_this, _worked_on(now))).first():
            raise AnswerInProgress
        last = connection.execute(select(func.max(chat_turns.c.number)).where(of_this)).scalar() or 0
        values = self._sealed(turn, "chat_turns", "message", "answer")
        connection.execute(insert(chat_turns).values({**values, "number": last + 1}))
        return Turn(**{**vars(turn), "number": last + 1})

    @writing
    def renew(self, connection: Connection, turn: Turn, *, until: datetime) -> bool:
        """Keep the turn; False when it was taken over meanwhile."""
        return connection.execute(_attempt(turn).values(lease_until=until)).rowcount == 1

    @writing
    def go_on(self, connection: Connection, turn: Turn, *, now: datetime, lease_s: float) -> Turn | None:
        """Take over a turn that was interrupted, or whose worker died, for its last attempt; None when that is not possible."""
        left = or_(chat_turns.c.state == "interrupted", and_(_running(), chat_turns.c.lease_until <= now))
        attempt = {"attempt": turn.attempt + 1, "state": "running", "lease_until": now + timedelta(seconds=lease_s)}
        free = update(chat_turns).where(_is(turn.id), chat_turns.c.attempt == turn.attempt, left)
        if turn.attempt >= MOST_ATTEMPTS or not connection.execute(free.values(finish_reason=None, **attempt)).rowcount:
            return None
        return self._turn(connection.execute(select(chat_turns).where(_is(turn.id))).mappings().one())

    @writing
    def end(self, connection: Connection, turn: Turn, ending: Ending, *, cost: int, now: datetime) -> Turn:
        """running → ended, and what becomes of the credits, in one transaction; the turn as it then is.

        Nothing happens when it was taken over meanwhile.
        """
        how = {"state": ending.state, "finish_reason": ending.finish_reason, "error_code": ending.error_code}
        answer = self._cipher.encrypt(ending.answer, context=f"chat_turns.answer:{turn.id}")
        if connection.execute(_attempt(turn).values(answer=answer, **how)).rowcount:
            if ending.charge == "capture" and ledger.capture(connection, charge_key(turn.id), now=now):
                connection.execute(update(chat_turns).where(_is(turn.id)).values(credits=cost))
            if ending.charge == "release":
                ledger.release(connection, charge_key(turn.id), now=now)
        row = connection.execute(select(chat_turns).where(_is(turn.id))).mappings().one_or_none()
        return self._turn(row) if row else turn

    @writing
    def keep_summary(
        self, connection: Connection, conversation_id: ConversationId, summary: str, *, summarised: int
    ) -> None:
        """Of the turns up to number `summarised`; an earlier summary never replaces a later one."""
        sealed = self._cipher.encrypt(summary, context=f"conversations.summary:{conversation_id}")
        own = update(conversations).where(conversations.c.id == conversation_id)
        older = own.where(conversations.c.summarised < summarised)
        connection.execute(older.values(summary=sealed, summarised=summarised))

    def _turn(self, row: RowMapping) -> Turn:
        return as_record(Turn, self._opened(row, "chat_turns", "message", "answer"))

    def _sealed(self, record: Conversation | Turn, table: str, *columns: str) -> dict[str, Any]:
        values: dict[str, Any] = dict(vars(record))
        for column in columns:
            values[column] = self._cipher.encrypt(values[column], context=f"{table}.{column}:{record.id}")
        return values

    def _opened(self, row: RowMapping, table: str, *columns: str) -> dict[str, Any]:
        values: dict[str, Any] = dict(row)
        for column in columns:
            values[column] = self._cipher.decrypt(values[column], context=f"{table}.{column}:{row['id']}")
        return values


def _is(turn_id: TurnId) -> ColumnElement[bool]:
    return chat_turns.c.id == turn_id


def _running() -> ColumnElement[bool]:
    return chat_turns.c.state == "running"


def _worked_on(now: datetime) -> ColumnElement[bool]:
    return and_(_running(), chat_turns.c.lease_until > now)


def _attempt(turn: Turn) -> Update:
    return update(chat_turns).where(_is(turn.id), _running(), chat_turns.c.attempt == turn.attempt)
