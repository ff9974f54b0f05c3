"""Recognised pieces of a page image → lines in reading order. There is no content stream here: geometry decides alone."""

import statistics
from collections.abc import Sequence
from itertools import pairwise

from common.domain.parsing.fields.links import urls_in
from common.domain.parsing.fields.places import is_place
from common.domain.parsing.source import Box, Line, OcrItem
from common.domain.resume.dates import find_span
from common.domain.resume.text import FIELD_GAP, normalise

_SAME_ROW = 0.5  # of the smaller height, between vertical centres
_FIELD_GAP_EM = 1.0
_GUTTER_EM = 0.8
_GUTTER_SPAN = 0.5  # of the page's height: anything shorter is a right-aligned date or a table
_MIN_ITEMS = 4
_MOST_SIDE_NOTES = 0.5
_MOST_BESIDE = 0.3  # items of the shorter side that stand on a row of the longer one: more is one table …
_CLEARLY_TEXT = 8  # … unless both sides hold this much


def lines_from_ocr(items: Sequence[OcrItem], page: int) -> list[Line]:
    """Rows from top to bottom; columns only where a gutter runs down more than half of the page. Boxes in pixels."""
    kept = [item for item in items if normalise(item.text)]
    return [_line(row, page) for part in _columns(kept) for row in _rows(part)]


def _height(item: OcrItem) -> float:
    return max(1.0, item.box[3] - item.box[1])


def _middle(item: OcrItem) -> float:
    return (item.box[1] + item.box[3]) / 2


def _rows(items: Sequence[OcrItem]) -> list[list[OcrItem]]:
    rows: list[list[OcrItem]] = []
    for item in sorted(items, key=_middle):
        head = rows[-1][-1] if rows else None
        if head and abs(_middle(head) - _middle(item)) <= _SAME_ROW * min(_height(head), _height(item)):
            rows[-1].append(item)
        else:
            rows.append([item])
    return [sorted(row, key=lambda item: item.box[0]) for row in rows]


def _line(row: list[OcrItem], page: int) -> Line:
    text = row[0].text
    for left, right in pairwise(row):
        apart = right.box[0] - left.box[2] > _FIELD_GAP_EM * min(_height(left), _height(right))
        text += (FIELD_GAP if apart else " ") + right.text
    return Line(normalise(text), page=page, box=_around(row), size=max(map(_height, row)), method="ocr")


def _around(items: Sequence[OcrItem]) -> Box:
    lefts, tops, rights, bottoms = zip(*(item.box for item in items), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _columns(items: list[OcrItem]) -> list[list[OcrItem]]:
    """[above, left, right, below] of the best gutter, or everything as one."""
    if len(items) < 2 * _MIN_ITEMS:
        return [items]
    page = _around(items)
    em = statistics.median(map(_height, items))
    best: tuple[float, list[list[OcrItem]]] = (0.0, [items])
    for edge in sorted({item.box[2] for item in items}):
        if page[0] + 0.15 * (page[2] - page[0]) < edge < page[0] + 0.85 * (page[2] - page[0]):
            span, parts = _cut(items, edge, edge + _GUTTER_EM * em)
            if span > best[0] and span > _GUTTER_SPAN * (page[3] - page[1]) and _are_columns(parts[1], parts[2]):
                best = (span, parts)
    return [part for part in best[1] if part]


def _cut(items: list[OcrItem], left: float, right: float) -> tuple[float, list[list[OcrItem]]]:
    """The tallest band that nothing crosses between x = left and x = right: its height and the four parts around it."""
    crossing = [item for item in items if item.box[0] < right and item.box[2] > left]
    edges = sorted([(_around(items)[1], _around(items)[1])] + [(item.box[1], item.box[3]) for item in crossing])
    edges.append((_around(items)[3], _around(items)[3]))
    span, top, bottom = max((lower[0] - upper[1], upper[1], lower[0]) for upper, lower in pairwise(edges))
    inside = [item for item in items if top - 1 <= _middle(item) <= bottom + 1]
    above = [item for item in items if _middle(item) < top - 1]
    below = [item for item in items if _middle(item) > bottom + 1]
    return span, [above, [i for i in inside if i.box[2] <= left], [i for i in inside if i.box[2] > left], below]


def _are_columns(left: list[OcrItem], right: list[OcrItem]) -> bool:
    """Both sides hold running text; dates, places and addresses on one side belong to the rows of the other."""
    if min(len(left), len(right)) < _MIN_ITEMS or max(map(_side_notes, (left, right))) > _MOST_SIDE_NOTES:
        return False
    return min(len(left), len(right)) >= _CLEARLY_TEXT or _beside(left, right) <= _MOST_BESIDE


def _side_notes(items: list[OcrItem]) -> float:
    """Share of the items that are only a date, a place or an address."""
    return sum(1 for item in items if find_span(item.text) or is_place(item.text) or urls_in(item.text)) / len(items)


def _beside(left: list[OcrItem], right: list[OcrItem]) -> float:
    few, many = sorted((left, right), key=len)
    close = [item for item in few if any(abs(_middle(item) - _middle(other)) < 0.5 * _height(item) for other in many)]
    return len(close) / len(few)
