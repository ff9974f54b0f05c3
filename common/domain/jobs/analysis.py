"""What a job asks for, and how a resume stands to it, for people to read."""

from common.domain.jobs.job import JobRef
from common.domain.matching import Matched, MatchReport, Missing, Requirement
from common.domain.matching.requirements import Importance, RequirementKind
from common.lazy_model import LazyModel

_VIA = {
    "same": "简历里写有",
    "synonym": "简历里用了另一种写法",
    "implied": "从简历里的其他技能可以推知",
    "words": "简历里有相近的表述",
    "meaning": "简历里有意思相近的经历",
}
_LONGEST_QUOTE = 30


class AskedFor(LazyModel):
    """One requirement as printed. `level` is years, or the rank of a degree (1 大专 to 4 博士)."""

    keyword: str
    kind: RequirementKind
    importance: Importance
    level: int | None = None


class Fit(LazyModel):
    """`score` 0 to 100, None when the text names nothing that can be compared; `reasons` in words, `gaps` with advice."""

    score: int | None
    reasons: list[str]
    matched: list[Matched]
    gaps: list[Missing]
    semantic: bool


class JobAnalysis(LazyModel):
    """`keywords` are the skills and fields among the requirements; `match` is there when a resume was named."""

    job: JobRef | None
    requirements: list[AskedFor]
    keywords: list[str]
    match: Fit | None


def analysis_of(job: JobRef | None, requirements: list[Requirement], report: MatchReport | None) -> JobAnalysis:
    return JobAnalysis(
        job=job,
        requirements=[
            AskedFor(keyword=one.keyword, kind=one.kind, importance=one.importance, level=one.level or None)
            for one in requirements
        ],
        keywords=[one.keyword for one in requirements if one.kind in ("skill", "phrase")],
        match=_fit(report) if report else None,
    )


def _fit(report: MatchReport) -> Fit:
    return Fit(
        score=report.score,
        reasons=[*_summary(report), *map(_reason, report.matched)],
        matched=report.matched,
        gaps=report.missing,
        semantic=report.semantic,
    )


def _summary(report: MatchReport) -> list[str]:
    met = sum(one.importance == "required" for one in report.matched)
    required = met + sum(one.importance == "required" for one in report.missing)
    return [f"必备要求 {required} 项，满足 {met} 项"] if required else []


def _reason(one: Matched) -> str:
    quote = one.evidence.text if len(one.evidence.text) <= _LONGEST_QUOTE else one.evidence.text[:_LONGEST_QUOTE] + "…"
    return f"{one.keyword}：{_VIA[one.via]}“{quote}”"
