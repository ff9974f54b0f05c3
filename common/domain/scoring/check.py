"""One line of the rubric."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from common.domain.resume import Resume

SuggestionType = Literal["missing", "improvement", "risk"]
PartName = Literal["完整", "成果", "表达", "结构", "规范"]


@dataclass(frozen=True)
class Check:
    """One thing looked at: how much of its points it earns (0 to 1), and what to say when that is not all of them."""

    part: PartName
    points: int
    measure: Callable[[Resume], float]
    type: SuggestionType
    section: str
    message: str
