"""A plan and its progress on a terminal."""

from __future__ import annotations

import time
from collections.abc import Callable

from scripts.deployment.plan import Plan, Step

Say = Callable[[str], None]


def show_plan(plan: Plan, title: str, say: Say) -> None:
    say(title)
    for step in plan.steps:
        say(f"  {step.mark} {step.title}")
        for line in step.lines:
            say(f"      {line}")
    for note in plan.notes:
        say(f"  ! {note}")
    count = len(plan.steps)
    say(f"{count} change{'' if count == 1 else 's'}." if count else "Nothing to change.")


def act(plan: Plan, say: Say) -> None:
    """Step by step; the first that fails stops it. Raises DeployError."""
    for number, step in enumerate(plan.steps, 1):
        _act_one(step, f"[{number}/{len(plan.steps)}]", say)


def _act_one(step: Step, position: str, say: Say) -> None:
    started = time.monotonic()
    step.act()
    say(f"{position} {step.mark} {step.title}  {time.monotonic() - started:.1f} s")
