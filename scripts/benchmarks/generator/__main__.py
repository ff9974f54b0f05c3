"""./scripts/bench generate [--out DIR] [--seed N]: the generated benchmark as files with `<document>.truth.json`."""

import argparse
import sys
from pathlib import Path

from scripts.benchmarks.generator.plan import plan
from scripts.benchmarks.generator.produce import produce_all

DEFAULT_FOLDER = Path("build/benchmark/documents")


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./scripts/bench generate", description=__doc__)
    parser.add_argument("--out", type=Path, default=DEFAULT_FOLDER, help=f"folder, made afresh ({DEFAULT_FOLDER})")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args(argv)
    print(f"{generate(arguments.out, arguments.seed)} documents with truth in {arguments.out}")
    return 0


def generate(folder: Path, seed: int) -> int:
    """How many documents were written. Only what an earlier run wrote is removed before."""
    for truth in folder.glob("*.truth.json"):
        truth.with_name(truth.name.removesuffix(".truth.json")).unlink(missing_ok=True)
        truth.unlink()
    return sum(1 for _ in produce_all(plan(seed), folder))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
