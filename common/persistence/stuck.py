"""Finds the resumes that wait for work nobody will do: a worker died, or the event that starts a stage got lost."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, literal, select

from common.domain.pipeline import FIRST_REVISION, STAGES, ObjectKey, ResumeRow, Stage
from common.persistence.tables.messages import outbox
from common.persistence.tables.pipeline import resume_stages, resumes

#: What got lost longer ago is not looked for: it keeps the search from reading every resume ever finished.
LOOK_BACK = timedelta(days=7)

#: An upload form lives for minutes; an object that has not come after so long will not come.
UPLOADS_LAST = timedelta(hours=1)

#: The objects of a resume that may lie there unannounced.
Candidates = Callable[[ResumeRow], tuple[ObjectKey, ...]]


def stuck_queries(*, now: datetime, grace: timedelta) -> Iterator[tuple[Stage, Select[Any]]]:
    """For each stage the resumes stuck there, in their current revision only: first dead workers, then lost events.

    The parse stage reads the upload, which belongs to the first revision; later revisions start from what follows it.
    """
    for stage in STAGES:
        yield stage, _lease_ran_out(stage, now)
    lost = (now - LOOK_BACK, now - grace)
    yield "parse", _upload_waits(*lost)
    for before, stage in pairwise(STAGES):
        yield stage, _output_waits(before, stage, *lost)


def silent_queries(*, now: datetime, grace: timedelta) -> Iterator[tuple[Candidates, Select[Any]]]:
    """Resumes of which no stage knows, so that nothing but an object tells that something is to be done."""
    yield _upload, _waits_for_upload(now - UPLOADS_LAST, now - grace)
    yield _inputs_of_revision, _revision_without_stage(now - LOOK_BACK, now - grace)
    yield _rendered, _not_announced(now - LOOK_BACK, now - grace)


def _upload(row: ResumeRow) -> tuple[ObjectKey, ...]:
    return (row.upload_key,)


def _inputs_of_revision(row: ResumeRow) -> tuple[ObjectKey, ...]:
    return row.key("optimised", "json"), row.key("parsed", "json")


def _rendered(row: ResumeRow) -> tuple[ObjectKey, ...]:
    return (row.key("rendered", "pdf"),)


def _waits_for_upload(after: datetime, before: datetime) -> Select[Any]:
    fresh = (resumes.c.uploaded_at.is_(None), resumes.c.created_at.between(after, before))
    return select(resumes).where(*fresh).order_by(resumes.c.created_at)


def _revision_without_stage(after: datetime, before: datetime) -> Select[Any]:
    revised = (resumes.c.revised_at.between(after, before), resumes.c.revision != FIRST_REVISION)
    return select(resumes).where(*revised, *(_unclaimed(stage) for stage in STAGES)).order_by(resumes.c.revised_at)


def _not_announced(after: datetime, before: datetime) -> Select[Any]:
    stages = resume_stages.c
    occasion = literal("ready/") + resumes.c.id + literal("/") + resumes.c.revision
    told = exists().where(outbox.c.key == occasion)
    return (
        select(resumes)
        .join(resume_stages, _current("render"))
        .where(stages.state == "done", stages.finished_at.between(after, before), ~told)
        .order_by(stages.finished_at)
    )


def _lease_ran_out(stage: Stage, now: datetime) -> Select[Any]:
    stages = resume_stages.c
    return (
        select(resumes)
        .join(resume_stages, _current(stage))
        .where(stages.state == "running", stages.lease_until <= now)
        .order_by(stages.lease_until)
    )


def _upload_waits(after: datetime, before: datetime) -> Select[Any]:
    return (
        select(resumes)
        .where(resumes.c.uploaded_at.between(after, before), resumes.c.revision == FIRST_REVISION, _unclaimed("parse"))
        .order_by(resumes.c.uploaded_at)
    )


def _output_waits(done: Stage, stage: Stage, after: datetime, before: datetime) -> Select[Any]:
    stages = resume_stages.c
    return (
        select(resumes)
        .join(resume_stages, _current(done))
        .where(stages.state == "done", stages.finished_at.between(after, before), _unclaimed(stage))
        .order_by(stages.finished_at)
    )


def _current(stage: Stage) -> ColumnElement[bool]:
    stages = resume_stages.c
    return and_(stages.resume_id == resumes.c.id, stages.revision == resumes.c.revision, stages.stage == stage)


def _unclaimed(stage: Stage) -> ColumnElement[bool]:
    claims = resume_stages.alias("claims").c
    claimed = (claims.resume_id == resumes.c.id, claims.revision == resumes.c.revision, claims.stage == stage)
    return ~exists().where(*claimed)
