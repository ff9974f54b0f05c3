"""One line of the local engine → its fields: wide gaps inside a line, which the engine reads over, become breaks."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from common.domain.parsing.source import Corners, OcrItem
from common.domain.resume.text import is_han

#: In line heights, between two characters. Measured: glyphs stand up to 0.58 apart in Chinese without a break, words of
#: justified English 0.81; fields begin at 0.75 beside Chinese.
_GAP_BESIDE_HAN = 0.68
_GAP = 1.0


def fields_of(text: str, corners: Corners, confidence: float, characters: Sequence[Any]) -> Iterator[OcrItem]:
    """`characters` are rapidocr's (character, confidence, four corners), blanks left out; they may be missing or not fit."""
    places = [place for place, character in enumerate(text) if not character.isspace()]
    if len(characters) != len(places) or any(
        one[0] != text[place] for one, place in zip(characters, places, strict=True)
    ):
        yield OcrItem.within(text, corners, confidence)
        return
    begin, first = 0, corners
    height = max(1.0, math.dist(corners[0], corners[3]))
    for place, (left, right) in zip(places[1:], pairwise(characters), strict=True):
        if _are_apart(left, right, height):
            (x, y), (right_x, right_y) = left[2][1], left[2][2]
            yield OcrItem.within(
                text[begin:place].strip(), (first[0], (x, y), (right_x, right_y), first[3]), confidence
            )
            (x, y), (left_x, left_y) = right[2][0], right[2][3]
            begin, first = place, ((x, y), corners[1], corners[2], (left_x, left_y))
    yield OcrItem.within(text[begin:].strip(), first, confidence)


def _are_apart(left: Any, right: Any, height: float) -> bool:
    words = left[0].isalnum() and right[0].isalnum()
    least = _GAP_BESIDE_HAN if words and (is_han(left[0]) or is_han(right[0])) else _GAP
    return math.dist(left[2][1], right[2][0]) > least * height
