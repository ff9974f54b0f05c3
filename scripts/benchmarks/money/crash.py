"""Crash: the process is killed after every single SQL statement, commit and vendor call; afterwards everything ends right."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import Pool

from scripts.benchmarks.figures import Figure
from scripts.benchmarks.money.crash_operations import OPERATIONS, Operation
from scripts.benchmarks.money.crash_world import World, open_world

#: Nothing of ours takes so many steps; a trial that never ends would otherwise be killed for ever.
MOST_STEPS = 200


@dataclass
class Tally:
    """`points` were tried; `problems` name the operation, the step, and what was wrong in the end."""

    points: int = 0
    problems: list[str] = field(default_factory=list)


def figures(backends: list[str]) -> Iterator[Figure]:
    for backend in backends:
        tally = Tally()
        with open_world(backend) as world:
            for operation in OPERATIONS:
                before = tally.points
                crash_everywhere(operation, world, tally)
                name = f"crash, {backend}: {operation.name}"
                yield Figure(name, tally.points - before, "points", at_least=2)
        note = "; ".join(tally.problems[:3])
        yield Figure(
            f"crash, {backend}: points survived", tally.points - len(tally.problems), "points", at_least=tally.points
        )
        yield Figure(f"crash, {backend}: wrong in the end", len(tally.problems), at_most=0, note=note)


def crash_everywhere(operation: Operation, world: World, tally: Tally) -> None:
    """Kill the operation after its first step, after its second, and so on until it gets to its end."""
    for ending in operation.endings:
        for step in range(1, MOST_STEPS):
            world.begin()
            operation.prepare(world)
            survived = not killed_at(step, lambda: operation.act(world))
            ending.finish(world)
            problems = ending.check(world)
            if not survived:
                tally.points += 1
            tally.problems += [f"{operation.name}, {ending.name}, step {step}: {problem}" for problem in problems]
            if survived:
                break
        else:
            tally.problems.append(f"{operation.name} never came to its end")


def killed_at(step: int, act: Callable[[], object]) -> bool:
    """`act` in a process of its own, killed right after its step `step`; False when it ended before that."""
    child = os.fork()
    if child == 0:
        _die_at(step)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        try:
            act()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _die_at(step: int) -> None:
    steps = 0

    def count(*_: Any, **__: Any) -> None:
        nonlocal steps
        steps += 1
        if steps == step:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "after_cursor_execute", count)
    event.listen(Pool, "checkin", count)  # the transaction has ended
    send = httpx.Client.send

    def send_and_count(self: httpx.Client, *arguments: Any, **options: Any) -> httpx.Response:
        response = send(self, *arguments, **options)
        count()
        return response

    httpx.Client.send = send_and_count  # type: ignore[method-assign]
