"""Money under stress: races and crashes on every database, forged notifications, and settling beside its bare SQL.

Databases that are not there are left out: see TEST_MYSQL_URL and TEST_POSTGRES_URL in docs/settings.md.
"""

import argparse
import importlib
import sys
from collections.abc import Iterator

from scripts.benchmarks.figures import Figure
from scripts.benchmarks.money.databases import BACKENDS, reachable

PARTS = ("race", "crash", "attack", "throughput")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="the parts to run")
    parser.add_argument(
        "--database", nargs="+", choices=BACKENDS, default=list(BACKENDS), help="the databases to run on"
    )


def run(arguments: argparse.Namespace) -> Iterator[Figure]:
    backends = [backend for backend in arguments.database if reachable(backend)]
    for missing in sorted(set(arguments.database) - set(backends)):
        print(f"no {missing} server here: left out", file=sys.stderr)
    for part in arguments.only:
        yield from importlib.import_module(f"scripts.benchmarks.money.{part}").figures(backends)
