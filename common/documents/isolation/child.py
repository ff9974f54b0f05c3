"""The program of the child: limits itself, then reads one file from stdin and answers on stdout.

Started as `python -I -S -B -X utf8 child.py` with an empty folder to stand in and none of our environment. Its input is one
line of JSON, {"path": sys.path, "filename"}, and then the file.
"""

import json
import os
import resource
import signal
import sys
from typing import BinaryIO

MEMORY_BYTES = 512 * 1024 * 1024
CPU_S = 20
WALL_S = 60  # for a child whose parent is gone; a living parent is less patient
OPEN_FILES = 32


def main() -> None:
    limit()
    answers = _private_stdout()
    order = json.loads(sys.stdin.buffer.readline())
    sys.path[:] = order["path"]
    answers.write(_answer(sys.stdin.buffer.read(), order["filename"]))
    answers.flush()
    os._exit(0)  # nothing is worth a tidy end: what the readers hold goes with the process


def limit() -> None:
    """Memory, time, files, processes: enforced by the kernel from here on. Nothing can be written, no core is dumped."""
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CPU, CPU_S),
    ):
        _set(kind, most)
    limit_memory()
    signal.alarm(WALL_S)


def limit_memory() -> None:
    if sys.platform == "linux":  # macOS knows the limit and refuses to set it
        _set(resource.RLIMIT_AS, MEMORY_BYTES)


def _set(kind: int, most: int) -> None:
    hard = resource.getrlimit(kind)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, most))


def _private_stdout() -> BinaryIO:
    """What a library prints must not stand in the answer."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    return answers


def _answer(content: bytes, filename: str) -> bytes:
    from common.documents.isolation.answer import Answer, encode, facts_of
    from common.documents.reader import FileReader
    from common.errors import FileRefused, FileTooComplex

    try:
        return encode(Answer(document=FileReader().read(content, filename=filename)))
    except FileRefused as error:
        return encode(Answer(refused=error.code, facts=facts_of(error)))
    except MemoryError:
        return encode(Answer(refused=FileTooComplex.code, facts={"reason": "memory"}))
    except Exception as error:  # whatever a reader breaks on is told by name and place, never by its text
        return encode(Answer(failed=f"{type(error).__name__} {_place(error)}"))


def _place(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else ""  # noqa: PTH119


if __name__ == "__main__":
    main()
