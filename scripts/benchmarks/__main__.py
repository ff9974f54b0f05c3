"""./scripts/bench [NAME] [--json] [--strict] [--list]: run one benchmark, or all of them with their defaults.

A benchmark is a module `bench_<name>.py` here with `add_arguments(parser)` and `run(arguments) -> Iterable[Figure]`.
With `ALWAYS_STRICT = True` it needs no --strict: a figure over its limit is something lost.
"""

import argparse
import importlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from scripts.benchmarks.figures import Figure, failures, table


class Benchmark(Protocol):
    """The module of a benchmark; the first line of its docstring describes it."""

    __doc__: str | None

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, arguments: argparse.Namespace) -> Iterable[Figure]: ...


def names() -> list[str]:
    return sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py"))


def load(name: str) -> Benchmark:
    module: Any = importlib.import_module(f"scripts.benchmarks.bench_{name}")
    benchmark: Benchmark = module
    return benchmark


def main(argv: list[str]) -> int:
    if argv[:1] == ["generate"]:
        from scripts.benchmarks.generator.__main__ import main as generate

        return generate(argv[1:])
    if "--list" in argv:
        print("\n".join(f"{name:<10} {_purpose(load(name))}" for name in names()))
        return 0
    chosen = argv[0] if argv and not argv[0].startswith("-") else None
    arguments = argv[1:] if chosen else argv
    results = {name: _run(name, arguments) for name in ([chosen] if chosen else names())}
    if "--json" in argv:
        print(
            json.dumps({name: [one.as_json() for one in found] for name, found in results.items()}, ensure_ascii=False)
        )
    judged = [name for name in results if "--strict" in argv or getattr(load(name), "ALWAYS_STRICT", False)]
    return 1 if any(failures(results[name]) for name in judged) else 0


def _run(name: str, argv: list[str]) -> list[Figure]:
    if name not in names():
        print(f"there is no benchmark {name}; there are: {', '.join(names())}", file=sys.stderr)
        raise SystemExit(2)
    benchmark = load(name)
    parser = argparse.ArgumentParser(prog=f"./scripts/bench {name}", description=benchmark.__doc__)
    parser.add_argument("--json", action="store_true", help="figures as JSON instead of a table")
    parser.add_argument("--strict", action="store_true", help="exit code 1 when a figure is over its limit")
    benchmark.add_arguments(parser)
    arguments = parser.parse_args(argv)
    figures = list(benchmark.run(arguments))
    if not arguments.json:
        print(f"{name}: {_purpose(benchmark)}\n\n{table(figures)}\n")
    return figures


def _purpose(benchmark: Benchmark) -> str:
    return (benchmark.__doc__ or "").splitlines()[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
