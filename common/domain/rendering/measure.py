"""How wide texts are and how many lines they will take, by rule of thumb: no font is asked, so plan with some air."""

import unicodedata
from collections.abc import Sequence
from math import ceil
from typing import TypeVar

from common.domain.rendering.view import EntryView, Fact, Piece, Section

_WIDE = ("W", "F")
_LATIN_EM = 0.56
#: Lines that a section's heading takes, with the space around it.
HEADING_LINES = 2
#: Between two facts on one line.
GAP_EM = 1.2

Shown = TypeVar("Shown", Piece, Fact)


def em_width(text: str) -> float:
    """The width in units of the font size."""
    return sum(1.0 if unicodedata.east_asian_width(character) in _WIDE else _LATIN_EM for character in text)


def line_count(text: str, em_per_line: float) -> int:
    """0 for an empty text."""
    return ceil(em_width(text) / em_per_line)


def entry_lines(entry: EntryView, em_per_line: float) -> int:
    head = " | ".join(filter(None, (entry.title, *entry.details, entry.date)))
    facts = "  ".join(f"{fact.label}:{fact.value}" for fact in entry.facts) + (entry.link.text if entry.link else "")
    texts = (head, facts, *entry.paragraphs, *entry.bullets)
    return sum(line_count(text, em_per_line) for text in texts)


def section_lines(section: Section, em_per_line: float) -> int:
    """With its heading."""
    rows = (f"{row.label}：{row.value}" for row in section.rows)
    texts = (*section.paragraphs, *section.bullets, *rows)
    entries = sum(entry_lines(entry, em_per_line) for entry in section.entries)
    return HEADING_LINES + entries + sum(line_count(text, em_per_line) for text in texts)


def widest(items: Sequence[Piece | Fact]) -> float:
    """The width of the widest item; 0 for none."""
    return max(map(_item_width, items), default=0.0)


def _item_width(item: Piece | Fact) -> float:
    return em_width(item.text if isinstance(item, Piece) else f"{item.label}：{item.value}")


def packed(items: Sequence[Shown], em_per_line: float) -> list[list[Shown]]:
    """The items as lines, in their order, so that no item is torn apart at a line's end unless it alone is too long."""
    lines: list[list[Shown]] = []
    left = 0.0
    for item in items:
        width = _item_width(item)
        if not lines or width + GAP_EM > left:
            lines.append([])
            left = em_per_line + GAP_EM
        lines[-1].append(item)
        left -= width + GAP_EM
    return lines
