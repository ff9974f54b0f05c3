"""What users answered when they were asked whether they want a message: one row per user and template."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Update, and_, case, insert, select, update

from common.domain.messages import Acceptance, Answer
from common.domain.users import UserId
from common.persistence.store import Store, as_record, reading, writing
from common.persistence.tables.messages import acceptances

#: The phone and the push tell of the same taps, and either may miss some.
_TOLD: ColumnElement[int] = case(
    (acceptances.c.by_client >= acceptances.c.by_push, acceptances.c.by_client), else_=acceptances.c.by_push
)


class SqlAcceptances(Store):
    def note_by_client(self, user_id: UserId, template_id: str, answer: Answer, *, now: datetime) -> None:
        self._note(user_id, template_id, answer, "by_client", now)

    def note_by_push(self, user_id: UserId, template_id: str, answer: Answer, *, now: datetime) -> None:
        self._note(user_id, template_id, answer, "by_push", now)

    @writing
    def spend(self, connection: Connection, user_id: UserId, template_id: str) -> None:
        """One of them, if any is left."""
        connection.execute(_row(user_id, template_id).where(acceptances.c.spent < _TOLD).values(spent=_SPENT_MORE))

    @writing
    def exhaust(self, connection: Connection, user_id: UserId, template_id: str) -> None:
        """WeChat says that none is left. Never takes back what was spent."""
        connection.execute(_row(user_id, template_id).where(acceptances.c.spent < _TOLD).values(spent=_TOLD))

    @reading
    def of_user(self, connection: Connection, user_id: UserId) -> list[Acceptance]:
        own = select(acceptances).where(acceptances.c.user_id == user_id).order_by(acceptances.c.template_id)
        return [as_record(Acceptance, row) for row in connection.execute(own).mappings()]

    @writing
    def _note(
        self, connection: Connection, user_id: UserId, template_id: str, answer: Answer, source: str, now: datetime
    ) -> None:
        """Two first answers at once: the later one meets the primary key, starts again and finds the row."""
        more = 1 if answer == "accept" else 0
        said: dict[str, Any] = {"last_answer": answer, "answered_at": now}
        counted = _row(user_id, template_id).values(**said, **{source: acceptances.c[source] + more})
        if connection.execute(counted).rowcount == 0:
            counts = {"by_client": 0, "by_push": 0, "spent": 0, source: more}
            connection.execute(insert(acceptances).values(user_id=user_id, template_id=template_id, **said, **counts))


_SPENT_MORE = acceptances.c.spent + 1


def _row(user_id: UserId, template_id: str) -> Update:
    return update(acceptances).where(and_(acceptances.c.user_id == user_id, acceptances.c.template_id == template_id))
