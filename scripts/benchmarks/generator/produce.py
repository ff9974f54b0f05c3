"""One planned document → its file and its truth."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from scripts.benchmarks.generator.formats.docx import write_docx
from scripts.benchmarks.generator.formats.pdf import write_pdf
from scripts.benchmarks.generator.invent import invent
from scripts.benchmarks.generator.plan import Planned
from scripts.benchmarks.generator.sheet import Sheet
from scripts.benchmarks.generator.templates import arrange
from scripts.benchmarks.generator.truth import truth_of

#: Format → its writer and the ending of the file's name.
WRITERS: dict[str, tuple[Callable[[Sheet], bytes], str]] = {
    "pdf": (write_pdf, "pdf"),
    "docx": (write_docx, "docx"),
}


def produce(planned: Planned) -> tuple[str, bytes, dict[str, Any]]:
    """File name, content, truth."""
    person = invent(planned.profession, planned.language, planned.seed)
    sheet, person, style = arrange(planned.template, person, planned.seed)
    write, ending = WRITERS[planned.format]
    traits = planned.traits | {"dates": style.dates, "entry": style.entry, "heading": style.heading}
    return f"{planned.number:03d}_{planned.template}.{ending}", write(sheet), truth_of(person, style, traits)


def produce_all(documents: Iterable[Planned], folder: Path) -> Iterator[Path]:
    """Writes each document and its `<document>.truth.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    for planned in documents:
        name, content, truth = produce(planned)
        path = folder / name
        path.write_bytes(content)
        path.with_name(f"{name}.truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), "utf-8")
        yield path
