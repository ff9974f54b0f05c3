"""Headers and footers: each text once however many sections repeat it, page numbers left out (MS-DOC 2.3.3)."""

import re
import struct
from collections.abc import Iterator, Sequence

from common.documents.doc.story import Anchored, Text
from common.domain.parsing.source import Line

_SEPARATORS = 6  # what stands between the text and its notes
_STORIES_OF_A_SECTION = 6  # even header, odd header, even footer, odd footer, first header, first footer
_FOOTERS = (2, 3, 5)
_PAGE_NUMBER = re.compile(r"(?:第|页|頁|共|之|/|of|page|[-–—|\s\d])*", re.IGNORECASE)


def headers_and_footers(
    text: Text, places: bytes, start: int, end: int, boxes: Sequence[Anchored]
) -> tuple[list[Line], list[Line]]:
    """The lines of all headers, the lines of all footers. `places` are the stories' borders, counted from `start`."""
    headers: list[Line] = []
    footers: list[Line] = []
    seen: set[tuple[str, ...]] = set()
    for kind, first, behind in _stories(places, start, end):
        hanging = [box for box in boxes if first <= box.position < behind]
        lines = [line for line in text.lines(first, behind, hanging) if not _PAGE_NUMBER.fullmatch(line.text)]
        words = tuple(line.text for line in lines)
        if words not in seen:
            (footers if kind in _FOOTERS else headers).extend(lines)
        seen.add(words)
    return headers, footers


def _stories(places: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    borders = struct.unpack_from(f"<{len(places) // 4}I", places, 0)
    behind_last = start
    for number in range(_SEPARATORS, len(borders) - 1):
        first, behind = start + borders[number], start + borders[number + 1]
        if behind_last <= first < behind <= end:
            yield (number - _SEPARATORS) % _STORIES_OF_A_SECTION, first, behind
            behind_last = behind
