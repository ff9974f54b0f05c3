"""Times that can be compared on a busy machine: of the processor, not of the clock; candidates take turns.

Against a fixed limit stands the best of several, because what others on the machine take away only makes it larger.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping


def medians(candidates: Mapping[str, Callable[[], object]], *, repeats: int = 5) -> dict[str, float]:
    """Seconds of each candidate: one round to warm up, then `repeats` rounds in which all take turns."""
    return {name: statistics.median(times) for name, times in _rounds(candidates, repeats).items()}


def fastest(work: Callable[[], object], *, repeats: int = 7) -> float:
    """Seconds, the least of several times."""
    return min(_rounds({"": work}, repeats)[""])


def import_seconds(*modules: str, repeats: int = 7) -> float:
    """The least time to import `modules` in a fresh interpreter, without the interpreter's own start."""
    program = f"import time; s = time.process_time(); import {', '.join(modules)}; print(time.process_time() - s)"
    command = [sys.executable, "-c", program]
    return min(
        float(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(repeats)
    )


def _rounds(candidates: Mapping[str, Callable[[], object]], repeats: int) -> dict[str, list[float]]:
    seconds: dict[str, list[float]] = {name: [] for name in candidates}
    for turn in range(repeats + 1):
        for name, work in candidates.items():
            started = time.process_time()
            work()
            if turn:
                seconds[name].append(time.process_time() - started)
    return seconds
