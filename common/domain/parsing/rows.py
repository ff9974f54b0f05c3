"""Source lines as the structurer works on them: cleaned, numbered, with bullets, fields and wrapping understood."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from common.domain.parsing.fields.identity import mask_identity
from common.domain.parsing.source import Line
from common.domain.resume.dates import DateSpan, find_span
from common.domain.resume.sections import heading_kind
from common.domain.resume.text import FIELD_GAP, fold, han_count, join_wrapped, normalise

_BULLET = re.compile(
    r"^\s*(?:[•●▪◦○■◆◇➢➤✓✔⚫∙·*★☆►▶❖]|[-–—](?=\s)|(?:\d{1,2}[.、．)）](?!\d)|[（(]\d{1,2}[)）]|[①-⑳]|\[\d{1,4}\](?=\s)))\s*"
)
_ICON_BULLET = re.compile(r"^[flnuvqoîüØ§Ÿ]\s+(?=[\u4e00-\u9fff])")  # an icon font's bullet read as a letter
_PAGE_NUMBER = re.compile(r"(?:第\s*)?(?:page\s*)?\d{1,2}\s*(?:(?:/|of|页\s*/?\s*共)\s*\d{1,2}\s*)?页?", re.IGNORECASE)
_PAGE_FOOT = re.compile(r"(?:个人简历|简历|curriculum vitae|r[ée]sum[ée])\s*(?:第?\s*\d{1,2}\s*页?)?$", re.IGNORECASE)
_LABEL_START = re.compile(r"^(?:[^\s：:，。,]{1,14}|[A-Z][A-Za-z]{2,14} [\u4e00-\u9fff]{2,6})[：:]")
_SENTENCE_END = ("。", "；", ";", "！", "!", ".", "，")
_FULL_WIDTH = 0.88
_LONGEST_HEADER = 96  # in half-width characters, as below
_EDGE_ROWS = 2
_SHORTEST_FULL_LINE = 40


@dataclass(frozen=True)
class Row:
    """A source line with its number (from 1, blank lines not counted)."""

    number: int
    text: str
    line: Line

    @cached_property
    def bulleted(self) -> bool:
        return bool(_BULLET.match(self.text) or _ICON_BULLET.match(self.text))

    @cached_property
    def plain(self) -> str:
        return _ICON_BULLET.sub("", _BULLET.sub("", self.text)).strip()

    @cached_property
    def span(self) -> DateSpan | None:
        return find_span(self.text)

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def is_header_like(self) -> bool:
        """Short, no bullet, not the end of a sentence, not "label: value": what names an entry."""
        text = self.text.rstrip()
        ends = text.endswith(_SENTENCE_END) and not re.search(r"\b(?:Inc|Ltd|Co|Corp|S|M|A|D|Sc)\.$", text)
        return (
            not self.bulleted
            and not ends
            and len(text) + han_count(text) <= _LONGEST_HEADER
            and not _LABEL_START.match(text)
        )

    @property
    def left(self) -> float | None:
        return self.line.box[0] if self.line.box else None


def number_rows(lines: Iterable[Line]) -> list[Row]:
    """The lines that hold text, cleaned, in order; an identity number is masked from here on."""
    rows: list[Row] = []
    for line in lines:
        text = mask_identity(normalise(line.text))
        if text:
            rows.append(Row(len(rows) + 1, text, replace(line, text="")))
    return rows


def without_page_furniture(rows: Sequence[Row]) -> list[Row]:
    """Rows without page numbers, and without running heads and feet: what stands alike at an edge of several pages."""
    pages: dict[str, set[int]] = {}
    for row in _edge_rows(rows):
        pages.setdefault(_masked(row), set()).add(row.line.page)
    furniture = {text for text, where in pages.items() if len(where) > 1}
    furniture |= {_masked(row) for row in _edge_rows(rows)[_EDGE_ROWS:] if _PAGE_FOOT.search(row.text)}
    return [row for row in rows if not _PAGE_NUMBER.fullmatch(row.text) and _masked(row) not in furniture]


def _edge_rows(rows: Sequence[Row]) -> list[Row]:
    """The outer rows of every page that are neither headings nor bullets."""
    outer: list[Row] = []
    for page in sorted({row.line.page for row in rows}):
        on_page = [row for row in rows if row.line.page == page]
        outer += on_page[:_EDGE_ROWS] + on_page[-_EDGE_ROWS:]
    return [row for row in outer if not row.bulleted and heading_kind(row.text) is None]


def _masked(row: Row) -> str:
    return re.sub(r"\d+", "#", row.text)


def aligned(first: Row, second: Row) -> bool:
    """Do both start at the same left edge? True without geometry, where lines are whole paragraphs."""
    if first.left is None or second.left is None:
        return True
    return abs(first.left - second.left) <= max(first.line.size or 0, second.line.size or 0, 4.0) * 0.8


def paragraphs(rows: Sequence[Row]) -> list[str]:
    """Bullets and paragraphs, each whole: lines that the page's width broke are joined again."""
    edges = [row.line.box[2] for row in rows if row.line.box]
    edge = max(edges, default=0.0)
    joined: list[str] = []
    for place, row in enumerate(rows):
        if place and _continues(rows[place - 1], row, edge):
            joined[-1] = join_wrapped(joined[-1], row.plain if row.bulleted else row.text)
        else:
            joined.append(row.plain or row.text)
    return [text for text in joined if text]


def is_full_line(row: Row, edge: float) -> bool:
    """Did the page's width end this line? It runs to the right edge and is too long for a name or a title."""
    width = len(row.text) + han_count(row.text)
    return bool(row.line.box and row.line.box[2] >= _FULL_WIDTH * edge and width >= _SHORTEST_FULL_LINE)


def _continues(previous: Row, row: Row, edge: float) -> bool:
    """The line before ran to the right edge, or this one hangs under the text of its bullet."""
    if row.line.box is None or previous.line.box is None or row.bulleted or _LABEL_START.match(row.text):
        return False
    if row.span and row.span.begin == 0 and row.text[row.span.stop :][:1] in (" ", ""):
        return False  # a list of dated things
    if (
        FIELD_GAP in previous.text or FIELD_GAP in row.text
    ):  # a row of fields, which reaches the edge without being full
        return False
    if previous.text.endswith(("。", "！", "!")) and previous.line.box[2] < _FULL_WIDTH * edge:
        return False
    hanging = previous.bulleted and row.line.box[0] > previous.line.box[0] + 2
    same_indent = not previous.bulleted and row.line.box[0] <= previous.line.box[0] + 2
    return (hanging and not previous.text.endswith("。")) or (is_full_line(previous, edge) and (same_indent or hanging))
