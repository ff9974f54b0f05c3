"""Reading resumes with rules alone: scores, invented values, lost lines, speed against peers.

Without --corpus the generated benchmark is read (see docs/benchmark.md); with it, a folder of real files too.
"""

import argparse
import importlib
from collections.abc import Iterator
from pathlib import Path

from scripts.benchmarks.figures import Figure
from scripts.benchmarks.parsing.options import ParseOptions

#: Part → its module; a part that has nothing to read yields nothing.
PARTS = {
    "speed": "scripts.benchmarks.parsing.speed",
    "scores": "scripts.benchmarks.parsing.scores",
    "generated": "scripts.benchmarks.parsing.generated",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=list(PARTS), help="the parts to run")
    parser.add_argument("--corpus", type=Path, help="folder with documents and <document>.truth.json files")
    parser.add_argument("--no-ocr", action="store_true", help="leave out what only OCR can read (about 4 s a page)")
    parser.add_argument("--verbose", action="store_true", help="name the documents behind the figures")
    parser.add_argument("--page", type=Path, help="write the generated benchmark's scores here, as Markdown")
    parser.add_argument("--seed", type=int, default=1)


def run(arguments: argparse.Namespace) -> Iterator[Figure]:
    options = ParseOptions(
        corpus=arguments.corpus,
        ocr=not arguments.no_ocr,
        verbose=arguments.verbose,
        page=arguments.page,
        seed=arguments.seed,
    )
    for part in arguments.only:
        yield from importlib.import_module(PARTS[part]).figures(options)
