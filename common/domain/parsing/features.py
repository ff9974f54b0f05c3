"""How an ambiguous field is recognised: features with scores, each there because of a rival it guards against.

A field is a table of features. A candidate scores the sum of the features it shows; the best above the threshold wins, and its
score is how sure the rules are. So the answer to "why was this taken for the employer?" is a row of a table, not a path of ifs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

CandidateT = TypeVar("CandidateT")
CandidateT_contra = TypeVar("CandidateT_contra", contravariant=True)

_LEAST_SURE, _MOST_SURE = 0.3, 0.97


class Test(Protocol[CandidateT_contra]):
    def __call__(self, candidate: CandidateT_contra, /) -> bool: ...


@dataclass(frozen=True)
class Feature(Generic[CandidateT]):
    """`guards` names the rival that would win without this feature."""

    name: str
    score: float
    test: Test[CandidateT]
    guards: str


@dataclass(frozen=True)
class FieldTable(Generic[CandidateT]):
    features: Sequence[Feature[CandidateT]]
    threshold: float

    def score(self, candidate: CandidateT) -> float:
        return sum(feature.score for feature in self.features if feature.test(candidate))

    def best(self, candidates: Iterable[CandidateT]) -> tuple[CandidateT, float] | None:
        """The first of the highest score that reaches the threshold."""
        ranked = self.ranked(candidates)
        return ranked[0] if ranked else None

    def ranked(self, candidates: Iterable[CandidateT]) -> list[tuple[CandidateT, float]]:
        scored = [(candidate, self.score(candidate)) for candidate in candidates]
        enough = [pair for pair in scored if pair[1] >= self.threshold]
        return sorted(enough, key=lambda pair: -pair[1])


def confidence(score: float) -> float:
    """A score as the confidence of provenance: 0.3 where only the place speaks for it, 0.97 at most."""
    return round(min(_MOST_SURE, max(_LEAST_SURE, score)), 2)


def assign(
    candidates: Sequence[CandidateT], tables: Mapping[str, FieldTable[CandidateT]]
) -> dict[str, tuple[CandidateT, float]]:
    """Fields compete for the candidates: the highest score anywhere is settled first, each candidate serves one field."""
    offers = [
        (score, -place, name)
        for name, table in tables.items()
        for place, candidate in enumerate(candidates)
        if (score := table.score(candidate)) >= table.threshold
    ]
    taken: dict[str, tuple[CandidateT, float]] = {}
    used: set[int] = set()
    for score, negative_place, name in sorted(offers, reverse=True):
        if name not in taken and negative_place not in used:
            taken[name] = (candidates[-negative_place], score)
            used.add(negative_place)
    return taken
