"""Where the spaces of a line belong: PDFs place letters, and a gap means a space only by comparison with its neighbours.

All thresholds are in em, the height of the line's letters; measured on 24 PDFs with 106 multi-word anchors (TeX, Word, WPS,
Chrome and Typst output, Chinese and English).
"""

from collections.abc import Sequence
from itertools import pairwise

_LATIN = 0.13
_LATIN_WITH_BLANK = 0.07  # where the file says that there is a blank
_MIXED = 0.18
_HAN = (0.28, 0.75)  # least and most: Han characters that are set apart evenly are no words
_SPACED_OUT = 0.10  # a median gap beyond this is letter-spacing
_MORE_THAN_LETTER_SPACING = 1.9
_CHIP = 0.5  # between words that are set apart on purpose (skill chips); beyond 1 em always
_AFTER_A_WORD = frozenset("+#)）")


def spaced(
    chars: Sequence[str], gaps: Sequence[float], blanks: Sequence[bool], drawn: Sequence[bool], em: float
) -> str:
    """The text with its spaces back; two spaces where words stand visibly further apart than a space.

    `gaps`, `blanks` and `drawn` tell about the place before each character but the first: points, whether the content stream
    has a blank there, and whether the file draws it (the engine adds some of its own).
    """
    wide = list(map(is_wide, chars))
    pairs = [left + right for left, right in pairwise(wide)]  # 0 Latin, 1 mixed, 2 Han
    latin = [gap for gap, pair in zip(gaps, pairs, strict=True) if pair == 0]
    letter_spacing = _middle(latin) if len(latin) >= 4 else 0.0
    is_spaced_out = letter_spacing > _SPACED_OUT * em
    limits = (
        max(_LATIN * em, letter_spacing * _MORE_THAN_LETTER_SPACING) if is_spaced_out else _LATIN * em,
        _MIXED * em,
        _han_limit([gap for gap, pair in zip(gaps, pairs, strict=True) if pair == 2], em),
    )
    with_blank = (max(limits[0] * 0.7, _LATIN_WITH_BLANK * em), 0.12 * em, 0.12 * em)
    hints = drawn if is_spaced_out else blanks
    wanted = [
        gap > (with_blank if hint and (pair == 0 or is_drawn) else limits)[pair]
        for gap, pair, hint, is_drawn in zip(gaps, pairs, hints, drawn, strict=True)
    ]
    return _joined(chars, gaps, wanted, em)


def is_wide(char: str) -> bool:
    """Han, kana and full-width forms; not Hangul, which has spaces, and not icons."""
    return char >= "\u2e80" and not "\uac00" <= char <= "\uf8ff"


def _joined(chars: Sequence[str], gaps: Sequence[float], wanted: Sequence[bool], em: float) -> str:
    if not any(wanted):
        return "".join(chars)
    narrowest = min(gap for gap, space in zip(gaps, wanted, strict=True) if space)
    chip = max(_CHIP * em, min(1.7 * narrowest, em))
    parts = [chars[0]]
    for place, (gap, space) in enumerate(zip(gaps, wanted, strict=True)):
        if space:
            before, after = chars[place], chars[place + 1]
            words = after.isalnum() and (before.isalnum() or before in _AFTER_A_WORD)
            parts.append("  " if gap > chip and words else " ")
        parts.append(chars[place + 1])
    return "".join(parts)


def _han_limit(gaps: list[float], em: float) -> float:
    least, most = _HAN
    return min(most * em, max(least * em, 3 * _middle(gaps))) if gaps else most * em


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2] if values else 0.0
