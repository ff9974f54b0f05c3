"""Text boxes: their texts stand in a story of their own, their places in lists of anchors (MS-DOC 2.8.30, 2.8.37)."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from common.documents.doc.plc import read_plc
from common.documents.doc.story import Anchored, Text

_BOX_BYTES, _BOX_SHAPE = 22, 14
_ANCHOR_BYTES = 26
_REUSABLE = 8


@dataclass(frozen=True)
class _Anchor:
    position: int
    top: int
    left: int


def anchored_boxes(
    text: Text, boxes: bytes, anchors: bytes, groups: Mapping[int, int], *, story: tuple[int, int], anchor_story: int
) -> list[Anchored]:
    """The boxes whose texts are in `story` (start, end), sorted by anchor, then from the top of the page down.

    A box whose anchor is not found hangs on the first character: boxes hold contacts more often than footers.
    `anchor_story` is where the story starts that the anchors count from.
    """
    places = _anchors(anchors)
    start, end = story
    found: list[tuple[_Anchor, Anchored]] = []
    positions, items = read_plc(boxes, _BOX_BYTES)
    for (first, behind), item in zip(pairwise(positions), items, strict=False):
        shape = int.from_bytes(item[_BOX_SHAPE : _BOX_SHAPE + 4], "little")
        anchor = places.get(shape) or places.get(groups.get(shape, 0)) or _Anchor(0, 0, 0)
        if first < behind <= end - start and not item[_REUSABLE]:
            lines = text.lines(start + first, start + behind)
            found.append((anchor, Anchored(anchor_story + anchor.position, lines)))
    found.sort(key=lambda entry: (entry[0].position, entry[0].top, entry[0].left))
    return [box for _, box in found]


def _anchors(plc: bytes) -> dict[int, _Anchor]:
    positions, items = read_plc(plc, _ANCHOR_BYTES)
    found: dict[int, _Anchor] = {}
    for position, item in zip(positions, items, strict=False):
        shape, left, top = struct.unpack_from("<Iii", item, 0)
        found[shape] = _Anchor(position, top, left)
    return found
