"""How a resume fits a job: a score anyone can recompute, with what was found where, what is missing, and what to do about it."""

from typing import Literal

from common.domain.matching.requirements import Importance, RequirementKind
from common.lazy_model import LazyModel

Via = Literal["same", "synonym", "implied", "words", "meaning"]


class Evidence(LazyModel):
    """`pointer` is a JSON pointer into the resume, `text` the value there."""

    pointer: str
    text: str


class Matched(LazyModel):
    """`via`: named alike, by another spelling of the same skill, by a skill that contains it, by its words, or by a
    sentence that means the same (only with an embedding model).
    """

    keyword: str
    kind: RequirementKind
    importance: Importance
    via: Via
    evidence: Evidence


class Missing(LazyModel):
    """`advice` tells how to close the gap; it never says that the skill should simply be written down."""

    keyword: str
    kind: RequirementKind
    importance: Importance
    advice: str


class MatchReport(LazyModel):
    """`score` is 0 to 100: required weigh 2, preferred 1; None when the text names nothing that can be compared.

    `semantic`: an embedding model had a say; else the score follows from the words alone, and is the same every time.
    """

    score: int | None
    matched: list[Matched] = []
    missing: list[Missing] = []
    semantic: bool = False
