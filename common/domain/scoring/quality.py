"""The rubric: five parts, 100 points. The same resume always gets the same score."""

from collections.abc import Sequence

from common.domain.resume import Resume
from common.domain.scoring.check import Check, PartName, SuggestionType
from common.domain.scoring.rubric import CHECKS
from common.lazy_model import LazyModel


class Suggestion(LazyModel):
    """`section` is a member of the resume (basics, work, skills …), `message` is Chinese and says what to do."""

    type: SuggestionType
    section: str
    message: str


class Part(LazyModel):
    name: PartName
    points: int
    of: int


class Quality(LazyModel):
    """`score` is the sum of the parts' points, 0 to 100."""

    score: int
    parts: list[Part]
    suggestions: list[Suggestion]


def quality(resume: Resume) -> Quality:
    """Suggestions come with the most points to win first."""
    earned = [(check, min(1.0, max(0.0, check.measure(resume)))) for check in CHECKS]
    lost = sorted(
        ((check.points * (1 - share), check) for check, share in earned if share < 1), key=lambda one: -one[0]
    )
    parts = [_part(name, earned) for name in dict.fromkeys(check.part for check in CHECKS)]
    return Quality(
        score=sum(part.points for part in parts),
        parts=parts,
        suggestions=[Suggestion(type=check.type, section=check.section, message=check.message) for _, check in lost],
    )


def _part(name: PartName, earned: Sequence[tuple[Check, float]]) -> Part:
    own = [(check.points, share) for check, share in earned if check.part == name]
    return Part(
        name=name, points=round(sum(points * share for points, share in own)), of=sum(points for points, _ in own)
    )
