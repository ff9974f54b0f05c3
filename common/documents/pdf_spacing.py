"""Where the spaces of a line belong: PDFs place letters, and a gap means a space only by comparison with its neighbours.

All thresholds are in em, the height of the line's letters; measured on 24 PDFs with 106 multi-word anchors (TeX, Word, WPS,
Chrome and Typst output, Chinese and English).
"""

from collections.abc import Sequence
from itertools import pairwise

BLANK, DRAWN_BLANK = 1, 2

_LATIN = 0.13
_LATIN_WITH_BLANK = 0.07  # where the file says that there is a blank
_WIDE_WITH_BLANK = 0.12
_MIXED = 0.18
_HAN = (0.28, 0.75)  # least and most: Han characters that are set apart evenly are no words
_ENOUGH_HAN, _TIGHT = (
    3,
    0.03,
)  # so many Han that touch each other prove that a gap elsewhere in the line means something
_EVENLY = 0.1
_ENOUGH_TO_SLANT, _SLANTED = 4, 0.1
_MOST = 0.6  # of the gaps: a face whose boxes are only wider than its steps overlaps here and there
_SPACED_OUT = 0.10  # a median gap beyond this is letter-spacing
_MORE_THAN_LETTER_SPACING = 1.9
_CHIP = 0.6  # between words that are set apart on purpose (skill chips); beyond 1 em always
_FIRST_WIDE = "\u2e80"
_AFTER_A_WORD = frozenset("+#)）")


def spaced(chars: Sequence[str], gaps: Sequence[float], hints: Sequence[int], em: float) -> str:
    """The text with its spaces back; two spaces where words stand visibly further apart than a space.

    `gaps` (points) and `hints` tell about the place before each character but the first: 0, BLANK where the engine sees a
    blank in the content stream, DRAWN_BLANK where the file itself draws one.
    """
    gaps = _upright(gaps, em)
    if not gaps or max(gaps) <= _LATIN_WITH_BLANK * em:
        return "".join(chars)
    pairs = _pairs(chars)
    latin = [gap for gap, pair in zip(gaps, pairs, strict=True) if pair == 0] if any(pairs) else gaps
    letter_spacing = _middle(latin) if len(latin) >= 4 else 0.0
    is_spaced_out = letter_spacing > _SPACED_OUT * em
    han = [gap for gap, pair in zip(gaps, pairs, strict=True) if pair == 2]
    limits = (
        max(_LATIN * em, letter_spacing * _MORE_THAN_LETTER_SPACING) if is_spaced_out else _LATIN * em,
        _MIXED * em,
        _han_limit(han, em, is_all=len(han) == len(gaps)),
    )
    with_blank = (
        max(0.7 * limits[0], _LATIN_WITH_BLANK * em) if is_spaced_out else _LATIN_WITH_BLANK * em,
        _WIDE_WITH_BLANK * em,
        _WIDE_WITH_BLANK * em,
    )
    is_tight = len(han) >= _ENOUGH_HAN and _middle(han) < _TIGHT * em
    trusted = DRAWN_BLANK if is_spaced_out else BLANK
    wanted = [
        gap > (with_blank if hint >= trusted and (pair < 2 or is_tight or hint == DRAWN_BLANK) else limits)[pair]
        for gap, pair, hint in zip(gaps, pairs, hints, strict=True)
    ]
    return _joined(chars, gaps, wanted, em)


def _pairs(chars: Sequence[str]) -> list[int]:
    """How many of two neighbours are wide: 0 Latin, 1 mixed, 2 Han."""
    if max(chars) < _FIRST_WIDE:
        return [0] * (len(chars) - 1)
    wide = list(map(is_wide, chars))
    return [left + right for left, right in pairwise(wide)]


def is_wide(char: str) -> bool:
    """Han, kana and full-width forms; not Hangul, which has spaces, and not icons."""
    return char >= _FIRST_WIDE and not "\uac00" <= char <= "\uf8ff"


def _joined(chars: Sequence[str], gaps: Sequence[float], wanted: Sequence[bool], em: float) -> str:
    text = "".join(chars)
    spaces = [place for place, space in enumerate(wanted, start=1) if space]
    if not spaces:
        return text
    chip = max(_CHIP * em, min(1.7 * min(gaps[place - 1] for place in spaces), em))
    parts = [text[: spaces[0]]]
    for place, end in pairwise([*spaces, len(text)]):
        before, after = text[place - 1], text[place]
        words = gaps[place - 1] > chip and after.isalnum() and (before.isalnum() or before in _AFTER_A_WORD)
        parts.append(("  " if words else " ") + text[place:end])
    return "".join(parts)


def _upright(gaps: Sequence[float], em: float) -> Sequence[float]:
    """Letters slanted by a matrix (an italic without a font of its own) have boxes that overlap evenly: counted from there."""
    slanted = [gap < -_SLANTED * em for gap in gaps]
    if sum(slanted) < max(_ENOUGH_TO_SLANT, _MOST * len(gaps)):
        return gaps
    overlap = -_middle([gap for gap, is_slanted in zip(gaps, slanted, strict=True) if is_slanted])
    beside = [False, *slanted, False]
    return [gap + overlap if any(beside[place : place + 3]) else gap for place, gap in enumerate(gaps)]


def _han_limit(gaps: Sequence[float], em: float, *, is_all: bool) -> float:
    """`is_all`: the line is nothing but Han; a heading is often letter-spaced as a whole."""
    if is_all and len(gaps) >= 2 and max(gaps) - min(gaps) < _EVENLY * em:
        return max(gaps)
    least, most = _HAN
    return min(most * em, max(least * em, 3 * _middle(gaps))) if gaps else most * em


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[(len(values) - 1) // 2] if values else 0.0
