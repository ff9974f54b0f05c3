"""Any upload → SourceDocument, read by a child process with limits: a bomb or a crash there is a clean refusal here.

A fresh interpreter and not a fork: a fork of a process with threads may hang, and it would hold our keys in its memory.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from common.documents.isolation.answer import MAX_ANSWER_BYTES, document_of
from common.documents.limits import MAX_FILE_BYTES
from common.domain.parsing.source import SourceDocument
from common.errors import FileEmpty, FileTooComplex, FileTooLarge

_CHILD = Path(__file__).with_name("child.py")
_WALL_S = 40.0
_NEEDED_TO_START = ("LD_LIBRARY_PATH",)  # where an interpreter finds its own library, and a layer's
_OUT_OF_TIME = (-signal.SIGKILL, -signal.SIGXCPU)


class IsolatedReader:
    """Implements the `DocumentReader` port. Of `environment` the child gets only what its interpreter needs to start."""

    def __init__(self, environment: Mapping[str, str], *, timeout_s: float = _WALL_S) -> None:
        self._environment = {name: environment[name] for name in _NEEDED_TO_START if name in environment}
        self._timeout_s = timeout_s

    def read(self, content: bytes, *, filename: str) -> SourceDocument:
        """As FileReader; a reader that crashes, or needs more than its limits, is FileTooComplex with a `reason`.

        Raises FileRefused and its children; OSError when no process can be started.
        """
        if not content:
            raise FileEmpty
        if len(content) > MAX_FILE_BYTES:
            raise FileTooLarge(size_bytes=len(content), max_bytes=MAX_FILE_BYTES)
        order = json.dumps({"path": [os.path.abspath(entry) for entry in sys.path], "filename": filename})  # noqa: PTH100
        with self._child() as child:
            raw = _ask(child, order.encode("ascii") + b"\n" + content)
        if child.returncode:
            raise FileTooComplex(reason="time" if child.returncode in _OUT_OF_TIME else "crash", exit=child.returncode)
        return document_of(raw)

    @contextmanager
    def _child(self) -> Iterator[subprocess.Popen[bytes]]:
        """A process in its own session and an empty folder; gone at the end, whatever happened."""
        with tempfile.TemporaryDirectory(prefix="read-") as folder:
            child = subprocess.Popen(  # noqa: S603 - our own interpreter and program
                [sys.executable, "-I", "-S", "-B", "-X", "utf8", str(_CHILD)],
                cwd=folder,
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            timer = threading.Timer(self._timeout_s, _kill, [child])
            timer.start()
            try:
                yield child
            finally:
                timer.cancel()
                _kill(child)
                child.wait()


def _ask(child: subprocess.Popen[bytes], question: bytes) -> bytes:
    """The child hears everything before it speaks, so neither side can block the other. Cut off at the longest answer."""
    if child.stdin is None or child.stdout is None:
        raise ValueError("the child was started without pipes")
    with suppress(BrokenPipeError), child.stdin as hearing:
        hearing.write(question)
    with child.stdout as speaking:
        answer = speaking.read(MAX_ANSWER_BYTES + 1)
    if len(answer) > MAX_ANSWER_BYTES:
        _kill(child)
        raise FileTooComplex(reason="answer_too_long")
    child.wait()
    return answer


def _kill(child: subprocess.Popen[bytes]) -> None:
    """With all it started; only while it runs, for afterwards its number may be somebody else's."""
    if child.poll() is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
