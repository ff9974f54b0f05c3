"""Times that can be compared on a busy machine: of the processor, not of the clock; candidates take turns.

Against a fixed limit stands the best of several, because what others on the machine take away only makes it larger.
"""

import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping


def medians(candidates: Mapping[str, Callable[[], object]], *, repeats: int = 5) -> dict[str, float]:
    """Seconds of each candidate: one round to warm up, then `repeats` rounds in which all take turns."""
    return {name: statistics.median(times) for name, times in _rounds(candidates, repeats).items()}


def fastest(work: Callable[[], object], *, repeats: int = 7) -> float:
    """Seconds, the least of several times."""
    return min(_rounds({"": work}, repeats)[""])


def import_seconds(*modules: str, repeats: int = 15) -> float:
    """The least time to import `modules` in a fresh interpreter, without the interpreter's own start.

    With compiled bytecode, as packages ship it: the first run, which is not counted, compiles into a folder of its own.
    """
    program = f"import time; s = time.process_time(); import {', '.join(modules)}; print(time.process_time() - s)"
    with tempfile.TemporaryDirectory() as bytecode:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = bytecode
        times = [_seconds_of(program, environment) for _ in range(repeats + 1)]
    return min(times[1:])


def _seconds_of(program: str, environment: Mapping[str, str]) -> float:
    ended = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    return float(ended.stdout)


def _rounds(candidates: Mapping[str, Callable[[], object]], repeats: int) -> dict[str, list[float]]:
    seconds: dict[str, list[float]] = {name: [] for name in candidates}
    for turn in range(repeats + 1):
        for name, work in candidates.items():
            gc.collect()  # what the one before left behind is not this one's work
            started = time.process_time()
            work()
            if turn:
                seconds[name].append(time.process_time() - started)
    return seconds
