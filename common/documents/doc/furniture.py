"""Headers and footers: each line once however many sections repeat it, page numbers left out (MS-DOC 2.3.3)."""

import re
import struct
from bisect import bisect_left
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
    seen: set[str] = set()
    positions = [box.position for box in boxes]
    reached = 0
    for kind, first, behind in _stories(places, start, end):
        first_box, reached_before, reached = bisect_left(positions, first), reached, bisect_left(positions, behind)
        headers += [line for nowhere in boxes[reached_before:first_box] for line in nowhere.box.lines]
        hanging = boxes[first_box:reached]
        lines = [line for line in text.lines(first, behind, hanging) if not _PAGE_NUMBER.fullmatch(line.text)]
        (footers if kind in _FOOTERS else headers).extend(line for line in lines if line.text not in seen)
        seen.update(line.text for line in lines)
    headers += [line for nowhere in boxes[reached:] for line in nowhere.box.lines]
    return headers, footers


def _stories(places: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    # The last border means nothing; the one before it ends the last story.
    borders = struct.unpack_from(f"<{len(places) // 4}I", places, 0)
    behind_last = start
    for number in range(_SEPARATORS, len(borders) - 2):
        first, behind = start + borders[number], start + borders[number + 1]
        if behind_last <= first < behind <= end:
            yield (number - _SEPARATORS) % _STORIES_OF_A_SECTION, first, behind
            behind_last = behind
