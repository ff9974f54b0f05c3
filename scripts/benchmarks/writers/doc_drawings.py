"""The drawings of a Word file: text boxes and floating pictures as Office shapes (MS-ODRAW), and their anchors."""

import struct
from collections.abc import Mapping, Sequence

from scripts.benchmarks.writers.doc_text import Box, Picture

_FIRST_SHAPE = 0x401
_GROUPED = 0x200
_TEXT_BOX, _PICTURE_FRAME = 202, 75
_FROM_PAGE, _OVER_TEXT = 1 << 1 | 1 << 3, 3 << 5


def shape_number(index: int) -> int:
    """Boxes first, then pictures."""
    return _FIRST_SHAPE + index


def box_number(index: int, box: Box) -> int:
    """The number of the shape that holds the text."""
    return shape_number(index) + (_GROUPED if box.grouped else 0)


def drawing_group(boxes: Sequence[Box], pictures: Sequence[Picture], picture_places: Sequence[int]) -> bytes:
    """What fcDggInfo points to. `picture_places` are where each picture's record stands in the main stream."""
    count = len(boxes) + len(pictures)
    block = struct.pack("<6I", _FIRST_SHAPE + count, 2, count + 1, 1, 1, count + 2)
    entries = [_store_entry(picture, place) for picture, place in zip(pictures, picture_places, strict=True)]
    store = _record(0xF001, b"".join(entries), version=0xF, instance=len(entries)) if entries else b""
    shapes = [_box_shape(n, box) for n, box in enumerate(boxes)]
    shapes += [_picture_shape(n, len(boxes)) for n in range(len(pictures))]
    page = _shape(struct.pack("<4I", 0, 0, 0, 0), 0x400, 0, 0x5, b"")
    drawing = _record(0xF008, struct.pack("<2I", count + 1, _FIRST_SHAPE + count), instance=1)
    drawing += _record(0xF003, page + b"".join(shapes), version=0xF)
    return _record(0xF000, _record(0xF006, block) + store, version=0xF) + b"\0" + _record(0xF002, drawing, version=0xF)


def anchors(boxes: Sequence[Box], pictures: Sequence[Picture], positions: Mapping[int, int], body_end: int) -> bytes:
    """The list of anchors; `positions`: shape index → character of the body it hangs on."""
    shapes: list[Box | Picture] = [*boxes, *pictures]
    order = sorted(range(len(shapes)), key=positions.__getitem__)
    items = b"".join(_anchor(shapes[n], shape_number(n)) for n in order)
    return struct.pack(f"<{len(order) + 1}I", *(positions[n] for n in order), body_end) + items


def picture_record(picture: Picture) -> bytes:
    """The picture itself as a record: an identity of 16 bytes, a tag, the file."""
    kind, instance = (0xF01E, 0x6E0) if picture.is_png else (0xF01D, 0x46A)
    return _record(kind, bytes(16) + b"\xff" + picture.content, instance=instance)


def inline_picture(picture: Picture) -> bytes:
    """A picture that stands in the text like a character, for the stream "Data" (MS-DOC 2.9.190)."""
    shape = _record(0xF004, _record(0xF00A, struct.pack("<2I", 0x400, 0xA00), version=2, instance=75), version=0xF)
    entry = _store_entry(picture, 0xFFFFFFFF, embedded=picture_record(picture))
    size = struct.pack("<HHHH", picture.width * 20, picture.height * 20, 1000, 1000)
    head = struct.pack("<HHHHH", 0x44, 0x64, 0, 0, 0) + bytes(14) + size
    head = head.ljust(0x44 - 4, b"\0")
    return struct.pack("<I", 4 + len(head) + len(shape) + len(entry)) + head + shape + entry


def _record(kind: int, body: bytes, *, version: int = 0, instance: int = 0) -> bytes:
    return struct.pack("<HHI", version | instance << 4, kind, len(body)) + body


def _store_entry(picture: Picture, place: int, embedded: bytes = b"") -> bytes:
    kind = 6 if picture.is_png else 5
    size = len(picture_record(picture))
    body = struct.pack("<BB16xHIII4x", kind, kind, 0xFF, size, 1, place)
    return _record(0xF007, body + embedded, version=2, instance=kind)


def _box_shape(index: int, box: Box) -> bytes:
    """In a group, the group has the number that the anchor names, and the box one of its own."""
    text = _record(0xF00D, struct.pack("<I", index + 1 << 16))
    options = struct.pack("<HI", 0x80, index + 1 << 16)
    shape = _shape(b"", box_number(index, box), _TEXT_BOX, 0xA02 if box.grouped else 0xA00, options, text)
    if not box.grouped:
        return shape
    corners = struct.pack("<4i", 0, 0, 20 * box.width, 20 * box.height)
    return _record(0xF003, _shape(corners, shape_number(index), 0, 0x201, b"") + shape, version=0xF)


def _picture_shape(index: int, boxes: int) -> bytes:
    return _shape(b"", shape_number(boxes + index), _PICTURE_FRAME, 0xA00, struct.pack("<HI", 0x4104, index + 1))


def _shape(group: bytes, number: int, kind: int, flags: int, options: bytes, text: bytes = b"") -> bytes:
    body = _record(0xF009, group, version=1) if group else b""
    body += _record(0xF00A, struct.pack("<2I", number, flags), version=2, instance=kind)
    if options:
        body += _record(0xF00B, options, version=3, instance=len(options) // 6)
        body += _record(0xF010, bytes(4)) + _record(0xF011, struct.pack("<I", 1)) + text
    return _record(0xF004, body, version=0xF)


def _anchor(shape: Box | Picture, number: int) -> bytes:
    from_margin = isinstance(shape, Box) and shape.from_margin
    flags = _OVER_TEXT | (0 if from_margin else _FROM_PAGE)
    corners = (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)
    return struct.pack("<I4iHI", number, *(20 * corner for corner in corners), flags, 0)
