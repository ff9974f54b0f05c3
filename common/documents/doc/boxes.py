"""Text boxes: their texts stand in a story of their own, their places in lists of anchors (MS-DOC 2.8.30, 2.8.37)."""

import struct
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from common.documents.doc.plc import read_plc
from common.documents.doc.story import Anchored, Text

_BOX_BYTES, _BOX_SHAPE = 22, 14
_ANCHOR_BYTES = 26
_REUSABLE = 8
_ORIGIN = 0x1E  # bx and by of an anchor: does its place count from the page, the margin, the column or the text?


class _Anchor(NamedTuple):
    position: int = 0
    origin: int = 0
    top: int = 0
    left: int = 0


def anchored_boxes(
    text: Text,
    boxes: bytes,
    anchors: bytes,
    groups: Mapping[int, int],
    *,
    story: tuple[int, int],
    anchor_story: tuple[int, int],
) -> list[Anchored]:
    """The boxes whose texts are in `story` (start, end), sorted by the character of `anchor_story` they hang on.

    A box whose anchor is not found hangs on the first character: boxes hold contacts more often than footers.
    """
    places = _anchors(anchors)
    start, end = story
    first_place, last_place = anchor_story[0], max(anchor_story[0], anchor_story[1] - 1)
    found: list[Anchored] = []
    reached = 0
    positions, items = read_plc(boxes, _BOX_BYTES)
    for (first, behind), item in zip(pairwise(positions), items, strict=False):
        shape = int.from_bytes(item[_BOX_SHAPE : _BOX_SHAPE + 4], "little")
        anchor = places.get(shape) or places.get(groups.get(shape, 0)) or _Anchor()
        honest = reached <= first < behind <= end - start
        lines = text.lines(start + first, start + behind) if honest else []
        reached = behind if honest else reached
        if lines and not item[_REUSABLE]:
            found.append(Anchored(min(first_place + anchor.position, last_place), lines, *anchor[1:]))
    return sorted(found, key=lambda box: box.position)


def _anchors(plc: bytes) -> dict[int, _Anchor]:
    positions, items = read_plc(plc, _ANCHOR_BYTES)
    found: dict[int, _Anchor] = {}
    for position, item in zip(positions, items, strict=False):
        shape, left, top, _, _, flags = struct.unpack_from("<IiiiiH", item, 0)
        found[shape] = _Anchor(position, flags & _ORIGIN, top, left)
    return found
