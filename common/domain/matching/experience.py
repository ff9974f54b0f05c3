"""Years of work and the highest degree, as the resume states them."""

import re

from common.domain.matching.report import Evidence
from common.domain.resume import Resume
from common.domain.resume.model import Work

_RANKS = (
    (4, r"博士|ph\.?\s?d|doctor"),
    (3, r"硕士|研究生|master|m\.?sc|m\.?eng|mba"),
    (2, r"本科|学士|bachelor|b\.?sc|b\.?eng|b\.?a\b"),
    (1, r"大专|专科|高职|associate"),
)


def degree_rank(resume: Resume) -> tuple[int, Evidence | None]:
    """4 博士, 3 硕士, 2 本科, 1 大专, 0 none stated."""
    best: tuple[int, Evidence | None] = (0, None)
    for index, entry in enumerate(resume.education):
        stated = entry.study_type or ""
        rank = next((rank for rank, pattern in _RANKS if re.search(pattern, stated, re.IGNORECASE)), 0)
        if rank > best[0]:
            best = rank, Evidence(pointer=f"/education/{index}/studyType", text=stated)
    return best


def experience_years(resume: Resume, today: str) -> tuple[float, Evidence | None]:
    """Months in which some job ran, as years; internships do not count, overlapping jobs count once."""
    months: set[int] = set()
    longest: tuple[int, Evidence | None] = (0, None)
    for index, job in enumerate(resume.work):
        span = _months(job, today)
        months |= span
        if len(span) > longest[0]:
            longest = len(span), Evidence(pointer=f"/work/{index}/name", text=job.name or job.position or "")
    return len(months) / 12, longest[1]


def _months(job: Work, today: str) -> set[int]:
    extension = job.x_cn
    if not job.start_date or (extension and extension.kind == "internship"):
        return set()
    goes_on = bool(extension and extension.current)
    end = today if goes_on else job.end_date
    return set(range(_month(job.start_date), _month(end, last=True) + 1)) if end else set()


def _month(date: str, *, last: bool = False) -> int:
    year, _, rest = date.partition("-")
    month = int(rest[:2]) if rest[:2].isdigit() else 12 if last else 1
    return int(year) * 12 + month - 1
