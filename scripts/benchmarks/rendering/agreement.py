"""The browser's preview against the PDF: the same page set by Chromium, line by line."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from common.documents.template_shelf import template_names
from common.documents.write_html import write_html
from common.documents.write_pdf import write_pdf
from common.domain.resume.model import Resume
from scripts.benchmarks.figures import Figure
from scripts.benchmarks.rendering import paper
from scripts.benchmarks.rendering.chromium import Chromium, installed
from scripts.benchmarks.rendering.options import RenderBench
from scripts.benchmarks.rendering.resumes import samples

LEAST_EQUAL = 0.85
_MARKERS = "•‧·●"


def figures(options: RenderBench) -> Iterator[Figure]:
    path = installed()
    if path is None:
        print("Chromium is not installed: agreement left out", file=sys.stderr)
        return
    with Chromium(path) as browser, tempfile.TemporaryDirectory() as folder:
        for template in template_names():
            equal = total = 0
            for name, resume in samples().items():
                ours = _lines(write_pdf(resume, template=template).content)
                theirs = _lines(browser.print_pdf(_page(resume, template, Path(folder))))
                different = [line for line in ours if line not in set(theirs)]
                equal, total = equal + len(ours) - len(different), total + len(ours)
                if options.verbose:
                    _explain(f"{template}, {name}: {len(different)} of {len(ours)}", different)
            yield Figure(
                f"lines equal to Chromium's, {template}", equal / total, at_least=LEAST_EQUAL, note=f"{total} lines"
            )


def _page(resume: Resume, template: str, folder: Path) -> Path:
    page = folder / "page.html"
    page.write_text(write_html(resume, template=template), "utf-8")
    return page


def _lines(pdf: bytes) -> list[str]:
    """Without spaces and list markers, which the two print by different means."""
    lines = (paper.squeezed(line).strip(_MARKERS) for page in paper.page_lines(pdf) for line in page)
    return [line for line in lines if line]


def _explain(title: str, different: list[str]) -> None:
    print(f"  {title}", file=sys.stderr)
    for line in different[:6]:
        print(f"    {line[:90]}", file=sys.stderr)
