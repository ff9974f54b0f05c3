"""One planned document → its file and its truth."""

import json
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from scripts.benchmarks.generator.degradations.in_docx import IN_DOCX
from scripts.benchmarks.generator.degradations.in_pdf import IN_PDF
from scripts.benchmarks.generator.degradations.in_stream import IN_STREAM
from scripts.benchmarks.generator.degradations.in_text import IN_TEXT
from scripts.benchmarks.generator.degradations.on_paper import ON_PAPER
from scripts.benchmarks.generator.formats.doc import write_doc
from scripts.benchmarks.generator.formats.docx import write_docx
from scripts.benchmarks.generator.formats.html import write_html, write_mhtml
from scripts.benchmarks.generator.formats.pdf import write_pdf
from scripts.benchmarks.generator.formats.pictures import pages_of, write_jpeg, write_png
from scripts.benchmarks.generator.formats.rtf import write_rtf
from scripts.benchmarks.generator.formats.wordml import write_wordml
from scripts.benchmarks.generator.invent import invent
from scripts.benchmarks.generator.person import Person
from scripts.benchmarks.generator.plan import Planned, fitting
from scripts.benchmarks.generator.sheet import Sheet
from scripts.benchmarks.generator.style import Style
from scripts.benchmarks.generator.templates import TEMPLATES, arrange
from scripts.benchmarks.generator.truth import truth_of

#: Format → its writer and the ending of the file's name.
WRITERS: dict[str, tuple[Callable[[Sheet], bytes], str]] = {
    "pdf": (write_pdf, "pdf"),
    "docx": (write_docx, "docx"),
    "doc": (write_doc, "doc"),
    "rtf": (write_rtf, "doc"),
    "html": (write_html, "doc"),
    "mhtml": (write_mhtml, "doc"),
    "wordml": (write_wordml, "doc"),
    "png": (write_png, "png"),
    "jpeg": (write_jpeg, "jpg"),
}
_BEHIND_THE_PAGE = IN_PDF | IN_STREAM | IN_DOCX
_TRIES = 8


def produce(planned: Planned) -> tuple[str, bytes, dict[str, Any]]:
    """File name, content, truth."""
    planned = _for_one_page(planned) if planned.needs_ocr else planned
    sheet, person, style = _arranged(planned)
    traits = planned.traits | {"dates": style.dates, "entry": style.entry, "heading": style.heading}
    name = "_".join(part for part in (f"{planned.number:03d}", planned.template, planned.degradation) if part)
    return f"{name}.{WRITERS[planned.format][1]}", _content(sheet, planned), truth_of(person, style, traits)


def produce_all(documents: Iterable[Planned], folder: Path) -> Iterator[Path]:
    """Writes each document and its `<document>.truth.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    for planned in documents:
        name, content, truth = produce(planned)
        path = folder / name
        path.write_bytes(content)
        path.with_name(f"{name}.truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), "utf-8")
        yield path


def _arranged(planned: Planned) -> tuple[Sheet, Person, Style]:
    person = invent(planned.profession, planned.language, planned.seed)
    return arrange(planned.template, person, planned.seed)


def _for_one_page(planned: Planned) -> Planned:
    """Recognising a page takes seconds, and a photo shows one page: the next person whose resume fits on one."""
    jobs = fitting(TEMPLATES[planned.template], planned.language)
    for attempt in range(_TRIES * len(jobs)):
        job = jobs[(jobs.index(planned.profession) + attempt // _TRIES) % len(jobs)]
        other = replace(planned, seed=planned.seed + attempt, profession=job)
        if len(pages_of(write_pdf(_arranged(other)[0]), dpi=10)) == 1:
            return other
    raise ValueError(f"nobody fits on one page of {planned.template}")


def _content(sheet: Sheet, planned: Planned) -> bytes:
    degradation = planned.degradation
    if degradation in _BEHIND_THE_PAGE:
        return _BEHIND_THE_PAGE[degradation](sheet)
    if degradation in ON_PAPER:
        return ON_PAPER[degradation](sheet, random.Random(planned.seed))
    return WRITERS[planned.format][0](IN_TEXT[degradation](sheet) if degradation else sheet)
