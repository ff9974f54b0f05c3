"""A queue of resumes, with ten alone before it and ten more behind it: none lost, none doubled, none slower than the others."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from common.persistence.books import SqlBooks
from common.persistence.database import Database
from common.persistence.tables.pipeline import resume_stages
from scripts.benchmarks.figures import Figure
from scripts.benchmarks.load.batches import STAGES, Batch, median_of, most_overtaken, read_meter
from scripts.benchmarks.load.crowd import Crowd, Sent
from scripts.benchmarks.load.evidence import Ending, doubled, endings, lost, one_of_everything
from scripts.benchmarks.load.grounds import grounds, rows_read, servers
from scripts.benchmarks.load.options import LoadOptions
from scripts.local_cloud.emulator.switches import Switches
from scripts.local_cloud.stack import Stack

FEW, ROUNDS = 10, 3
FLAT = 1.3
#: Of the time that is given, what the few before and after, and the end of the queue, are left.
FOR_THE_MANY = 0.8
SWEEPS = 8


@dataclass
class House:
    """The cloud under load, everything that was sent there, and a connection of our own to its database."""

    stack: Stack
    crowd: Crowd
    database: Database
    until: float
    sent: list[Sent] = field(default_factory=list)
    drained: bool = True

    def batch(self, count: int) -> Batch:
        """Send so many and wait until the platform has nothing left to do."""
        forms = self.crowd.forms(count)
        before = read_meter(self.stack, rows_read(self.database))
        self.sent += self.crowd.hand_in(forms)
        self.drained &= self.stack.wait_idle(max(60.0, self.until - time.monotonic()))
        return read_meter(self.stack, rows_read(self.database)).since(before, count)


@dataclass(frozen=True)
class Measured:
    before: Sequence[Batch]
    many: Batch
    after: Sequence[Batch]


def figures(options: LoadOptions) -> Iterator[Figure]:
    switches = Switches(async_workers=options.workers, max_instances=4 * options.workers, idle_s=24 * 3600)
    with (
        servers() as found,
        grounds(found, switches=switches) as stack,
        closing(Crowd(stack)) as crowd,
        closing(Database(found.database_url)) as database,
    ):
        house = House(stack, crowd, database, time.monotonic() + options.seconds)
        measured = _measure(house, options)
        _tell_the_untold(house)
        found_endings = endings(database, stack.fakes, [one.resume_id for one in house.sent])
        yield from _outcome(house, found_endings, options)
        yield from _pace(measured)
        yield from _queue(house, measured)


def _measure(house: House, options: LoadOptions) -> Measured:
    """The instances start with a batch that is not counted; what they then keep in memory is warm for all others."""
    house.batch(options.workers)
    before = [house.batch(FEW) for _ in range(ROUNDS)]
    each_s = median_of(before, lambda batch: batch.each_s)
    affordable = int((house.until - time.monotonic()) * FOR_THE_MANY / each_s)
    count = max(FEW, min(options.uploads, affordable))
    if count < options.uploads:
        print(f"load: {each_s:.1f} s a resume: {count} instead of {options.uploads}", file=sys.stderr)
    many = house.batch(count)
    return Measured(before, many, [house.batch(FEW) for _ in range(ROUNDS)])


def _tell_the_untold(house: House) -> None:
    """What the minute's timer does, until every message is out: one that WeChat refused waits for a minute."""
    for _ in range(SWEEPS):
        found = endings(house.database, house.stack.fakes, [one.resume_id for one in house.sent])
        if all(one.told or one.state != "ready" for one in found):
            return
        house.stack.tick("sweep")
        house.stack.wait_idle(60)


def _outcome(house: House, found: Sequence[Ending], options: LoadOptions) -> Iterator[Figure]:
    asked = f"of {len(found)}: one PDF, one message and one charge each; {options.workers} instances of each stage"
    lost_ones = [reason for one in found if (reason := lost(one))]
    doubled_ones = [reason for one in found if (reason := doubled(one))]
    mixed_up = sum(one.title != sent.person for one, sent in zip(found, house.sent, strict=True))
    books = SqlBooks(house.database)
    broken = len(books.discrepancies()) + (not books.totals().agree)
    yield Figure("resumes with one of everything", sum(map(one_of_everything, found)), at_least=len(found), note=asked)
    yield Figure("lost", len(lost_ones), at_most=0, note=_counted(lost_ones))
    yield Figure("doubled", len(doubled_ones), at_most=0, note=_counted(doubled_ones))
    yield Figure("with another person's name", mixed_up, at_most=0)
    yield Figure("contradictions in the books", broken, at_most=0)
    yield Figure("dead letters", len(house.stack.dead_letters()), at_most=0)


def _pace(measured: Measured) -> Iterator[Figure]:
    kinds: list[tuple[str, str, Callable[[Batch], float], float | None]] = [
        ("by the clock", "s", lambda batch: batch.each_s, FLAT),
        ("of the processor", "s", lambda batch: batch.processor_each_s, FLAT),
        ("rows the database read", "rows", lambda batch: batch.rows_each, None),
    ]
    for name, unit, measure, bound in kinds:
        alone = median_of(measured.before, measure)
        queued, behind = f"{measured.many.count} queued", f"{FEW} behind them"
        peer = f"{FEW} alone"
        yield Figure(f"a resume, {name}: {queued}", measure(measured.many), unit, peer, alone, bound)
        yield Figure(f"a resume, {name}: {behind}", median_of(measured.after, measure), unit, peer, alone, bound)


def _queue(house: House, measured: Measured) -> Iterator[Figure]:
    """Of the many: how long the last one waited, whether all went in turn, and how often a stage was started for one."""
    first = len(house.sent) - measured.many.count - ROUNDS * FEW
    many = sorted(house.sent[first : first + measured.many.count], key=lambda one: one.at)
    began = _parse_began(house.database)
    waits = [(began[one.resume_id] - one.at).total_seconds() for one in many if one.resume_id in began]
    yield Figure(
        "longest wait in the queue", max(waits, default=0.0), "s", note=f"of {measured.many.took_s:.0f} in all"
    )
    yield Figure("places overtaken in the queue, at most", most_overtaken(began[one.resume_id] for one in many))
    for stage in STAGES:
        starts = sum(line.startswith("START ") for line in house.stack.logs(stage))
        yield Figure(f"{stage}: events", starts, "", "resumes", len(house.sent), note="what is repeated costs a look")


def _parse_began(database: Database) -> dict[str, datetime]:
    stages = resume_stages.c
    with database.transaction(write=False) as connection:
        rows = connection.execute(select(stages.resume_id, stages.started_at).where(stages.stage == "parse"))
        return {row.resume_id: row.started_at for row in rows}


def _counted(reasons: Sequence[str]) -> str:
    return "; ".join(f"{count} {reason}" for reason, count in Counter(reasons).most_common(3))
