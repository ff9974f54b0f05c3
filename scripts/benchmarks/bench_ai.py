"""The AI part on trial: lies, false blocks, numbers, matching, injection, malformed answers, and the time we add.

No model is needed: the ones here lie, obey, stammer or answer at once. With --corpus the lies are told about real files too.
"""

import argparse
import importlib
from collections.abc import Iterator
from pathlib import Path

from scripts.benchmarks.ai.options import AiOptions
from scripts.benchmarks.figures import Figure

#: Part → its module.
PARTS = {
    "lies": "scripts.benchmarks.ai.lies",
    "readings": "scripts.benchmarks.ai.readings",
    "rewording": "scripts.benchmarks.ai.rewording",
    "numbers": "scripts.benchmarks.ai.numbers",
    "matching": "scripts.benchmarks.ai.matching",
    "injection": "scripts.benchmarks.ai.injection",
    "malformed": "scripts.benchmarks.ai.malformed",
    "latency": "scripts.benchmarks.ai.latency",
    "chat": "scripts.benchmarks.ai.chat",
    "load": "scripts.benchmarks.ai.load",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=list(PARTS), help="the parts to run")
    parser.add_argument("--corpus", type=Path, help="folder with real documents")
    parser.add_argument("--verbose", action="store_true", help="name the cases behind the figures")
    parser.add_argument("--seed", type=int, default=1)


def run(arguments: argparse.Namespace) -> Iterator[Figure]:
    options = AiOptions(corpus=arguments.corpus, verbose=arguments.verbose, seed=arguments.seed)
    for part in arguments.only:
        yield from importlib.import_module(PARTS[part]).figures(options)
