"""The same resume gives the same bytes: in another process, and on every interpreter that --python names."""

import sys
from collections.abc import Iterator
from pathlib import Path

from common.documents.template_shelf import template_names
from scripts.benchmarks.figures import Figure
from scripts.benchmarks.rendering.options import RenderBench
from scripts.benchmarks.rendering.resumes import samples
from scripts.benchmarks.rendering.workers import job, worker


def figures(options: RenderBench) -> Iterator[Figure]:
    jobs = [job(resume, template=template) for template in template_names() for resume in samples().values()]
    expected = _hashes(Path(sys.executable), jobs)
    for python in (Path(sys.executable), *options.pythons):
        other = _hashes(python, list(reversed(jobs)))[::-1]
        differing = sum(one != two for one, two in zip(expected, other, strict=True))
        yield Figure(
            f"files that differ, {python}", differing, at_most=0, note=f"{len(jobs)} files, drawn in the other order"
        )


def _hashes(python: Path, jobs: list[dict[str, object]]) -> list[str]:
    with worker("mojian", python) as one:
        return [one.draw(each)["sha256"] for each in jobs]
