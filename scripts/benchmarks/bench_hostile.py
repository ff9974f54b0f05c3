"""Hostile files: each ends as its manifest expects, within 3 s and 600 MB, without touching network or disk.

`--corpus DIR` is a folder with the files and their MANIFEST.json. Each file is read in a process of its own, which reads it in
a child as the parse function does; `--trace` looks at every system call of both with strace.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.benchmarks.figures import Figure
from scripts.benchmarks.hostile import traced
from scripts.benchmarks.hostile.expected import EXPECTED

MOST_SECONDS = 3.0
MOST_BYTES = 600 * 1024 * 1024


@dataclass(frozen=True)
class _Ending:
    file: str
    problems: list[str]
    seconds: float
    peak_bytes: int
    outcome: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--corpus", type=Path, help="folder with hostile files and their MANIFEST.json")
    parser.add_argument("--trace", action="store_true", help="also look for writes and network calls (needs strace)")
    parser.add_argument("--verbose", action="store_true", help="one line for each file")


def run(arguments: argparse.Namespace) -> Iterator[Figure]:
    if not arguments.corpus:
        return
    manifest = json.loads((arguments.corpus / "MANIFEST.json").read_text("utf-8"))
    files = [arguments.corpus / entry["file"] for entry in manifest["files"]]
    endings = [_ending(file) for file in files]
    for ending in endings:
        if arguments.verbose or ending.problems:
            _tell(ending)
    wrong = sum(bool(ending.problems) for ending in endings)
    slowest = max(endings, key=lambda ending: ending.seconds)
    largest = max(endings, key=lambda ending: ending.peak_bytes)
    yield Figure("files that end otherwise than expected", wrong, at_most=0, note=f"of {len(files)}")
    yield Figure("longest time for a file", slowest.seconds, "s", at_most=MOST_SECONDS, note=slowest.file)
    yield Figure(
        "most memory of a process", largest.peak_bytes / 2**20, "MB", at_most=MOST_BYTES / 2**20, note=largest.file
    )
    if arguments.trace:
        yield Figure(
            "writes outside the temporary folder, and network calls", _offences(files), at_most=0, note="strace -f"
        )


def _ending(file: Path) -> _Ending:
    expected = EXPECTED.get(file.name)
    if expected is None:
        return _Ending(file.name, ["nobody said how it should end"], 0, 0, "")
    ended = subprocess.run([*_command(file), *expected.other_names], capture_output=True, text=True)
    if ended.returncode:
        return _Ending(file.name, [f"the process that read it failed: {ended.stderr[-300:]}"], 0, 0, "")
    found: dict[str, Any] = json.loads(ended.stdout)
    problems = [*expected.problems(found["outcome"])]
    problems += ["ends otherwise under another name" for other in found["others"] if other != found["outcome"]]
    told = found["outcome"].get("code") or f"{found['outcome']['kind']}, {len(found['outcome']['lines'])} lines"
    return _Ending(file.name, problems, found["seconds"], max(found["parent"], found["child"]), told)


def _command(file: Path) -> list[str]:
    return [sys.executable, "-B", "-m", "scripts.benchmarks.hostile.one_file", str(file)]


def _tell(ending: _Ending) -> None:
    figures = f"{ending.seconds:6.2f} s {ending.peak_bytes / 2**20:5.0f} MB"
    print(
        f"{ending.file:<28} {figures}  {ending.outcome}{''.join(f'  !! {one}' for one in ending.problems)}",
        file=sys.stderr,
    )


def _offences(files: list[Path]) -> int:
    """Of the readers and of what calls them, over all files."""
    if not traced.is_available():
        raise SystemExit("--trace needs strace")
    count = 0
    for file in files:
        with tempfile.TemporaryDirectory() as folder:
            found = traced.offences(_command(file), temporary=Path(folder))
        for offence in found:
            print(f"{file.name}: {offence}", file=sys.stderr)
        count += len(found)
    return count
