"""Damaged files: copies of real ones, cut off, flipped and spliced at random, never crash, hang, or make up a person.

`--corpus DIR` is a folder with real files of any kind. The readers run without their child process, so that whatever the
isolation would hide is counted; what breaks them is then tried with it.
"""

import argparse
import json
import selectors
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from common.documents.isolation.reader import IsolatedReader
from common.errors import FileRefused
from common.settings import environment
from scripts.benchmarks.figures import Figure
from scripts.benchmarks.hostile.mutate import mutant, originals

HANGS_AFTER_S = 15.0
SLOW_S = 3.0


@dataclass
class _Tally:
    crashed: list[dict[str, Any]] = field(default_factory=list)
    hung: list[dict[str, Any]] = field(default_factory=list)
    judged: list[dict[str, Any]] = field(default_factory=list)

    @property
    def escaped(self) -> list[dict[str, Any]]:
        return [one for one in self.judged if one["ended"].startswith("escaped")]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--corpus", type=Path, help="folder with real files")
    parser.add_argument("--count", type=int, default=500, help="how many damaged copies")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--verbose", action="store_true", help="how many of which kind ended how")


def run(arguments: argparse.Namespace) -> Iterator[Figure]:
    if not arguments.corpus:
        return
    tally = _tally(arguments.corpus, arguments.seed, arguments.count)
    broken = [*tally.crashed, *tally.hung, *tally.escaped]
    for one in broken:
        print(json.dumps(one, ensure_ascii=False), file=sys.stderr)
    for one in tally.judged:
        if one["invented"]:
            print(json.dumps(one, ensure_ascii=False), file=sys.stderr)
    if arguments.verbose:
        _tell(tally)
    slowest = max((one["seconds"] for one in tally.judged), default=0.0)
    yield Figure("crashes", len(tally.crashed), at_most=0, note=f"of {arguments.count}, seed {arguments.seed}")
    yield Figure("unexpected errors", len(tally.escaped), at_most=0)
    yield Figure("hangs", len(tally.hung), at_most=0, note=f"longer than {HANGS_AFTER_S:.0f} s")
    yield Figure("longest time for a file", slowest, "s", at_most=SLOW_S)
    yield Figure("invented names, phones, emails", sum(len(one["invented"]) for one in tally.judged), at_most=0)
    yield Figure(
        "read all the same", sum(one["ended"] == "read" for one in tally.judged), note="the others are refused"
    )
    yield Figure("broken files that isolation does not refuse", _uncontained(arguments, broken), at_most=0)


def _tally(folder: Path, seed: int, count: int) -> _Tally:
    """A worker reads until it dies or hangs; the next one goes on behind the file that did it."""
    tally, first = _Tally(), 0
    while first < count:
        current: dict[str, Any] = {}
        ended = "crash"
        for current in _reports(folder, seed, first, count):
            if "ended" in current:
                tally.judged.append(current)
        if "ended" in current and current["index"] == count - 1:
            break
        ended = current.pop("timeout", "crash")
        (tally.hung if ended == "hang" else tally.crashed).append(current)
        first = current.get("index", first) + 1
    return tally


def _reports(folder: Path, seed: int, first: int, end: int) -> Iterator[dict[str, Any]]:
    command = [
        sys.executable,
        "-m",
        "scripts.benchmarks.hostile.try_mutants",
        str(folder),
        str(seed),
        str(first),
        str(end),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, bufsize=0) as worker, selectors.DefaultSelector() as waiting:
        stdout = worker.stdout
        if stdout is None:
            raise ValueError("the worker was started without a pipe")
        waiting.register(stdout, selectors.EVENT_READ)
        last: dict[str, Any] = {"index": first}
        while waiting.select(HANGS_AFTER_S):
            line = stdout.readline()
            if not line:
                return
            last = json.loads(line)
            yield last
        worker.kill()
        yield {**last, "timeout": "hang"}


def _uncontained(arguments: argparse.Namespace, broken: list[dict[str, Any]]) -> int:
    files, count = originals(arguments.corpus), 0
    for one in broken:
        content = mutant(files, seed=arguments.seed, index=one["index"]).content
        try:
            IsolatedReader(environment()).read(content, filename=one.get("file", ""))
        except FileRefused:
            continue
        count += 1
    return count


def _tell(tally: _Tally) -> None:
    endings = Counter((one["kind"], one["ended"]) for one in tally.judged)
    for (kind, ended), count in sorted(endings.items()):
        print(f"{kind:<10} {ended:<28} {count:>6}", file=sys.stderr)
