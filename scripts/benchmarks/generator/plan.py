"""Which documents the benchmark holds: every template in PDF and DOCX, other formats and degradations over some of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from scripts.benchmarks.generator.banks import professions
from scripts.benchmarks.generator.person import Language
from scripts.benchmarks.generator.templates import TEMPLATES, Template

#: Word's own layout: the other formats have no floating boxes.
_ONLY_DOCX = ("text_boxes",)
_PEOPLE_PER_PDF_TEMPLATE = 3
_PEOPLE_PER_DOCX_TEMPLATE = 2
_TEXT_BOX_DOCUMENTS = 6


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
    def traits(self) -> dict[str, str]:
        return {
            "template": self.template,
            "format": self.format,
            "degradation": self.degradation or "none",
            "language": self.language,
            "profession": self.profession.split(".")[0],
        }


def plan(seed: int) -> list[Planned]:
    """The same list for the same seed; documents are numbered from 1."""
    return [_planned(number, *cell, seed) for number, cell in enumerate(_cells(), 1)]


def _cells() -> Iterator[tuple[str, str, str]]:
    """Template, format, degradation."""
    free = [name for name in TEMPLATES if name not in _ONLY_DOCX]
    for name in free:
        yield from [(name, "pdf", "")] * _PEOPLE_PER_PDF_TEMPLATE
        yield from [(name, "docx", "")] * _PEOPLE_PER_DOCX_TEMPLATE
    yield from [("text_boxes", "docx", "")] * _TEXT_BOX_DOCUMENTS


def _planned(number: int, template_name: str, form: str, degradation: str, seed: int) -> Planned:
    template = TEMPLATES[template_name]
    dice = random.Random(f"{seed} {number}")
    language = dice.choice(template.languages)
    profession = dice.choice(_fitting(template, language))
    return Planned(number, template_name, form, degradation, language, profession, dice.randrange(10**9))


def _fitting(template: Template, language: Language) -> list[str]:
    names = professions(language)
    return [name for name in names if template.kind != "experienced" or not name.startswith("graduate")]
