"""Talking to the workers: engines that take turns in processes of their own, so that none warms up or patches another."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from common.documents.template_shelf import theme
from common.documents.typesetting import photo
from common.documents.typesetting.fonts import FACES
from common.documents.write_pdf import page_html
from common.domain.rendering.arrange import in_columns
from common.domain.resume.model import Resume
from scripts.benchmarks.rendering import paper
from scripts.benchmarks.rendering.options import FONT_LAYER, RenderBench

FONTS = FONT_LAYER / "mojian_fonts"
#: Engines of the locked packages, and those of the interpreter --peers.
OURS, OTHERS = ("mojian", "stock"), ("typst", "weasyprint")

Job = dict[str, Any]


def job(resume: Resume, number: int = 0, template: str = "classic") -> Job:
    """A page to draw; another `number` is another text, so that no engine can answer from its memory."""
    look = theme(template)
    view = in_columns(paper.shown_by(template, resume), look)
    if number:
        view = replace(view, headline=f"{view.headline} {number}")
    return {"html": page_html(view, template, look, photo.prepare(view.photo)), "view": asdict(view), "faces": FACES}


class Worker:
    def __init__(self, engine: str, python: Path | None = None, fonts: Path = FONTS) -> None:
        command = [str(python or sys.executable), "-m", "scripts.benchmarks.rendering.worker", engine, str(fonts)]
        self._started = time.perf_counter()
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def draw(self, one: Job) -> dict[str, Any]:
        """The worker's figures, and `since_start`, the seconds since the process was begun. Raises RuntimeError when it died."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the worker has no pipes")
        try:
            self._process.stdin.write(json.dumps(one) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(self._process.communicate()[1].strip().rpartition("\n")[2])
        return {**json.loads(answer), "since_start": time.perf_counter() - self._started}

    def stop(self) -> None:
        self._process.communicate()


@contextmanager
def worker(engine: str, python: Path | None = None, fonts: Path = FONTS) -> Iterator[Worker]:
    one = Worker(engine, python, fonts)
    try:
        yield one
    finally:
        one.stop()


def start_all(options: RenderBench, first: Job, stack: ExitStack) -> dict[str, Worker]:
    """Every engine that can draw `first`; the others are named on standard error."""
    running = {}
    for engine in (*OURS, *OTHERS):
        python = options.peers if engine in OTHERS else None
        if python and not python.exists():
            print(f"{engine} left out: {python} is missing (pip install typst weasyprint there)", file=sys.stderr)
            continue
        one = stack.enter_context(worker(engine, python))
        try:
            one.draw(first)
        except RuntimeError as problem:
            print(f"{engine} left out: {problem}", file=sys.stderr)
            continue
        running[engine] = one
    return running
