"""Resumes and the stages of their revisions: who works on what, until when, and how it ended."""

from collections.abc import Sized
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, Update, delete, insert, select, update

from common.domain.pipeline import (
    STAGES,
    ObjectKey,
    ResumeId,
    ResumeRow,
    Revision,
    Stage,
    StageRecord,
    StageState,
    charge_key,
    next_revision,
)
from common.domain.rendering.options import RenderOptions
from common.domain.users import UserId
from common.errors import Conflict, NotFound
from common.persistence import ledger
from common.persistence.store import Store, as_record, reading, writing
from common.persistence.stuck import silent_queries, stuck_queries
from common.persistence.tables.pipeline import resume_stages, resumes

Claim = Literal["mine", "done", "busy", "failed"]

_CLAIM_BY_STATE: dict[StageState, Claim] = {"running": "busy", "done": "done", "failed": "failed"}


class SqlResumeStore(Store):
    @writing
    def add(self, connection: Connection, row: ResumeRow) -> None:
        """Raises Conflict for an id that exists."""
        connection.execute(insert(resumes).values(**vars(row), revised_at=row.created_at))

    @reading
    def find(self, connection: Connection, resume_id: ResumeId) -> ResumeRow | None:
        row = connection.execute(select(resumes).where(resumes.c.id == resume_id)).mappings().one_or_none()
        return as_record(ResumeRow, row) if row else None

    @reading
    def list_of(self, connection: Connection, user_id: UserId, *, limit: int) -> list[ResumeRow]:
        """Newest first."""
        query = select(resumes).where(resumes.c.user_id == user_id)
        newest = query.order_by(resumes.c.created_at.desc(), resumes.c.id.desc()).limit(limit)
        return [as_record(ResumeRow, row) for row in connection.execute(newest).mappings()]

    @reading
    def stages(
        self, connection: Connection, resume_id: ResumeId, revision: Revision | None = None
    ) -> list[StageRecord]:
        """In the order of revisions and of the pipeline; of one revision, or of all."""
        query = select(resume_stages).where(resume_stages.c.resume_id == resume_id)
        if revision is not None:
            query = query.where(resume_stages.c.revision == revision)
        records = [as_record(StageRecord, row) for row in connection.execute(query).mappings()]
        return sorted(records, key=lambda record: (int(record.revision[1:]), STAGES.index(record.stage)))

    @writing
    def mark_uploaded(self, connection: Connection, resume_id: ResumeId, *, now: datetime) -> None:
        """Safe to repeat: the first time counts."""
        waiting = _resume(resume_id).where(resumes.c.uploaded_at.is_(None))
        connection.execute(waiting.values(uploaded_at=now))

    @writing
    def set_title(self, connection: Connection, resume_id: ResumeId, title: str) -> None:
        """Cut to 120 characters."""
        connection.execute(_resume(resume_id).values(title=title))

    @writing
    def begin_revision(
        self,
        connection: Connection,
        resume_id: ResumeId,
        *,
        after: Revision,
        now: datetime,
        jd: str | None = None,
        template: str | None = None,
        options: RenderOptions | None = None,
    ) -> Revision:
        """The next revision becomes current; `jd`, `template` and `options` stay as they are unless given.

        Credits that `after` still holds go back in the same transaction: it will never run again.

        Raises Conflict when `after` is not current any more, NotFound.
        """
        revision = next_revision(after)
        changes = {"revision": revision, "jd": jd, "template": template, "options": options}
        given = {name: value for name, value in changes.items() if value is not None}
        current = _resume(resume_id).where(resumes.c.revision == after)
        if connection.execute(current.values({**given, "revised_at": now})).rowcount:
            ledger.release(connection, charge_key(resume_id, after), now=now)
            return revision
        _require(connection, resume_id)
        raise Conflict(what="revision")

    @writing
    def undo_revision(
        self, connection: Connection, resume_id: ResumeId, revision: Revision, *, back_to: Revision, jd: str | None
    ) -> None:
        """A revision that could not be paid for never was; nothing happens when it is not current any more."""
        begun = _resume(resume_id).where(resumes.c.revision == revision)
        connection.execute(begun.values(revision=back_to, jd=jd))

    @writing
    def claim_stage(
        self,
        connection: Connection,
        resume_id: ResumeId,
        revision: Revision,
        stage: Stage,
        *,
        now: datetime,
        lease_s: float,
    ) -> Claim:
        """Take the work for `lease_s`; an expired lease is taken over and counts as another attempt.

        Two first claims at once: the later one meets the primary key, starts again and finds it busy. Raises NotFound.
        """
        lease_until = now + timedelta(seconds=lease_s)
        expired = _running(resume_id, revision, stage).where(resume_stages.c.lease_until <= now)
        again = expired.values(lease_until=lease_until, attempts=resume_stages.c.attempts + 1)
        if connection.execute(again).rowcount:
            return "mine"
        claimed = _claim_of_others(connection, resume_id, revision, stage)
        if claimed is None:
            _require(connection, resume_id)
            connection.execute(
                insert(resume_stages).values(
                    resume_id=resume_id,
                    revision=revision,
                    stage=stage,
                    state="running",
                    started_at=now,
                    lease_until=lease_until,
                    attempts=1,
                )
            )
        return claimed or "mine"

    @writing
    def finish_stage(
        self,
        connection: Connection,
        resume_id: ResumeId,
        revision: Revision,
        stage: Stage,
        *,
        now: datetime,
        charge_key: str | None = None,
    ) -> bool:
        """running → done, once, capturing the hold `charge_key` in the same transaction; False if finished before."""
        ended = _running(resume_id, revision, stage).values(state="done", finished_at=now)
        if not connection.execute(ended).rowcount:
            return False
        if charge_key is not None:
            ledger.capture(connection, charge_key, now=now)
        return True

    @writing
    def fail_stage(
        self,
        connection: Connection,
        resume_id: ResumeId,
        revision: Revision,
        stage: Stage,
        *,
        error_code: str,
        now: datetime,
        refund_key: str | None = None,
    ) -> bool:
        """running → failed, once, and release the hold `refund_key` in the same transaction."""
        ended = _running(resume_id, revision, stage).values(state="failed", finished_at=now, error_code=error_code)
        if not connection.execute(ended).rowcount:
            return False
        if refund_key is not None:
            ledger.release(connection, refund_key, now=now)
        return True

    @writing
    def yield_stage(
        self, connection: Connection, resume_id: ResumeId, revision: Revision, stage: Stage, *, now: datetime
    ) -> None:
        """Give the lease of a running stage back at once, after a failure that may pass."""
        connection.execute(_running(resume_id, revision, stage).values(lease_until=now))

    @reading
    def stuck(
        self, connection: Connection, *, now: datetime, grace_s: float, limit: int
    ) -> list[tuple[ResumeRow, Stage]]:
        """Stages whose lease ran out, or whose input has waited longer than `grace_s` with nobody working on it."""
        found: list[tuple[ResumeRow, Stage]] = []
        queries = list(stuck_queries(now=now, grace=timedelta(seconds=grace_s)))
        for stage, query in queries:
            rows = connection.execute(query.limit(_share(limit, queries))).mappings().all()
            found += [(as_record(ResumeRow, row), stage) for row in rows]
        return found[:limit]

    @reading
    def silent(
        self, connection: Connection, *, now: datetime, grace_s: float, limit: int
    ) -> list[tuple[ResumeRow, tuple[ObjectKey, ...]]]:
        """Resumes no stage knows of, each with the objects that, where they exist, should have been announced."""
        found: list[tuple[ResumeRow, tuple[ObjectKey, ...]]] = []
        queries = list(silent_queries(now=now, grace=timedelta(seconds=grace_s)))
        for candidates, query in queries:
            rows = connection.execute(query.limit(_share(limit, queries))).mappings().all()
            found += [(row, candidates(row)) for row in (as_record(ResumeRow, mapping) for mapping in rows)]
        return found[:limit]

    @writing
    def delete(self, connection: Connection, resume_id: ResumeId) -> None:
        """With its stages and its messages; safe to repeat."""
        connection.execute(delete(resumes).where(resumes.c.id == resume_id))


def _share(limit: int, queries: Sized) -> int:
    """What one query may find, so that many of one kind do not hide the others."""
    return max(1, limit // len(queries))


def _resume(resume_id: ResumeId) -> Update:
    return update(resumes).where(resumes.c.id == resume_id)


def _require(connection: Connection, resume_id: ResumeId) -> None:
    if connection.execute(select(resumes.c.id).where(resumes.c.id == resume_id)).one_or_none() is None:
        raise NotFound(what="resume")


def _running(resume_id: ResumeId, revision: Revision, stage: Stage) -> Update:
    columns = resume_stages.c
    return update(resume_stages).where(
        columns.resume_id == resume_id,
        columns.revision == revision,
        columns.stage == stage,
        columns.state == "running",
    )


def _claim_of_others(connection: Connection, resume_id: ResumeId, revision: Revision, stage: Stage) -> Claim | None:
    key = {"resume_id": resume_id, "revision": revision, "stage": stage}
    state = connection.scalar(select(resume_stages.c.state).filter_by(**key))
    return _CLAIM_BY_STATE[state] if state else None
