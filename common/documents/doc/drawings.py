"""Office drawings: records inside records (MS-ODRAW 2.2.1), walked without recursion."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from common.documents.docx_shapes import Place

Rectangle = tuple[int, int, int, int]

_HEADER_BYTES, _SHAPE_BYTES, _RECTANGLE_BYTES = 8, 8, 16
_CONTAINER = 0xF  # the record version of a record that holds records
_DRAWING_GROUP, _DRAWING, _SHAPE_GROUP = 0xF000, 0xF002, 0xF003
_GROUP_COORDINATES, _SHAPE, _OPTIONS, _CHILD_ANCHOR = 0xF009, 0xF00A, 0xF00B, 0xF00F
_OPTION_NUMBER = 0x3FFF
_DEPTH_OF_GROUPS = 2  # in the drawing, in the group that is the whole drawing
_DEEPEST = 64
_WHOLE = (0.0, 0.0, 1.0, 1.0)


class Record(NamedTuple):
    """`depth` counts the containers around it; `start` and `end` are the place of its body."""

    kind: int
    instance: int
    depth: int
    start: int
    end: int


@dataclass
class Shape:
    """`outermost` is the number of the outermost group around it, its own when it is in none: only that one has an anchor.

    `share` is the part of that group it covers: left, top, width and height as shares of the group's.
    """

    number: int
    outermost: int
    is_group: bool = False
    options: dict[int, int] = field(default_factory=dict)
    share: tuple[float, float, float, float] = _WHOLE

    def inside(self, group: Place) -> Place:
        """Where it is when the outermost group is there."""
        left, top, width, height = self.share
        return replace(
            group,
            left=group.left + left * group.width,
            top=group.top + top * group.height,
            width=width * group.width,
            height=height * group.height,
        )


@dataclass
class _Group:
    end: int
    number: int = 0
    coordinates: Rectangle = (0, 0, 0, 0)
    share: tuple[float, float, float, float] = _WHOLE


def records(content: bytes, start: int, end: int) -> Iterator[Record]:
    """Every record between `start` and `end`, containers before what they hold; stops where a length lies."""
    ends: list[int] = []
    while start + _HEADER_BYTES <= end:
        while ends and start >= ends[-1]:
            ends.pop()
        version, kind, length = struct.unpack_from("<HHI", content, start)
        start += _HEADER_BYTES
        if start + length > end:
            return
        yield Record(kind, version >> 4, len(ends), start, start + length)
        if version & 0xF == _CONTAINER and len(ends) < _DEEPEST:
            ends.append(start + length)
        else:
            start += length


def shapes(drawings: bytes) -> list[Shape]:
    """All of them, in the order of the file."""
    found: list[Shape] = []
    for start, end in _drawing_places(drawings):
        groups: list[_Group] = []
        for record in records(drawings, start, end):
            while groups and record.start >= groups[-1].end:
                groups.pop()
            if record.kind == _SHAPE_GROUP and record.depth >= _DEPTH_OF_GROUPS:
                groups.append(_Group(record.end))
            elif record.kind == _GROUP_COORDINATES and groups:
                groups[-1].coordinates = _rectangle(drawings, record)
            elif record.kind == _SHAPE and record.end - record.start >= _SHAPE_BYTES:
                found.append(_shape(drawings, record, groups))
            elif record.kind == _OPTIONS and found:
                found[-1].options.update(_options(drawings, record))
            elif record.kind == _CHILD_ANCHOR and found and groups:
                _place_in_group(found[-1], _rectangle(drawings, record), groups)
    return found


def _shape(drawings: bytes, record: Record, groups: list[_Group]) -> Shape:
    number, flags = struct.unpack_from("<II", drawings, record.start)
    if groups and not groups[0].number:
        groups[0].number = number
    return Shape(number, groups[0].number if groups else number, is_group=bool(flags & 1))


def _place_in_group(shape: Shape, rectangle: Rectangle, groups: list[_Group]) -> None:
    """A group's own shape is measured by the group around it, the others by the group they are in."""
    around = groups[:-1] if shape.is_group else groups
    if not around:
        return
    left, top, right, bottom = around[-1].coordinates
    width, height = right - left, bottom - top
    if width > 0 and height > 0:
        outer_left, outer_top, outer_width, outer_height = around[-1].share
        shape.share = (
            outer_left + (rectangle[0] - left) / width * outer_width,
            outer_top + (rectangle[1] - top) / height * outer_height,
            (rectangle[2] - rectangle[0]) / width * outer_width,
            (rectangle[3] - rectangle[1]) / height * outer_height,
        )
    if shape.is_group:
        groups[-1].share = shape.share


def _rectangle(content: bytes, record: Record) -> Rectangle:
    """Left, top, right, bottom, in units of the group's own choice."""
    if record.end - record.start < _RECTANGLE_BYTES:
        return (0, 0, 0, 0)
    left, top, right, bottom = struct.unpack_from("<4i", content, record.start)
    return (left, top, right, bottom)


def _options(content: bytes, record: Record) -> dict[int, int]:
    """Number → value, for those that are one number (MS-ODRAW 2.2.7)."""
    end = min(record.end, record.start + 6 * record.instance)
    places = range(record.start, end - 5, 6)
    pairs = (struct.unpack_from("<HI", content, place) for place in places)
    return {number & _OPTION_NUMBER: value for number, value in pairs}


def _drawing_places(drawings: bytes) -> Iterator[tuple[int, int]]:
    """The group of all drawings, then each drawing behind one byte that says whether it is the body's (MS-DOC 2.9.172)."""
    start = 0
    while start + _HEADER_BYTES <= len(drawings):
        _, kind, length = struct.unpack_from("<HHI", drawings, start)
        if kind not in (_DRAWING_GROUP, _DRAWING):
            return
        end = min(start + _HEADER_BYTES + length, len(drawings))
        if kind == _DRAWING:
            yield start, end
        start = end + 1
