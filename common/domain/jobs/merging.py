"""Pages of several boards as one list: taken in turn, each job once, the same page every time."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from common.domain.jobs.job import Job, OtherPlace

_COMPANY_FORM = re.compile(r"(?:股份)?(?:有限)?(?:责任)?公司$|集团$|\(.*?\)")
_TITLE_TRIMMINGS = re.compile(r"[(\[【].*?[)\]】]|急聘|高薪|双休|五险一金")


def same_job_key(job: Job) -> tuple[str, str, str]:
    """Company, title and city without their trimmings: what is alike in all three is one job at two boards."""
    return (
        _COMPANY_FORM.sub("", _folded(job.company)),
        re.sub(r"[\s\-—_/·]+", "", _TITLE_TRIMMINGS.sub("", _folded(job.title))),
        _folded(job.city),
    )


def _folded(text: str | None) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or "").casefold())


def merge_pages(pages: Sequence[Sequence[Sequence[Job]]]) -> list[Job]:
    """The last of `pages`, each of which is one list a board. What stood on an earlier page does not come again.

    Boards are taken in turn, so a page depends on the pages up to it and on nothing after it.
    """
    shown: dict[tuple[str, str, str], Job] = {}
    for page in pages:
        fresh: dict[tuple[str, str, str], Job] = {}
        for job in _in_turn(page):
            key = same_job_key(job)
            if key not in shown:
                fresh[key] = _with_other_place(fresh[key], job) if key in fresh else job
        shown |= fresh
    return list(fresh.values()) if pages else []


def _in_turn(lists: Sequence[Sequence[Job]]) -> Iterator[Job]:
    for row in zip_longest(*lists):
        yield from (job for job in row if job is not None)


def _with_other_place(kept: Job, other: Job) -> Job:
    """A board that lists the same job twice adds nothing."""
    if other.source in {kept.source, *(place.source for place in kept.also_on)}:
        return kept
    place = OtherPlace(source=other.source, job_id=other.job_id, link=other.link)
    return kept.model_copy(update={"also_on": (*kept.also_on, place)})
