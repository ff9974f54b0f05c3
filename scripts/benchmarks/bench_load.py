"""A thousand resumes queued in the local cloud on real MySQL and Redis, and what an instance holds after 500 invocations.

Vendors are the fakes. Whether anything was lost or doubled is asked of the stores. On a slow machine fewer run than were
asked for: --seconds bounds each part, and the figures say how many it were.
"""

import argparse
import importlib
from collections.abc import Iterator

from scripts.benchmarks.figures import Figure
from scripts.benchmarks.load.grounds import servers_are_there
from scripts.benchmarks.load.options import LoadOptions

PARTS = ("pipeline", "memory")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="the parts to run")
    parser.add_argument("--uploads", type=int, default=1000, help="resumes in the queue")
    parser.add_argument("--workers", type=int, default=8, help="instances of each stage that work at the same time")
    parser.add_argument("--invocations", type=int, default=500, help="of each function in one process")
    parser.add_argument("--seconds", type=float, default=1800, help="time for each part")


def run(arguments: argparse.Namespace) -> Iterator[Figure]:
    options = LoadOptions(arguments.uploads, arguments.workers, arguments.invocations, arguments.seconds)
    if servers_are_there():
        for part in arguments.only:
            yield from importlib.import_module(f"scripts.benchmarks.load.{part}").figures(options)
