"""Where a page of recognised pieces has columns: geometry alone decides, because a picture has no order of writing."""

import statistics
from collections.abc import Iterator
from itertools import pairwise

from common.domain.parsing.fields.links import urls_in
from common.domain.parsing.fields.places import is_place
from common.domain.parsing.ocr_pieces import Piece, around
from common.domain.resume.dates import find_span
from common.domain.resume.sections import heading_kind

_MARGIN_EM = 0.15  # engines draw boxes wider than the text, so neighbours may touch across a gutter
_GUTTER_EM = 0.3
_GUTTER_SPAN = 0.5  # of the page's height: anything shorter is a right-aligned date or a table …
_GUTTER_SPAN_WITH_HEADINGS = 0.25  # … unless sections begin on both sides
_EDGE = 0.12  # of the page's width: no column is narrower
_MIN_PIECES = 4
_MOST_SIDE_NOTES = 0.5
_MOST_BESIDE = 0.3  # pieces of the shorter side that stand on a row of the longer one: more is one table …
_CLEARLY_TEXT = 8  # … unless both sides hold this much


def columns(pieces: list[Piece]) -> list[list[Piece]]:
    """The parts of the page in reading order: [above, left, right, below] of the best gutter, or everything as one."""
    return _columns(pieces, around(pieces)) if pieces else []


def _columns(pieces: list[Piece], page: tuple[float, float, float, float]) -> list[list[Piece]]:
    tall = page[3] - page[1]
    best: tuple[float, list[list[Piece]]] = (_GUTTER_SPAN_WITH_HEADINGS * tall, [])
    for span, parts in _cuts(pieces) if len(pieces) >= 2 * _MIN_PIECES else ():
        if span > best[0] and _are_columns(parts[1], parts[2], long=span > _GUTTER_SPAN * tall):
            best = (span, parts)
    if not best[1]:
        return [pieces] if pieces else []
    above, left, right, below = best[1]
    head = _head_of(right, above_all=left)
    body = [piece for piece in right if piece not in head]
    return [part for part in (*_columns(above, page), head, left, body, *_columns(below, page)) if part]


def _head_of(column: list[Piece], *, above_all: list[Piece]) -> list[Piece]:
    """What stands over both columns without spanning them, such as a centred name: before the first heading of its side."""
    starts = [piece.box[1] for piece in column if heading_kind(piece.text)]
    limit = min([min(piece.box[1] for piece in above_all), *starts])
    return [piece for piece in column if piece.middle < limit]


def _cuts(pieces: list[Piece]) -> Iterator[tuple[float, list[list[Piece]]]]:
    left, _, right, _ = around(pieces)
    margin = _EDGE * (right - left)
    em = statistics.median(piece.height for piece in pieces)
    for edge in sorted({piece.right - _MARGIN_EM * em for piece in pieces}):
        if left + margin < edge < right - margin:
            yield _cut(pieces, edge, edge + _GUTTER_EM * em, _MARGIN_EM * em)


def _cut(pieces: list[Piece], left: float, right: float, drawn: float) -> tuple[float, list[list[Piece]]]:
    """The tallest band that nothing crosses between x = left and x = right: its height and the four parts around it.

    `drawn` is how much wider than its text a box is on each side.
    """
    crossing = [piece for piece in pieces if piece.left + drawn < right and piece.right - drawn > left]
    _, first, _, last = around(pieces)
    edges = [(first, first), *sorted((piece.box[1], piece.box[3]) for piece in crossing), (last, last)]
    span, top, bottom = max((lower[0] - upper[1], upper[1], lower[0]) for upper, lower in pairwise(edges))
    inside = [piece for piece in pieces if top - 1 <= piece.middle <= bottom + 1]
    above = [piece for piece in pieces if piece.middle < top - 1]
    below = [piece for piece in pieces if piece.middle > bottom + 1]
    return span, [
        above,
        [piece for piece in inside if piece.right - drawn <= left],
        [piece for piece in inside if piece.right - drawn > left],
        below,
    ]


def _is_headed(pieces: list[Piece]) -> bool:
    return any(heading_kind(piece.text) for piece in pieces)


def _are_columns(left: list[Piece], right: list[Piece], *, long: bool) -> bool:
    """Sections begin on both sides; or, along a long gutter, both sides hold running text.

    Dates, places and addresses on one side belong to the rows of the other.
    """
    if min(len(left), len(right)) < _MIN_PIECES:
        return False
    if _is_headed(left) and _is_headed(right):
        return True
    if not long or max(map(_side_notes, (left, right))) > _MOST_SIDE_NOTES:
        return False
    return min(len(left), len(right)) >= _CLEARLY_TEXT or _beside(left, right) <= _MOST_BESIDE


def _side_notes(pieces: list[Piece]) -> float:
    """Share of the pieces that are only a date, a place or an address."""
    notes = (bool(find_span(one.text) or is_place(one.text) or urls_in(one.text)) for one in pieces)
    return sum(notes) / len(pieces)


def _beside(left: list[Piece], right: list[Piece]) -> float:
    few, many = sorted((left, right), key=len)
    close = [one for one in few if any(abs(one.middle - other.middle) < 0.5 * one.height for other in many)]
    return len(close) / len(few)
