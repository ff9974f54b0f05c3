"""What piles up or ended badly, counted in SQL: numbers only, nothing of any user."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from common.persistence.store import Store, reading
from common.persistence.tables.accounts import erasures
from common.persistence.tables.messages import outbox
from common.persistence.tables.orders import orders
from common.persistence.tables.pipeline import resume_stages

#: A scan stops here: beyond it the exact number changes nothing.
ENOUGH = 1000
A_DAY = timedelta(days=1)


class SqlBacklog(Store):
    @reading
    def failed_stages(self, connection: Connection, *, since: datetime) -> Mapping[str, int]:
        """Error code → how many stages ended with it after `since`."""
        ended = (resume_stages.c.state == "failed", resume_stages.c.finished_at > since)
        counted = select(resume_stages.c.error_code, func.count()).where(
            *ended, resume_stages.c.stage.in_(("parse", "optimise", "render"))
        )
        return {code: int(count) for code, count in connection.execute(counted.group_by(resume_stages.c.error_code))}

    @reading
    def oldest_message_due(self, connection: Connection, *, now: datetime) -> datetime | None:
        """Since when the message that waits longest could have gone out; None when none is due."""
        due = (outbox.c.state == "waiting", outbox.c.due_at <= now)
        first = select(outbox.c.due_at).where(*due).order_by(outbox.c.due_at).limit(1)
        return connection.scalar(first)

    @reading
    def ended_messages(self, connection: Connection, code: str, *, since: datetime) -> int:
        """Messages that failed with this error code after `since`. The index is on when they were due, a day before at most."""
        ended = (outbox.c.state == "failed", outbox.c.due_at > since - A_DAY, outbox.c.ended_at > since)
        return int(
            connection.scalar(select(func.count()).select_from(outbox).where(*ended, outbox.c.error_code == code)) or 0
        )

    @reading
    def overdue_orders(self, connection: Connection, *, since: datetime) -> int:
        """Orders that somebody should have asked about before `since`."""
        due = select(orders.c.number).where(orders.c.next_question_at < since).limit(ENOUGH)
        return len(connection.execute(due).all())

    @reading
    def late_erasures(self, connection: Connection, *, asked_before: datetime) -> int:
        late = select(erasures.c.user_id).where(erasures.c.asked_at < asked_before).limit(ENOUGH)
        return len(connection.execute(late).all())
