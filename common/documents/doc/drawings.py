"""Office drawings: records inside records (MS-ODRAW 2.2.1), walked without recursion."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_HEADER_BYTES = 8
_CONTAINER = 0xF  # the record version of a record that holds records
_DRAWING_GROUP, _DRAWING, _SHAPE_GROUP, _SHAPE, _OPTIONS = 0xF000, 0xF002, 0xF003, 0xF00A, 0xF00B
_OPTION_NUMBER = 0x3FFF
_DEPTH_OF_GROUPS = 2  # in the drawing, in the group that is the whole drawing
_DEEPEST = 64


@dataclass(frozen=True)
class Record:
    """`depth` counts the containers around it; `start` and `end` are the place of its body."""

    kind: int
    instance: int
    depth: int
    start: int
    end: int


@dataclass(frozen=True)
class Shape:
    """`outermost` is the number of the outermost group around it, its own when it is in none: only that one has an anchor."""

    number: int
    outermost: int
    options: dict[int, int]


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
        group, group_end = 0, start
        for record in records(drawings, start, end):
            if record.kind == _SHAPE_GROUP and record.depth == _DEPTH_OF_GROUPS:
                group, group_end = 0, record.end
            elif record.kind == _SHAPE:
                number = int.from_bytes(drawings[record.start : record.start + 4], "little")
                group = (group or number) if record.start < group_end else number
                found.append(Shape(number, group, {}))
            elif record.kind == _OPTIONS and found:
                found[-1].options.update(_options(drawings, record))
    return found


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
