"""Matching: keywords of real-looking job descriptions, found in a resume that has them and missed in one that lacks them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from common.domain.matching import MatchReport, match
from common.domain.resume import Resume
from common.domain.skills import named_skills
from scripts.benchmarks.ai.cases import keywords, keywords_blind
from scripts.benchmarks.ai.options import AiOptions
from scripts.benchmarks.figures import Figure

TODAY = "2026-11"


@dataclass(frozen=True)
class Labels:
    """Of one case: keywords rightly called matched, wrongly called matched, and not found although they are there."""

    hits: list[str]
    wrong: list[str]
    missed: list[str]


def figures(options: AiOptions) -> Iterator[Figure]:
    for name, cases in (("sentences", keywords.CASES), ("job descriptions", keywords_blind.CASES)):
        labels = [labelled(*case) for case in cases]
        if options.verbose:
            for (jd, *_), one in zip(cases, labels, strict=True):
                if one.missed or one.wrong:
                    print(f"  {jd[:16]!r}: missed {one.missed}, wrong {one.wrong}", file=sys.stderr)
        yield from _figures(name, labels, sum(len(words(has)) + len(words(lacks)) for _, _, has, lacks in cases))


def _figures(name: str, labels: Sequence[Labels], count: int) -> Iterator[Figure]:
    hits, wrong, missed = (sum(len(getattr(one, part)) for one in labels) for part in ("hits", "wrong", "missed"))
    yield Figure(f"{name}: recall", hits / (hits + missed), at_least=0.95, note=f"{count} labels")
    yield Figure(f"{name}: precision", hits / (hits + wrong), at_least=0.9)


def labelled(jd: str, text: str, has: str, lacks: str) -> Labels:
    resume = Resume.model_validate({"work": [{"name": "示例公司", "highlights": [text]}]})
    report = match(jd, resume, today=TODAY)
    return Labels(
        hits=[word for word in words(has) if _is_matched(word, report)],
        wrong=[word for word in words(lacks) if _is_matched(word, report)],
        missed=[word for word in words(has) if not _is_matched(word, report)],
    )


def _is_matched(word: str, report: MatchReport) -> bool:
    """As it is, inside a longer phrase (PLC in PLC编程), or under another name of the same skill."""
    skills = named_skills(word)
    matched = [one.keyword for one in report.matched]
    named = {skill for keyword in matched for skill in named_skills(keyword)}
    return any(_flat(word) in _flat(keyword) for keyword in matched) or bool(skills and skills <= named)


def words(listed: str) -> list[str]:
    return [word.strip() for word in listed.split(",") if word.strip()]


def _flat(word: str) -> str:
    return word.replace(" ", "").casefold()
