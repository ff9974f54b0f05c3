"""Batches of resumes and what one resume of a batch took: of the clock, of the processor, of the database."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scripts.local_cloud.stack import Stack

STAGES = ("parse", "optimise", "render", "notify")
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Meter:
    """Readings at one moment. `processor_s` of every instance that is alive, its children included, by process id."""

    at_s: float
    processor_s: dict[int, float]
    rows: int

    def since(self, earlier: Meter, count: int) -> Batch:
        """An instance that has gone meanwhile takes its share with it, so keep them."""
        processor_s = sum(spent - earlier.processor_s.get(pid, 0.0) for pid, spent in self.processor_s.items())
        return Batch(count, self.at_s - earlier.at_s, processor_s, self.rows - earlier.rows)


@dataclass(frozen=True)
class Batch:
    """`count` resumes sent together, until nothing was left to do."""

    count: int
    took_s: float
    processor_s: float
    rows: int

    @property
    def each_s(self) -> float:
        return self.took_s / self.count

    @property
    def processor_each_s(self) -> float:
        return self.processor_s / self.count

    @property
    def rows_each(self) -> float:
        return self.rows / self.count


def median_of(batches: Sequence[Batch], measure: Callable[[Batch], float]) -> float:
    return statistics.median(measure(batch) for batch in batches)


def read_meter(stack: Stack, rows: int) -> Meter:
    pids = [pid for stage in STAGES for pid in stack.emulator.processes(stage)]
    return Meter(time.monotonic(), {pid: _processor_s(pid) for pid in pids}, rows)


def most_overtaken(began: Iterable[datetime]) -> int:
    """How many that came later one had to let go first, at most. `began` in the order in which they came."""
    order = list(began)
    places = sorted(range(len(order)), key=order.__getitem__)
    return max((place - came for place, came in enumerate(places)), default=0)


def _processor_s(pid: int) -> float:
    """User and system time of a process and of its children that have ended; 0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(field) for field in fields[11:15]) / _TICKS_A_SECOND
