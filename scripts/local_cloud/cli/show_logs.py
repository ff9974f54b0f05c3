"""`logs`: what the functions and the platform wrote; works while the cloud runs and afterwards."""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.local_cloud.cli.log_lines import Reader, moment_of

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

LOOK_EVERY_S = 0.2

Show = Callable[[str, str], Iterator[str]]


def add_command(commands: Commands) -> None:
    parser = commands.add_parser("logs", help="show logs of one function or of all")
    parser.add_argument("function", nargs="?")
    parser.add_argument("--follow", "-f", action="store_true", help="wait for more, until Ctrl-C")
    parser.add_argument(
        "--request", default="", metavar="ID", help="what one request did and began; its first characters do"
    )
    parser.add_argument("--raw", action="store_true", help="the lines as they were written")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    tail = Tail(options.state / "emulator" / "logs", options.function)
    show = _raw(options) if options.raw else Reader(colours=sys.stdout.isatty(), request=options.request).read
    found = _print(tail, show)
    if not found and not options.follow:
        what = f"request {options.request}" if options.request else options.function or "any function"
        print(f"no logs of {what} yet", file=sys.stderr)
        return 1
    with contextlib.suppress(KeyboardInterrupt):
        while options.follow:
            time.sleep(LOOK_EVERY_S)
            _print(tail, show)
    return 0


class Tail:
    """Reads on where it stopped, over all log files of a folder; new files are found, emptied ones read again."""

    def __init__(self, folder: Path, function: str | None) -> None:
        self._folder = folder
        self._function = function
        self._read_bytes: dict[Path, int] = {}

    def more(self) -> list[tuple[str, str]]:
        """(function, complete new line); lines of several functions in the order of their time, as far as they say one."""
        found: list[tuple[str, str, str]] = []
        for path in sorted(self._folder.glob(f"{self._function or '*'}.log")):
            moment = ""
            for line in self._new_lines(path):
                moment = moment_of(line) or moment
                found.append((moment, path.stem, line))
        return [(function, line) for _, function, line in sorted(found, key=lambda entry: entry[0])]

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


def _raw(options: argparse.Namespace) -> Show:
    """With several functions each line begins with its function's name."""

    def show(function: str, line: str) -> Iterator[str]:
        if options.request in line:
            yield line if options.function else f"{function} | {line}"

    return show


def _print(tail: Tail, show: Show) -> int:
    count = 0
    for function, line in tail.more():
        for shown in show(function, line):
            print(shown, flush=True)
            count += 1
    return count
