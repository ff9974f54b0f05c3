"""Requirements that no word of a resume names, but a sentence means: by vectors of an embedding model, when there is one."""

import math
from collections.abc import Sequence

from common.domain.matching.match import score_of
from common.domain.matching.report import Evidence, Matched, MatchReport, Missing

#: Cosine from which two texts are taken to say the same. Strict: a gap that is none costs a line of advice, a match that is none
#: costs the user's trust.
NEAR = 0.8

Vector = Sequence[float]


def open_phrases(report: MatchReport) -> list[str]:
    """What is still missing and can be meant in other words: duties and fields, never a named skill, a degree or years."""
    return [one.keyword for one in report.missing if one.kind == "phrase"]


def with_meaning(
    report: MatchReport, wanted: Sequence[Vector], texts: Sequence[tuple[str, str]], said: Sequence[Vector]
) -> MatchReport:
    """`wanted` belong to `open_phrases`, `said` to `texts` (pointer, text). The score is then more than words, and says so."""
    near = {
        keyword: evidence
        for keyword, vector in zip(open_phrases(report), wanted, strict=True)
        if (evidence := _nearest(vector, texts, said))
    }
    missing = [one for one in report.missing if one.keyword not in near]
    matched = [*report.matched, *(_met(one, near[one.keyword]) for one in report.missing if one.keyword in near)]
    return MatchReport(score=score_of(matched, missing), matched=matched, missing=missing, semantic=True)


def _met(one: Missing, evidence: Evidence) -> Matched:
    return Matched(keyword=one.keyword, kind=one.kind, importance=one.importance, via="meaning", evidence=evidence)


def _nearest(vector: Vector, texts: Sequence[tuple[str, str]], said: Sequence[Vector]) -> Evidence | None:
    likeness, place = max(((cosine(vector, other), at) for at, other in enumerate(said)), default=(0.0, 0))
    pointer, text = texts[place] if texts else ("", "")
    return Evidence(pointer=pointer, text=text) if likeness >= NEAR else None


def cosine(one: Vector, other: Vector) -> float:
    """0 for a vector without length."""
    lengths = math.hypot(*one) * math.hypot(*other)
    return sum(a * b for a, b in zip(one, other, strict=True)) / lengths if lengths else 0.0
