"""Where a line of mixed Chinese and Latin text may end: the part of UAX #14 and GB/T 15834 that resumes need.

Pure and engine-free: characters and widths in, spans out. xhtml2pdf's own rule breaks Chinese only at spaces, or anywhere at all.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

#: Never first on a line (GB/T 15834-2011, 5.1.10; UAX #14 classes CL, EX, IS, NS, QU after).
NO_LINE_START = frozenset(
    "!%),.:;?]}/~¢°·»’”–—…‰′″›℃、。〃々〉》」』】〕〗〞〻ゝゞ・ーヽヾ！＂％＇），．：；？］｝～｠､"
    "\u200d\ufe0e\ufe0f\u20e3"
)
#: Never last on a line.
NO_LINE_END = frozenset("([{£¥$#@‘“«〈《「『【〔〖〝＄（［｛￡￥\u200d")
#: Twice in a row these are one mark: —— and ……
DOUBLED_MARKS = frozenset("—…─")
GLUE = frozenset("\u00a0\u2060\ufeff")
ZERO_WIDTH_SPACE = "\u200b"
#: A token wider than its line (a URL) is cut after one of these when there is one near the edge; after a hyphen only for
#: want of another, because readers (pdftotext among them) take a hyphen at a line's end for a hyphenation and drop it.
TOKEN_JOINTS = ("/?&=_.#,", "-")
JOINT_REACH = 24

#: CJK, kana, Hangul, full-width forms, arrows, dingbats and emoji: a line may end on either side.
_IDEOGRAPHIC = (
    (0x2190, 0x21FF),
    (0x2600, 0x27BF),
    (0x2E80, 0xA4CF),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFF60),
    (0xFFE0, 0xFFE6),
    (0x1F000, 0x3FFFF),
)

#: What stands for an inline object (an image) in a sequence of characters.
OBJECT = ""


@dataclass(frozen=True)
class LineSpan:
    """characters[start:end] make a line `width` wide; the next one starts at `next_start`."""

    start: int
    end: int
    next_start: int
    width: float
    soft: bool  #: ended because it was full, so it may be justified


def is_ideographic(character: str) -> bool:
    point = ord(character)
    return any(first <= point <= last for first, last in _IDEOGRAPHIC)


@lru_cache(maxsize=32768)
def may_break(before: str, after: str) -> bool:
    """Whether a line may end between two characters that follow each other."""
    if after == " " or before in GLUE or after in GLUE:
        return False
    if after in NO_LINE_START or before in NO_LINE_END:
        return False
    if before in (" ", ZERO_WIDTH_SPACE):
        return True
    if OBJECT in (before, after):
        return True
    return not _belongs_to_previous(after) and _breaks_between_glyphs(before, after)


def _breaks_between_glyphs(before: str, after: str) -> bool:
    if before == after and before in DOUBLED_MARKS:
        return False
    return is_ideographic(before) or is_ideographic(after) or before in "”·—…"


def _belongs_to_previous(character: str) -> bool:
    return bool(unicodedata.combining(character)) or 0x1F3FB <= ord(character) <= 0x1F3FF


def split_lines(
    characters: Sequence[str],
    widths: Sequence[float],
    room: Sequence[float],
    *,
    hard_breaks: frozenset[int] = frozenset(),
    tolerance: float = 1e-6,
) -> list[LineSpan]:
    """Fill lines greedily. `room[i]` is the width of line i, its last value holds for the rest; same unit as `widths`.

    `hard_breaks` are positions whose (zero-width) character ends the line. Spaces at a line's end are outside its span.
    """
    lines: list[LineSpan] = []
    start, total = 0, len(characters)
    while start < total:
        available = room[min(len(lines), len(room) - 1)] + tolerance
        full_at = _first_overflow(characters, widths, start, available, hard_breaks)
        soft = full_at < total and full_at not in hard_breaks
        end = _best_end(characters, start, full_at) if soft else full_at
        next_start = _after_spaces(characters, end, hard_breaks) if soft else min(end + 1, total)
        trimmed = _before_spaces(characters, start, end)
        lines.append(LineSpan(start, trimmed, next_start, sum(widths[start:trimmed]), soft=soft and next_start < total))
        start = next_start
    return lines


def _first_overflow(
    characters: Sequence[str], widths: Sequence[float], start: int, available: float, hard_breaks: frozenset[int]
) -> int:
    used = 0.0
    for index in range(start, len(characters)):
        if index in hard_breaks:
            return index
        if used + widths[index] > available and index > start and characters[index] != " ":
            return index
        used += widths[index]
    return len(characters)


def _best_end(characters: Sequence[str], start: int, full_at: int) -> int:
    for end in range(full_at, start, -1):
        seen = _before_spaces(characters, start, end)
        if seen > start and characters[seen - 1] not in NO_LINE_END and may_break(characters[end - 1], characters[end]):
            return end
    return _joint_in_token(characters, start, full_at) or full_at


def _joint_in_token(characters: Sequence[str], start: int, full_at: int) -> int | None:
    near = range(full_at, max(start + 1, full_at - JOINT_REACH), -1)
    return next((end for joints in TOKEN_JOINTS for end in near if characters[end - 1] in joints), None)


def _after_spaces(characters: Sequence[str], index: int, hard_breaks: frozenset[int]) -> int:
    while index < len(characters) and characters[index] == " " and index not in hard_breaks:
        index += 1
    return index


def _before_spaces(characters: Sequence[str], start: int, end: int) -> int:
    while end > start and characters[end - 1] == " ":
        end -= 1
    return end
