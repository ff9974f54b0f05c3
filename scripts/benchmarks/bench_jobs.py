"""Jobs: recommendation on a labelled set of our own beside shared skills, and a cached search beside asking the boards."""

import argparse
import importlib
from collections.abc import Iterator

from scripts.benchmarks.figures import Figure

PARTS = ("recommending", "latency")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="the parts to run")


def run(arguments: argparse.Namespace) -> Iterator[Figure]:
    for part in arguments.only:
        yield from importlib.import_module(f"scripts.benchmarks.jobs.{part}").figures()
