"""Which documents the benchmark holds: every template in PDF and DOCX, other formats and degradations over some of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle

from scripts.benchmarks.generator.banks import bank, professions
from scripts.benchmarks.generator.person import Language
from scripts.benchmarks.generator.templates import TEMPLATES, Template

#: The other formats have no floating boxes.
_ONLY_WORD = ("text_boxes",)
_WITH_HEADER_OF_TEXT = ("classic", "pipes", "two_lines")
_PDF_PEOPLE, _DOCX_PEOPLE = 3, 2
_TEXT_BOXES = {"docx": 6, "doc": 3}

#: Format or degradation → how many documents, over as many templates as possible.
_OTHER_FORMATS = {"doc": 18, "rtf": 10, "html": 8, "mhtml": 8, "wordml": 8, "png": 4, "jpeg": 4}
_IN_PDF = {
    "kangxi_map": 6,
    "layered": 6,
    "placed_words": 5,
    "fake_bold": 5,
    "hidden_text": 5,
    "odd_separators": 4,
    "owner_locked": 3,
    "full_width": 3,
    "icon_glyphs": 4,
}
_IN_DOCX = {"hidden_run": 3, "kangxi_text": 3, "full_width": 3, "odd_separators": 2}
_FOR_OCR = {"lost_digits": 4, "private_digits": 2, "other_han": 2, "foreign_map": 2, "no_map": 2}
_ON_PAPER = {"scan": 5, "skewed": 4, "low_resolution": 4}
_PICTURES = {"jpeg_artefacts": 4, "phone_photo": 4}


@dataclass(frozen=True)
class Planned:
    """`format` names a writer in formats, `degradation` a function in degradations ("" for none)."""

    number: int
    template: str
    format: str
    degradation: str
    language: Language
    profession: str
    seed: int

    @property
    def needs_ocr(self) -> bool:
        return self.format in ("png", "jpeg") or self.degradation in {**_FOR_OCR, **_ON_PAPER}

    @property
    def traits(self) -> dict[str, str]:
        return {
            "template": self.template,
            "format": self.format,
            "degradation": self.degradation or "none",
            "read by": "OCR" if self.needs_ocr else "text",
            "language": self.language,
            "profession": self.profession.split(".")[0],
        }


def plan(seed: int) -> list[Planned]:
    """The same list for the same seed; documents are numbered from 1."""
    return [_planned(number, *cell, seed) for number, cell in enumerate(_cells(), 1)]


def _cells() -> Iterator[tuple[str, str, str]]:
    """Template, format, degradation."""
    free = [name for name in TEMPLATES if name not in _ONLY_WORD]
    for name in free:
        yield from [(name, "pdf", "")] * _PDF_PEOPLE
        yield from [(name, "docx", "")] * _DOCX_PEOPLE
    for form, count in _TEXT_BOXES.items():
        yield from [("text_boxes", form, "")] * count
    yield from ((name, "docx", "page_header") for name in _WITH_HEADER_OF_TEXT)
    turns = cycle(free)
    for form, count in _OTHER_FORMATS.items():
        yield from ((next(turns), form, "") for _ in range(count))
    for form, counts in (
        ("pdf", _IN_PDF),
        ("docx", _IN_DOCX),
        ("pdf", _FOR_OCR),
        ("pdf", _ON_PAPER),
        ("jpeg", _PICTURES),
    ):
        for degradation, count in counts.items():
            yield from ((next(turns), form, degradation) for _ in range(count))


def _planned(number: int, template_name: str, form: str, degradation: str, seed: int) -> Planned:
    template = TEMPLATES[template_name]
    dice = random.Random(f"{seed} {number}")
    language = dice.choice(template.languages)
    profession = dice.choice(fitting(template, language))
    return Planned(number, template_name, form, degradation, language, profession, dice.randrange(10**9))


def fitting(template: Template, language: Language) -> list[str]:
    """Professions whose people the template can print."""
    names = professions(language)
    return [name for name in names if template.kind in ("", bank(name)["kind"])]
