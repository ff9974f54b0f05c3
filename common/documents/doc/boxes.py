"""Text boxes: their texts stand in a story of their own, their places in lists of anchors (MS-DOC 2.8.30, 2.8.37)."""

import struct
from collections.abc import Mapping
from itertools import pairwise

from common.documents.doc.drawings import Shape
from common.documents.doc.plc import read_plc
from common.documents.doc.story import Anchored, Text
from common.documents.docx_boxes import TextBox
from common.documents.docx_shapes import Origin, Place

_BOX_BYTES, _BOX_SHAPE = 22, 14
_ANCHOR_BYTES = 26
_REUSABLE = 8
_TWIPS = 20
_ORIGINS: tuple[Origin, ...] = ("margin", "page", "text", "text")

Anchors = Mapping[int, tuple[int, Place]]


def read_anchors(plc: bytes) -> Anchors:
    """Number of a shape → the character it hangs on, counted from the start of its story, and its place."""
    positions, items = read_plc(plc, _ANCHOR_BYTES)
    found: dict[int, tuple[int, Place]] = {}
    for position, item in zip(positions, items, strict=False):
        shape, left, top, right, bottom, flags = struct.unpack_from("<IiiiiH", item, 0)
        sides = (left / _TWIPS, top / _TWIPS, (right - left) / _TWIPS, (bottom - top) / _TWIPS)
        found[shape] = position, Place(*sides, left_of=_ORIGINS[flags >> 1 & 3], top_of=_ORIGINS[flags >> 3 & 3])
    return found


def anchored_boxes(
    text: Text,
    boxes: bytes,
    anchors: Anchors,
    shapes: Mapping[int, Shape],
    *,
    story: tuple[int, int],
    anchor_story: tuple[int, int],
) -> list[Anchored]:
    """The boxes whose texts are in `story` (start, end), sorted by the character of `anchor_story` they hang on.

    A box whose anchor is not found hangs on the first character: boxes hold contacts more often than footers.
    """
    start, end = story
    first_place, last_place = anchor_story[0], max(anchor_story[0], anchor_story[1] - 1)
    found: list[Anchored] = []
    reached = 0
    positions, items = read_plc(boxes, _BOX_BYTES)
    for (first, behind), item in zip(pairwise(positions), items, strict=False):
        if not reached <= first < behind <= end - start or item[_REUSABLE]:
            continue
        reached = behind
        lines = text.lines(start + first, start + behind)
        position, place = _anchor(int.from_bytes(item[_BOX_SHAPE : _BOX_SHAPE + 4], "little"), anchors, shapes)
        if lines:
            box = TextBox(tuple(lines), place, page=1, above=0)
            found.append(Anchored(min(first_place + position, last_place), box))
    return sorted(found, key=lambda anchored: anchored.position)


def _anchor(number: int, anchors: Anchors, shapes: Mapping[int, Shape]) -> tuple[int, Place | None]:
    shape = shapes.get(number)
    outermost = shape.outermost if shape else number
    if outermost not in anchors:
        return anchors.get(number, (0, None))
    position, place = anchors[outermost]
    return position, shape.inside(place) if shape else place
