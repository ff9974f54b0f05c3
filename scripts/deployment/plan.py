"""A plan: what would change, in the order in which it has to. Made by reading only; acted on step by step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Step:
    """One change. `mark` is + for what is made, ~ for what is changed, - for what is taken away. `lines` hold no secrets."""

    mark: str
    title: str
    act: Callable[[], None]
    lines: tuple[str, ...] = ()


@dataclass
class Plan:
    """`notes` are worth knowing and change nothing."""

    steps: list[Step] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, mark: str, title: str, act: Callable[[], None], *lines: str) -> None:
        self.steps.append(Step(mark, title, act, lines))

    def note(self, text: str) -> None:
        self.notes.append(text)
