"""How one resume is styled: the choices of a template, and those left to chance."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from typing import Literal

from scripts.benchmarks.generator.dates import FORMS, DateForm
from scripts.benchmarks.generator.person import Language
from scripts.benchmarks.generator.sheet import Heading, Look
from scripts.benchmarks.generator.words import ENGLISH, HEADINGS, LABELS

HeadingForm = Literal["plain", "spaced", "subtitle", "bilingual", "numbered", "colon", "icon", "bracket"]
EntryForm = Literal[
    "right",
    "two_lines",
    "date_below",
    "role_first",
    "sentence",
    "labelled",
    "front",
    "left",
    "stacked",
    "pipe",
    "one_line",
    "table",
]
SkillForm = Literal["lines", "levels", "plain", "bullets", "matrix", "sentences"]
PhoneForm = Literal["plain", "spaced", "dashed", "country"]

_NUMERALS = "一二三四五六七八九十"
_ICONS = "■●◆▪★"


@dataclass
class Style:
    """`dates` names a DateForm. `end_of_study_only`: an education tells when it ended, not when it began.

    `_words` remembers which synonym this resume uses, so that it stays with it.
    """

    language: Language
    dice: random.Random
    dates: str = "dots"
    heading: HeadingForm = "plain"
    look: Look = "rule"
    entry: EntryForm = "right"
    skills: SkillForm = "lines"
    phone: PhoneForm = "plain"
    separator: str = "    "
    bullet: str = "•"
    colour: str = "1F4E79"
    paragraphs: bool = False
    nested_projects: bool = False
    end_of_study_only: bool = False
    departments: bool = False
    _words: dict[str, str] = field(default_factory=dict)
    _headings: int = 0

    @property
    def date_form(self) -> DateForm:
        return FORMS[self.dates]

    @property
    def colon(self) -> str:
        return ": " if self.language == "en" else "："

    @property
    def comma(self) -> str:
        return ", " if self.language == "en" else "、"

    def label(self, key: str) -> str:
        if key not in self._words:
            self._words[key] = self.dice.choice(LABELS[self.language][key])
        return self._words[key]

    def labelled(self, key: str, value: str) -> str:
        return f"{self.label(key)}{self.colon}{value}"

    def title(self, section: str) -> Heading:
        """The section's heading in this resume's form."""
        words = self.dice.choice(HEADINGS[self.language][section])
        self._headings += 1
        return Heading(self._shaped(words, section), self.look)

    def _shaped(self, words: str, section: str) -> str:
        if self.heading == "spaced":
            return " ".join(words.upper()) if self.language == "en" else "  ".join(words)
        if self.heading in ("subtitle", "bilingual"):
            between = "  " if self.heading == "subtitle" else " / "
            return f"{words}{between}{ENGLISH[section]}"
        if self.heading == "numbered":
            return f"{_NUMERALS[self._headings - 1]}、{words}"
        if self.heading == "icon":
            return f"{_ICONS[sum(map(ord, self.colour)) % len(_ICONS)]} {words}"
        return {"colon": f"{words}{self.colon}", "bracket": f"【{words}】"}.get(self.heading, words)

    def phone_number(self, number: str) -> str:
        if not re.fullmatch(r"1\d{10}", number) or self.phone == "plain":
            return number
        parts = (number[:3], number[3:7], number[7:])
        return f"+86 {number}" if self.phone == "country" else {"spaced": " ", "dashed": "-"}[self.phone].join(parts)
