"""The newest lines of all functions, numbered, so that every open page can ask for what it has not seen."""

from __future__ import annotations

import threading
from collections import deque
from pathlib import Path

from scripts.local_cloud.cli.show_logs import Tail

KEPT_LINES = 2000
LONGEST_LINE = 2000


class LogTail:
    """Thread-safe."""

    def __init__(self, folder: Path) -> None:
        self._tail = Tail(folder, None)
        self._lines: deque[dict[str, object]] = deque(maxlen=KEPT_LINES)
        self._count = 0
        self._lock = threading.Lock()

    def after(self, number: int) -> list[dict[str, object]]:
        """`{"number", "function", "text"}` of every line after line `number`, oldest first."""
        with self._lock:
            for function, text in self._tail.more():
                self._count += 1
                self._lines.append({"number": self._count, "function": function, "text": text[:LONGEST_LINE]})
            return [line for line in self._lines if int(str(line["number"])) > number]
