"""Times that can be compared on a busy machine: candidates take turns, medians are kept."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping


def medians(candidates: Mapping[str, Callable[[], object]], *, repeats: int = 5) -> dict[str, float]:
    """Seconds of each candidate: one round to warm up, then `repeats` rounds in which all take turns."""
    seconds: dict[str, list[float]] = {name: [] for name in candidates}
    for turn in range(repeats + 1):
        for name, work in candidates.items():
            started = time.perf_counter()
            work()
            if turn:
                seconds[name].append(time.perf_counter() - started)
    return {name: statistics.median(times) for name, times in seconds.items()}


def import_seconds(*modules: str, repeats: int = 5) -> float:
    """Median time to import `modules` in a fresh interpreter, without the interpreter's own start."""
    program = f"import time; s = time.perf_counter(); import {', '.join(modules)}; print(time.perf_counter() - s)"
    times = [
        float(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout)
        for _ in range(repeats + 1)
    ]
    return statistics.median(times[1:])
