"""Jobs: search over all boards, one job, jobs for a resume, and how a resume stands to a job.

A board that is down, slow, busy, or takes us for a robot is named in `sources` and costs only its own share of the answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import Field

from common.domain.jobs import Job, JobListing, JobQuery, JobRef, fits, merge_pages
from common.domain.jobs.analysis import JobAnalysis, analysis_of
from common.domain.matching import requirements_of
from common.domain.matching.requirements import MAX_JD_CHARACTERS
from common.domain.resume import Resume
from common.errors import (
    OUT_OF_REACH,
    InvalidField,
    JobSourceClosed,
    MojianError,
    NotFound,
    ResumeNotReady,
    TooManyRequests,
    VendorObjectMissing,
)
from common.lazy_model import LazyModel
from common.services.job_cache import Answer, JobCache
from common.services.job_sources import SourceReport, closed, failed, reached
from common.services.library import Shelf
from common.services.matching import match_job
from common.services.ports import Embedder, JobBoard

#: What may go wrong with one board without the others.
ITS_OWN = (*OUT_OF_REACH, TooManyRequests, InvalidField)


class JobPage(LazyModel):
    """`jobs` of all boards, each once. `sources`: how each board answered and how old that answer is."""

    jobs: list[Job]
    page: int
    has_more: bool
    sources: list[SourceReport]


class ShownJob(LazyModel):
    """`stale`: the board does not answer, and this is what it said at `fetched_at`."""

    job: Job
    fetched_at: datetime
    stale: bool


class AnalyseJob(LazyModel):
    """POST /jobs/analyse: a text, or a job of a board by its `ref`."""

    jd: str | None = Field(default=None, max_length=MAX_JD_CHARACTERS)
    job_id: str | None = Field(default=None, max_length=140)
    source: str | None = Field(default=None, max_length=32)
    resume_id: str | None = Field(default=None, max_length=80)


@dataclass(frozen=True)
class JobDesk:
    """All boards behind their cache."""

    boards: Sequence[JobBoard]
    cache: JobCache
    now: datetime

    def board(self, name: str) -> JobBoard:
        """Raises NotFound for none of ours, JobSourceClosed for one without a contract."""
        found = next((board for board in self.boards if board.name == name), None)
        if found is None:
            raise NotFound(what="source")
        if not found.is_open:
            raise JobSourceClosed(source=name)
        return found


def search(desk: JobDesk, query: JobQuery) -> JobPage:
    """Raises InvalidField, JobSourceClosed when no board may be asked, and a board's own error when none could answer."""
    chosen = _chosen(desk, query)
    shelves = [_Shelf(desk, board, query) for board in chosen if board.is_open]
    reports = [closed(board) for board in chosen if not board.is_open]
    troubles = [shelf.trouble for shelf in shelves if shelf.newest is None and shelf.trouble]
    if shelves and len(troubles) == len(shelves):
        raise troubles[0]
    pages = [[shelf.jobs_of(number) for shelf in shelves] for number in range(1, query.page + 1)]
    return JobPage(
        jobs=merge_pages(pages),
        page=query.page,
        has_more=any(shelf.newest.value.has_more for shelf in shelves if shelf.newest),
        sources=sorted([*(shelf.report() for shelf in shelves), *reports], key=lambda report: report.source),
    )


def _chosen(desk: JobDesk, query: JobQuery) -> Sequence[JobBoard]:
    chosen = [board for board in desk.boards if query.source in (None, board.name)]
    if not chosen:
        raise InvalidField(field="source", reason=f"one of {', '.join(board.name for board in desk.boards)}")
    if not any(board.is_open for board in chosen):
        raise JobSourceClosed(source=query.source or "all")
    return chosen


class _Shelf:
    """One board's pages up to the one that is asked for, as far as it gave them: the first failure ends the asking."""

    def __init__(self, desk: JobDesk, board: JobBoard, query: JobQuery) -> None:
        self._board = board
        self._query = query
        self._pages: list[Answer[JobListing]] = []
        self.trouble: MojianError | None = None
        for number in range(1, query.page + 1):
            if self._pages and not self._pages[-1].value.has_more:
                return
            try:
                self._pages.append(_listing(desk, board, query.model_copy(update={"page": number})))
            except ITS_OWN as trouble:
                self.trouble = trouble
                return

    @property
    def newest(self) -> Answer[JobListing] | None:
        """None when the page that was asked for could not be had; a board that has ended before has said so."""
        return None if self.trouble or not self._pages else self._pages[-1]

    def jobs_of(self, page: int) -> list[Job]:
        listed = self._pages[page - 1].value.jobs if page <= len(self._pages) else ()
        return [job for job in listed if fits(job, self._query)]

    def report(self) -> SourceReport:
        return failed(self._board, self.trouble) if self.trouble else reached(self._board, self._pages[-1])


def gather(
    desk: JobDesk, queries: Sequence[JobQuery], *, enough: int
) -> tuple[list[Job], list[SourceReport], list[str]]:
    """First pages of several searches until there are `enough` jobs; the worst report of each board; what was asked.

    A board that failed once is not asked again. Raises JobSourceClosed, and a board's own error when none ever answered.
    """
    _chosen(desk, queries[0])
    found: dict[str, Job] = {}
    reports: dict[str, SourceReport] = {board.name: closed(board) for board in desk.boards if not board.is_open}
    troubles: dict[str, MojianError] = {}
    asked: list[str] = []
    for query in queries:
        if len(found) >= enough:
            break
        asked.append(" ".join(part for part in (query.keyword, query.city) if part))
        for board in (board for board in desk.boards if board.is_open and board.name not in troubles):
            shelf = _Shelf(desk, board, query)
            if shelf.trouble and not isinstance(shelf.trouble, InvalidField):
                troubles[board.name] = shelf.trouble
            if board.name not in reports or shelf.trouble:
                reports[board.name] = shelf.report()
            found |= {job.ref: job for job in shelf.jobs_of(1) if job.ref not in found}
    if not found and troubles and len(troubles) == sum(board.is_open for board in desk.boards):
        raise next(iter(troubles.values()))
    return list(found.values()), [reports[name] for name in sorted(reports)], asked


def _listing(desk: JobDesk, board: JobBoard, query: JobQuery) -> Answer[JobListing]:
    key = f"search:{query.model_dump_json(exclude={'source'}, exclude_none=True)}"
    return desk.cache.get(board, key, JobListing, lambda: board.search(query, now=desk.cache.now()))


def show(desk: JobDesk, ref: JobRef) -> ShownJob:
    """Raises NotFound for a job that is gone, JobSourceClosed, VendorError when the board is down and was never asked."""
    found = _detail(desk, ref)
    return ShownJob(job=found.value, fetched_at=found.fetched_at, stale=found.stale)


def _detail(desk: JobDesk, ref: JobRef) -> Answer[Job]:
    board = desk.board(ref.source)
    try:
        return desk.cache.get(board, f"detail:{ref.job_id}", Job, lambda: board.detail(ref, now=desk.cache.now()))
    except VendorObjectMissing:
        raise NotFound(what="job") from None


def description_of(desk: JobDesk, ref: JobRef) -> str:
    """A job as the text that a resume is written for; what it says now stays with the resume, whatever the board does later."""
    return _detail(desk, ref).value.as_description(most=MAX_JD_CHARACTERS)


def analyse(desk: JobDesk, shelf: Shelf, command: AnalyseJob, *, embedder: Embedder | None) -> JobAnalysis:
    """Raises InvalidField for neither or both of `jd` and `job_id`, NotFound, ResumeNotReady, VendorError."""
    jd = (command.jd or "").strip()
    if bool(jd) == bool(command.job_id):
        raise InvalidField(field="jd", reason="jd or job_id, one of them")
    resume = current_resume(shelf, command.resume_id) if command.resume_id else None
    ref = JobRef.of(command.job_id, command.source) if command.job_id else None
    text = description_of(desk, ref) if ref else jd
    report = match_job(text, resume, today=f"{desk.now:%Y-%m}", embedder=embedder) if resume else None
    return analysis_of(ref, requirements_of(text), report)


def current_resume(shelf: Shelf, resume_id: str) -> Resume:
    """As it was last optimised, else as it was read. Raises NotFound, ResumeNotReady."""
    row = shelf.own(resume_id)
    optimised = shelf.newest(row, "optimised") or {}
    content: dict[str, Any] | None = optimised.get("resume") or shelf.newest(row, "parsed")
    if not content:
        raise ResumeNotReady
    return Resume.model_validate(content)
