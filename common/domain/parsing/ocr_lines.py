"""Recognised items of a page image → lines in reading order: noise out, page upright, columns apart, rows together."""

import re
from collections.abc import Sequence
from itertools import pairwise

from common.domain.parsing.ocr_columns import columns
from common.domain.parsing.ocr_pieces import Piece, around, upright_pieces
from common.domain.parsing.source import Line, OcrItem
from common.domain.resume.sections import heading_kind
from common.domain.resume.text import FIELD_GAP, is_han, normalise

_SAME_ROW = 0.5  # of the smaller height, between middles
_ONE_ROW = 0.4
_OVERLAP = 0.3  # of the narrower piece: engines' boxes of neighbours overlap a little
_FIELD_GAP_EM = 0.25  # what an engine boxes apart stood apart; less is a line it cut in two
_LETTER_GAP_EM = 3.0  # between the characters of a letter-spaced heading
_TALL = 1.3  # times its width
_NEXT_BELOW_EM = 0.6
_UNSURE = 0.5
_ICON_UNSURE = 0.8
_LEGIBLE = 0.6  # measured: 246 px wide 0.40, 400 px 0.98; nothing lies between
_LETTER_SPACED = re.compile(r"(?:[\u4e00-\u9fff] +)+[\u4e00-\u9fff]|(?:[A-Za-z] ){3,}[A-Za-z]")


def lines_from_ocr(items: Sequence[OcrItem], page: int) -> list[Line]:
    """Rows from top to bottom; columns one after the other. Boxes in pixels of the picture, of the page turned upright.

    A line is as sure as its least sure part.
    """
    kept = [item for item in items if normalise(item.text) and not _is_noise(item)]
    upright = upright_pieces(kept)
    pieces = _with_whole_labels([piece for piece in upright if not _is_icon(piece, upright)])
    return [_line(row, page) for part in columns(pieces) for row in _rows(part)]


def is_legible(lines: Sequence[Line]) -> bool:
    """False when the engine guessed most characters: what it made of them is no text of the document."""
    weighed = [(len(line.text), line.confidence) for line in lines]
    characters = sum(length for length, _ in weighed)
    return sum(length * confidence for length, confidence in weighed) >= _LEGIBLE * characters


def _is_noise(item: OcrItem) -> bool:
    """Specks and icons that an engine half took for a character or two; never a longer word, however unsure."""
    return item.confidence < _UNSURE and len(item.text.strip()) <= 2


def _is_icon(piece: Piece, pieces: list[Piece]) -> bool:
    """An unsure character into which the text of its row runs."""
    if len(piece.text.strip()) > 1 or piece.confidence >= _ICON_UNSURE:
        return False
    x1, y1, x2, y2 = piece.box
    boxes = (other.box for other in pieces if other is not piece)
    return any(left < x2 and right > x1 and top < y2 and bottom > y1 for left, top, right, bottom in boxes)


def _with_whole_labels(pieces: list[Piece]) -> list[Piece]:
    """Text that runs downwards, the label of a table's merged cell, as one piece above the rows it stands beside."""
    stacks: list[list[Piece]] = []
    for piece in sorted(filter(_may_run_down, pieces), key=lambda one: one.box[1]):
        stack = next((one for one in stacks if _goes_on_below(one[-1], piece)), None)
        if stack and not heading_kind(piece.text):
            stack.append(piece)
        else:
            stacks.append([piece])
    labels = [stack for stack in stacks if _is_label(stack)]
    inside = {id(piece) for stack in labels for piece in stack}
    return [one for one in pieces if id(one) not in inside] + [_label(stack, pieces) for stack in labels]


def _may_run_down(piece: Piece) -> bool:
    return all(map(is_han, piece.text)) and (len(piece.text) == 1 or piece.height > _TALL * (piece.right - piece.left))


def _goes_on_below(upper: Piece, piece: Piece) -> bool:
    width = min(upper.right - upper.left, piece.right - piece.left)
    centres = (upper.left + upper.right - piece.left - piece.right) / 2
    return abs(centres) < 0.5 * width and abs(piece.box[1] - upper.box[3]) < _NEXT_BELOW_EM * width


def _is_label(stack: list[Piece]) -> bool:
    """A single piece of several characters is what the engine itself saw; single characters may be a table's column."""
    return len(stack[0].text) > 1 if len(stack) == 1 else heading_kind("".join(one.text for one in stack)) is not None


def _label(stack: list[Piece], pieces: list[Piece]) -> Piece:
    left, top, right, bottom = around(stack)
    beside = [one.box[1] for one in pieces if one.left > right and top <= one.middle <= bottom]
    foot, height = min([top, *beside]), right - left
    text = "".join(piece.text for piece in stack)
    sure = min(piece.confidence for piece in stack)
    return Piece(text, (left, foot, right, foot), foot, foot, sure).at((left, foot - height, right, foot))


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """From left to right, each piece joins the row whose last piece points at it: so rows may slope or bend."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: one.left):
        near = [(distance, row) for row in rows if (distance := _distance(row[-1], piece)) is not None]
        if near:
            min(near, key=lambda one: one[0])[1].append(piece)
        else:
            rows.append([piece])
    rows.sort(key=_middle)
    joined = rows[:1]
    for row in rows[1:]:
        if _interleave(joined[-1], row):
            joined[-1] = sorted([*joined[-1], *row], key=lambda one: one.left)
        else:
            joined.append(row)
    return joined


def _middle(row: list[Piece]) -> float:
    return sum(piece.middle for piece in row) / len(row)


def _interleave(upper: list[Piece], row: list[Piece]) -> bool:
    """Parts of one row that an icon between them made miss each other: as high, and side by side throughout."""
    apart = _middle(row) - _middle(upper)
    if apart > _ONE_ROW * min(piece.height for piece in (*upper, *row)):
        return False
    in_order = sorted([*upper, *row], key=lambda one: one.left)
    return all(_is_right_of(right, left) for left, right in pairwise(in_order))


def _is_right_of(piece: Piece, last: Piece) -> bool:
    return last.right - piece.left <= _OVERLAP * min(last.right - last.left, piece.right - piece.left)


def _distance(last: Piece, piece: Piece) -> float | None:
    """Between the middles where the two meet; None when they are not on one row."""
    if not _is_right_of(piece, last):
        return None
    distance = abs(last.height_at(piece.left) - piece.begins)
    return distance if distance <= _SAME_ROW * min(last.height, piece.height) else None


def _line(row: list[Piece], page: int) -> Line:
    text = _closed_up(row[0].text)
    for left, right in pairwise(row):
        text += _between(left, right) + _closed_up(right.text)
    return Line(
        normalise(text),
        page=page,
        box=around(row),
        size=max(piece.height for piece in row),
        method="ocr",
        confidence=round(min(piece.confidence for piece in row), 2),
    )


def _between(left: Piece, right: Piece) -> str:
    gap = (right.left - left.right) / min(left.height, right.height)
    if len(left.text) == len(right.text) == 1 and is_han(left.text) and is_han(right.text):
        return "" if gap < _LETTER_GAP_EM else FIELD_GAP
    if gap > _FIELD_GAP_EM:
        return FIELD_GAP
    return "" if is_han(left.text[-1]) and is_han(right.text[0]) else " "


def _closed_up(text: str) -> str:
    """教 育 背 景 → 教育背景: an item whose every character stands alone is one word, spaced for looks."""
    text = text.strip()
    return text.replace(" ", "") if _LETTER_SPACED.fullmatch(text) else text
