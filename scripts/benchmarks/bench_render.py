"""Typesetting: speed and memory against peers, sizes, extraction, typography, hostile text, and reading back what we print.

The peers are stock xhtml2pdf, and Chromium, typst and WeasyPrint where they are installed; what is missing is left out and named.
"""

import argparse
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

from scripts.benchmarks.figures import Figure
from scripts.benchmarks.rendering.options import FONT_LAYER, RenderBench

#: Part → its module in rendering/.
PARTS = ("speed", "cold", "pages", "agreement", "word", "round_trip", "hostile", "same_bytes")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="the parts to run")
    parser.add_argument(
        "--people", type=int, default=12, help="resumes that are read back, for every template and format"
    )
    parser.add_argument("--repeats", type=int, default=9, help="rounds in which all engines take turns")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--python",
        nargs="+",
        type=Path,
        default=[],
        help="other interpreters, with the locked packages, for the same bytes",
    )
    parser.add_argument(
        "--peers", type=Path, default=Path("build/peers/bin/python"), help="an interpreter with typst and weasyprint"
    )
    parser.add_argument("--verbose", action="store_true", help="name the documents behind the figures")


def run(arguments: argparse.Namespace) -> Iterator[Figure]:
    options = RenderBench(
        people=arguments.people,
        seed=arguments.seed,
        repeats=arguments.repeats,
        pythons=tuple(arguments.python),
        peers=arguments.peers,
        verbose=arguments.verbose,
    )
    sys.path.insert(0, str(FONT_LAYER))
    for part in arguments.only:
        yield from importlib.import_module(f"scripts.benchmarks.rendering.{part}").figures(options)
