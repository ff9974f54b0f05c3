"""Rules about triggers taken together: how many, whether two want the same object, whether one would start itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from .model import CosTrigger, HttpTrigger, TimerTrigger
from .report import Report

_MOST_OF_A_TYPE = 10
_MOST_ON_A_BUCKET = 10


@dataclass(frozen=True)
class PlacedTrigger:
    """A trigger with the function it starts and the line it stands on."""

    function: str
    line: int
    trigger: HttpTrigger | CosTrigger | TimerTrigger


def lint_triggers(placed: list[PlacedTrigger], environments: dict[str, dict[str, str]], report: Report) -> None:
    """Run every rule of this file. `environments` has each function's variables by its key."""
    _check_counts(placed, report)
    _check_timer_names(placed, report)
    _check_overlaps(placed, report)
    for entry, trigger in _cos(placed):
        _check_recursion(entry, trigger, environments.get(entry.function, {}), report)


def overlap(one: CosTrigger, other: CosTrigger) -> bool:
    """True when some object event would start both, which the platform does not allow on one bucket."""
    family, action = one.events.rpartition(":")[::2]
    other_family, other_action = other.events.rpartition(":")[::2]
    same_event = family == other_family and (action == other_action or "*" in (action, other_action))
    same_start = one.prefix.startswith(other.prefix) or other.prefix.startswith(one.prefix)
    same_end = one.suffix.endswith(other.suffix) or other.suffix.endswith(one.suffix)
    return one.bucket == other.bucket and same_event and same_start and same_end


def _cos(placed: list[PlacedTrigger]) -> Iterator[tuple[PlacedTrigger, CosTrigger]]:
    for entry in placed:
        if isinstance(entry.trigger, CosTrigger):
            yield entry, entry.trigger


def _check_counts(placed: list[PlacedTrigger], report: Report) -> None:
    of_a_type: Counter[tuple[str, str]] = Counter()
    on_a_bucket: Counter[str] = Counter()
    for entry in placed:
        kind = type(entry.trigger).__name__.removesuffix("Trigger").lower()
        of_a_type[entry.function, kind] += 1
        if kind == "http" and of_a_type[entry.function, kind] == 2:
            report.refuse(entry.line, f"function {entry.function} already has an http trigger")
        elif of_a_type[entry.function, kind] == _MOST_OF_A_TYPE + 1:
            report.refuse(entry.line, f"function {entry.function} has more than {_MOST_OF_A_TYPE} {kind} triggers")
    for entry, trigger in _cos(placed):
        on_a_bucket[trigger.bucket] += 1
        if on_a_bucket[trigger.bucket] == _MOST_ON_A_BUCKET + 1:
            report.refuse(entry.line, f"bucket {trigger.bucket} has more than {_MOST_ON_A_BUCKET} triggers")


def _check_timer_names(placed: list[PlacedTrigger], report: Report) -> None:
    first_lines: dict[tuple[str, str], int] = {}
    for entry in placed:
        if isinstance(entry.trigger, TimerTrigger):
            first = first_lines.setdefault((entry.function, entry.trigger.name), entry.line)
            if first != entry.line:
                report.refuse(entry.line, f"timer {entry.trigger.name} is already on line {first}")


def _check_overlaps(placed: list[PlacedTrigger], report: Report) -> None:
    for (first, one), (second, other) in combinations(_cos(placed), 2):
        if overlap(one, other):
            report.refuse(
                second.line,
                f"overlaps the trigger of {first.function} on line {first.line}: prefix {other.prefix!r} suffix "
                f"{other.suffix!r} and prefix {one.prefix!r} suffix {one.suffix!r} may meet in one object",
            )


def _check_recursion(entry: PlacedTrigger, trigger: CosTrigger, environment: dict[str, str], report: Report) -> None:
    """What the function itself writes cannot be known here; these are the two signs that can be seen."""
    if not trigger.prefix and not trigger.suffix and trigger.events.startswith("cos:ObjectCreated"):
        report.warn(entry.line, f"no prefix: every object {entry.function} writes to the bucket starts it again")
    for name, value in environment.items():
        if trigger.prefix and value.startswith(trigger.prefix):
            report.warn(entry.line, f"variable {name} of {entry.function} lies under its own prefix {trigger.prefix}")
