"""The log of every function, one file each, in the platform's line format (scf.md 10)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from .outcome import Outcome
from .switches import MIB

Listener = Callable[[str, str], None]


class LogBook:
    """Appends lines to `<folder>/<function>.log` and tells `listener(function, line)`. Thread-safe."""

    def __init__(self, folder: Path, listener: Listener | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._listener = listener
        self._files: dict[str, TextIO] = {}
        self._is_closed = False
        self._lock = threading.Lock()

    def path(self, function: str) -> Path:
        return self._folder / f"{function}.log"

    def write(self, function: str, text: str) -> None:
        """Write user output as it is; one call is one entry, so a JSON line stays whole. Nothing after `close`."""
        with self._lock:
            if self._is_closed:
                return
            file = self._files.get(function)
            if file is None:
                file = self._files[function] = self.path(function).open(
                    "a", encoding="utf-8", errors="backslashreplace"
                )
            file.write(text + "\n")
            file.flush()
        if self._listener:
            self._listener(function, text)

    def lines(self, function: str) -> list[str]:
        """All lines so far, oldest first; empty when the function never ran."""
        path = self.path(function)
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    def clear(self) -> None:
        with self._lock:
            self._close_files()
            for path in self._folder.glob("*.log"):
                path.unlink()

    def close(self) -> None:
        """No line is written any more; what is there can still be read."""
        with self._lock:
            self._is_closed = True
            self._close_files()

    def _close_files(self) -> None:
        for file in self._files.values():
            file.close()
        self._files.clear()


class RequestLog:
    """The platform's lines around one request."""

    def __init__(self, book: LogBook, function: str, request_id: str, memory_mb: int) -> None:
        self._book = book
        self._function = function
        self._request_id = request_id
        self._memory = f"{memory_mb}MB"

    def start(self) -> None:
        self._book.write(self._function, f"START RequestId: {self._request_id}")

    def cold_start(self, code_ms: float, runtime_ms: float, function_ms: float, memory_bytes: int) -> None:
        total_ms = code_ms + runtime_ms + function_ms
        phases = f"PullCode: {code_ms:.0f}ms InitRuntime: {runtime_ms:.0f}ms InitFunction: {function_ms:.0f}ms"
        self._book.write(
            self._function,
            f"Init Report RequestId: {self._request_id} Coldstart: {total_ms:.0f}ms ({phases}) "
            f"Memory: {self._memory} MemUsage: {_megabytes(memory_bytes)}",
        )

    def returned(self, outcome: Outcome) -> None:
        """RetMsg holds the whole return value: the reason never to return secrets from an event function."""
        if outcome.failure:
            self._book.write(self._function, f"ERROR RequestId: {self._request_id} Result: {outcome.text}")
        else:
            self._book.write(self._function, f"Response RequestId: {self._request_id} RetMsg: {outcome.text}")

    def end(self, duration_ms: float, memory_bytes: int) -> None:
        self._book.write(self._function, f"END RequestId: {self._request_id}")
        self._book.write(
            self._function,
            f"Report RequestId: {self._request_id} Duration:{duration_ms:.2f}ms "
            f"Memory:{self._memory} MemUsage:{_megabytes(memory_bytes)}",
        )


def _megabytes(size_bytes: int) -> str:
    return f"{size_bytes / MIB:.2f}MB"
