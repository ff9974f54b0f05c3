"""What one instance of each function holds after 50 and after 500 invocations: nothing may stay behind."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import closing

from scripts.benchmarks.figures import Figure
from scripts.benchmarks.load.crowd import Crowd, Sent
from scripts.benchmarks.load.grounds import grounds, servers
from scripts.benchmarks.load.options import LoadOptions
from scripts.local_cloud.emulator.instances.memory import memory_in_use
from scripts.local_cloud.emulator.switches import MIB, Switches
from scripts.local_cloud.stack import Stack

FUNCTIONS = ("parse", "optimise", "render", "notify", "resume")
EARLY = 50
AT_A_TIME = 50
FLAT = 1.15


def figures(options: LoadOptions) -> Iterator[Figure]:
    """One resume is one invocation of every function: the stages by their events, `resume` by a phone that looks."""
    early = min(EARLY, max(1, options.invocations // 10))
    switches = Switches(async_workers=1, idle_s=24 * 3600)
    with servers() as found, grounds(found, switches=switches, timers=False) as stack, closing(Crowd(stack)) as crowd:
        until = time.monotonic() + options.seconds
        _go_through(stack, crowd, early)
        first, processes = _held(stack), _processes(stack)
        done = early
        while done < options.invocations and time.monotonic() < until:
            more = min(AT_A_TIME, options.invocations - done)
            _go_through(stack, crowd, more)
            done += more
        if done < options.invocations:
            print(f"load: {done} invocations instead of {options.invocations}", file=sys.stderr)
        last, replaced = _held(stack), _processes(stack) != processes
    for function in FUNCTIONS:
        note = "an instance was replaced meanwhile" if replaced else ""
        yield Figure(
            f"{function} holds after {done}", last[function], "MB", f"after {early}", first[function], FLAT, note=note
        )
    yield Figure("instances replaced meanwhile", int(replaced), at_most=0)


def _go_through(stack: Stack, crowd: Crowd, count: int) -> None:
    sent: list[Sent] = crowd.send(count)
    stack.wait_idle(count * 60)
    for one in sent:
        one.phone.resume(one.resume_id)


def _held(stack: Stack) -> dict[str, float]:
    """Resident, over all processes of an instance."""
    return {function: sum(memory_in_use(pid) for pid in pids) / MIB for function, pids in _processes(stack).items()}


def _processes(stack: Stack) -> dict[str, list[int]]:
    return {function: stack.emulator.processes(function) for function in FUNCTIONS}
