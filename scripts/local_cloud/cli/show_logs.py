"""`logs`: what the functions and the platform wrote; works while the cloud runs and afterwards."""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

LOOK_EVERY_S = 0.2


def add_command(commands: Commands) -> None:
    parser = commands.add_parser("logs", help="show logs of one function or of all")
    parser.add_argument("function", nargs="?")
    parser.add_argument("--follow", "-f", action="store_true", help="wait for more, until Ctrl-C")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    tail = Tail(options.state / "emulator" / "logs", options.function)
    found = _print(tail)
    if not found and not options.follow:
        print(f"no logs of {options.function or 'any function'} yet", file=sys.stderr)
        return 1
    with contextlib.suppress(KeyboardInterrupt):
        while options.follow:
            time.sleep(LOOK_EVERY_S)
            _print(tail)
    return 0


class Tail:
    """Reads on where it stopped, over all log files of a folder; new files are found, emptied ones read again."""

    def __init__(self, folder: Path, function: str | None) -> None:
        self._folder = folder
        self._function = function
        self._read_bytes: dict[Path, int] = {}

    def more(self) -> Iterator[str]:
        """Complete new lines; with several functions each line begins with its function's name."""
        for path in sorted(self._folder.glob(f"{self._function or '*'}.log")):
            for line in self._new_lines(path):
                yield line if self._function else f"{path.stem} | {line}"

    def _new_lines(self, path: Path) -> list[str]:
        start = self._read_bytes.get(path, 0)
        if path.stat().st_size < start:
            start = 0
        with path.open("rb") as file:
            file.seek(start)
            content = file.read()
        complete = content[: content.rfind(b"\n") + 1]
        self._read_bytes[path] = start + len(complete)
        return complete.decode("utf-8", "replace").splitlines()


def _print(tail: Tail) -> int:
    count = 0
    for count, line in enumerate(tail.more(), start=1):  # noqa: B007 - the count is the result
        print(line, flush=True)
    return count
