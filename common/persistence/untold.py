"""Finds what ended without a message in the outbox: resumes that failed, refunds that are done."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, exists, literal, null, select

from common.domain.messages import Untold
from common.persistence.store import Store, as_record, reading
from common.persistence.tables.accounts import users
from common.persistence.tables.messages import outbox
from common.persistence.tables.orders import orders, refunds
from common.persistence.tables.pipeline import resume_stages, resumes


class SqlNews(Store):
    @reading
    def untold(self, connection: Connection, *, since: datetime, limit: int) -> list[Untold]:
        """What ended after `since`; at most `limit` of each kind."""
        return [
            as_record(Untold, row)
            for query in _queries(since)
            for row in connection.execute(query.limit(limit)).mappings()
        ]


def _queries(since: datetime) -> Iterator[Select[Any]]:
    yield _failures(since)
    yield _refunds(since)


def _failures(since: datetime) -> Select[Any]:
    """Of the current revision only: an older one is nobody's business any more."""
    stages = resume_stages.c
    occasion = literal("failed/") + resumes.c.id + literal("/") + resumes.c.revision
    current = and_(stages.resume_id == resumes.c.id, stages.revision == resumes.c.revision)
    return (
        select(
            literal("failed").label("kind"),
            occasion.label("key"),
            users.c.id.label("user_id"),
            users.c.openid,
            resumes.c.id.label("resume_id"),
            resumes.c.title.label("subject"),
            stages.error_code.label("reason"),
            null().label("amount_fen"),
        )
        .select_from(resumes)
        .join(resume_stages, current)
        .join(users, users.c.id == resumes.c.user_id)
        .where(stages.state == "failed", stages.finished_at >= since, ~exists().where(outbox.c.key == occasion))
        .order_by(stages.finished_at)
    )


def _refunds(since: datetime) -> Select[Any]:
    occasion = literal("refunded/") + refunds.c.number
    return (
        select(
            literal("refunded").label("kind"),
            occasion.label("key"),
            users.c.id.label("user_id"),
            users.c.openid,
            null().label("resume_id"),
            orders.c.description.label("subject"),
            null().label("reason"),
            refunds.c.amount_fen,
        )
        .select_from(refunds)
        .join(orders, orders.c.number == refunds.c.order_number)
        .join(users, users.c.id == orders.c.user_id)
        .where(refunds.c.state == "done", refunds.c.ended_at >= since, ~exists().where(outbox.c.key == occasion))
        .order_by(refunds.c.ended_at)
    )
