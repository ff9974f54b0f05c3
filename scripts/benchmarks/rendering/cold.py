"""A new process up to its first PDF, and the memory it takes: what a cold function instance costs."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from scripts.benchmarks.figures import Figure
from scripts.benchmarks.rendering.options import RenderBench
from scripts.benchmarks.rendering.resumes import one_page, two_pages
from scripts.benchmarks.rendering.workers import FONTS, job, worker

MOST_OF_STOCK = 0.9
MOST_MB, MOST_MB_SMALL = 150, 90
#: Made by `./scripts/build fonts --profile small`.
SMALL_FONTS = Path("build/fonts/small/mojian_fonts")
_WARM_RENDERS = 25


def figures(options: RenderBench) -> Iterator[Figure]:
    seconds: dict[str, list[float]] = {"mojian": [], "stock": []}
    for _ in range(max(3, options.repeats // 2)):
        for engine, times in seconds.items():
            times.append(_first_pdf(engine))
    yield Figure(
        "cold process to first PDF",
        min(seconds["mojian"]) * 1000,
        "ms",
        peer="stock",
        peer_value=min(seconds["stock"]) * 1000,
        at_most=MOST_OF_STOCK,
        note=f"medians {median(seconds['mojian']) * 1000:.0f} and {median(seconds['stock']) * 1000:.0f}",
    )
    yield _memory("peak memory", FONTS, MOST_MB)
    if SMALL_FONTS.exists():
        yield _memory("peak memory, small fonts", SMALL_FONTS, MOST_MB_SMALL)


def _first_pdf(engine: str) -> float:
    with worker(engine) as one:
        return float(one.draw(job(one_page()))["since_start"])


def _memory(title: str, fonts: Path, most: float) -> Figure:
    with worker("mojian", fonts=fonts) as one:
        first = one.draw(job(two_pages()))["peak_mb"]
        for number in range(1, _WARM_RENDERS):
            last = one.draw(job(two_pages(), number))["peak_mb"]
    return Figure(
        title, last, "MB", at_most=most, note=f"{first:.0f} after the first of {_WARM_RENDERS} two-page renders"
    )
