"""Reads mutants in this process, one after the other, and says of each how it ended: one line of JSON before and after.

python -m scripts.benchmarks.hostile.try_mutants FOLDER SEED FIRST END: in this process, so that a crash is a crash.
"""

import json
import re
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from common.documents.isolation import child
from common.documents.reader import FileReader
from common.domain.parsing.source import Line
from common.domain.parsing.structure import structure
from common.domain.resume.text import fold
from common.errors import FileRefused
from scripts.benchmarks.hostile.mutate import Mutant, mutant, originals


def judged(one: Mutant) -> dict[str, Any]:
    """How it ended: "read", the code of a refusal, or "escaped" with the error that nobody expected."""
    started = time.perf_counter()
    try:
        lines = FileReader().read(one.content, filename=one.original.name).lines
        ended, invented = "read", list(_invented(lines))
    except FileRefused as error:
        ended, invented = error.code, []
    except Exception as error:
        ended, invented = f"escaped: {_told(error)}", []
    return {"ended": ended, "seconds": time.perf_counter() - started, "invented": invented}


def _invented(lines: Sequence[Line]) -> Iterator[str]:
    """Name, phone and email of the result that stand neither in the lines nor in the addresses behind them.

    Raises UnicodeEncodeError for text that nobody could store.
    """
    basics = structure(lines).basics
    text = " ".join(part for line in lines for part in (line.text, *line.links))
    text.encode("utf-8")
    known, digits = fold(text), re.sub(r"\D", "", text)
    for value in filter(None, (basics.name, basics.email)):
        if fold(value) not in known:
            yield value
    if basics.phone and re.sub(r"\D", "", basics.phone).removeprefix("86") not in digits:
        yield basics.phone


def _told(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__} {place}"


def main() -> None:
    folder, seed, first, end = Path(sys.argv[1]), *map(int, sys.argv[2:])
    files = originals(folder)
    child.limit_memory()
    for index in range(first, end):
        one = mutant(files, seed=seed, index=index)
        named = {"index": index, "file": one.original.name, "kind": one.original.kind, "how": one.how}
        print(json.dumps(named), flush=True)
        print(json.dumps({**named, **judged(one)}), flush=True)


if __name__ == "__main__":
    main()
