"""Office drawings: records inside records (MS-ODRAW 2.2.1), walked without recursion."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_HEADER_BYTES = 8
_CONTAINER = 0xF  # the record version of a record that holds records
_DRAWING_GROUP, _DRAWING, _SHAPE_GROUP, _SHAPE = 0xF000, 0xF002, 0xF003, 0xF00A
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


def outermost_shapes(drawings: bytes) -> dict[int, int]:
    """Number of each shape → number of the outermost group it is in (itself when alone): only that one has an anchor."""
    found: dict[int, int] = {}
    for start, end in _drawing_places(drawings):
        group, group_end = 0, start
        for record in records(drawings, start, end):
            if record.kind == _SHAPE_GROUP and record.depth == _DEPTH_OF_GROUPS:
                group, group_end = 0, record.end
            elif record.kind == _SHAPE:
                number = int.from_bytes(drawings[record.start : record.start + 4], "little")
                group = (group or number) if record.start < group_end else number
                found[number] = group
    return found


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
