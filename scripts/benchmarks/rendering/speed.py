"""Warm renders of one and two pages: all engines take turns, each in its own process, with another text every time."""

from __future__ import annotations

import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from common.documents.write_html import write_html
from common.domain.resume.model import Resume
from scripts.benchmarks.figures import Figure
from scripts.benchmarks.rendering.chromium import Chromium, installed
from scripts.benchmarks.rendering.options import RenderBench
from scripts.benchmarks.rendering.resumes import one_page, two_pages
from scripts.benchmarks.rendering.workers import Worker, job, start_all

#: Of stock xhtml2pdf's time, by pages.
MOST_OF_STOCK = {1: 0.5, 2: 0.65}
MOST_OF_CHROMIUM = 1 / 15

#: Number of the round → seconds of the clock, seconds of the processor.
Turn = Callable[[int], tuple[float, float]]


def figures(options: RenderBench) -> Iterator[Figure]:
    for pages, resume in ((1, one_page()), (2, two_pages())):
        clock, processor = _measure(resume, options)
        title = f"{pages} page{'s'[: pages - 1]} warm"
        stock = MOST_OF_STOCK[pages]
        yield _against(f"{title}, processor", processor, "stock", at_most=stock)
        yield _against(f"{title}, clock", clock, "stock")
        for peer in ("chromium", "typst", "weasyprint"):
            if peer in clock:
                most = MOST_OF_CHROMIUM if peer == "chromium" and pages == 1 else None
                yield _against(f"{title}, processor", processor, peer, at_most=most)
                yield _against(f"{title}, clock", clock, peer)


def _against(title: str, seconds: dict[str, float], peer: str, *, at_most: float | None = None) -> Figure:
    ours, theirs = seconds["mojian"] * 1000, seconds[peer] * 1000
    return Figure(f"{title}, against {peer}", ours, "ms", peer=peer, peer_value=theirs, at_most=at_most)


def _measure(resume: Resume, options: RenderBench) -> tuple[dict[str, float], dict[str, float]]:
    """Engine → the least seconds of all rounds, by the clock and of the processor; the first two rounds warm up."""
    clock: dict[str, list[float]] = defaultdict(list)
    processor: dict[str, list[float]] = defaultdict(list)
    with ExitStack() as stack:
        turns = _turns(resume, options, stack)
        for number in range(1, options.repeats + 3):
            for engine, turn in turns.items():
                wall, cpu = turn(number)
                if number > 2:
                    clock[engine].append(wall)
                    processor[engine].append(cpu)
    return {name: min(times) for name, times in clock.items()}, {name: min(times) for name, times in processor.items()}


def _turns(resume: Resume, options: RenderBench, stack: ExitStack) -> dict[str, Turn]:
    running = start_all(options, job(resume), stack)
    turns: dict[str, Turn] = {engine: partial(_draw, one, resume) for engine, one in running.items()}
    path = installed()
    if path is None:
        print("chromium left out: it is not installed", file=sys.stderr)
        return turns
    browser = stack.enter_context(Chromium(path))
    page = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "page.html"

    def print_page(number: int) -> tuple[float, float]:
        changed = resume.model_copy(deep=True)
        changed.basics.label = f"{resume.basics.label} {number}"
        page.write_text(write_html(changed, template="classic"), "utf-8")
        wall, cpu = time.perf_counter(), browser.processor_seconds()
        browser.print_pdf(page)
        return time.perf_counter() - wall, browser.processor_seconds() - cpu

    return turns | {"chromium": print_page}


def _draw(one: Worker, resume: Resume, number: int) -> tuple[float, float]:
    made = one.draw(job(resume, number))
    return made["wall"], made["cpu"]
