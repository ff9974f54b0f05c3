"""The pictures of a Word file: floating ones from the drawing's store, those in the text from the stream "Data"."""

import struct
from collections.abc import Callable, Iterator, Sequence

from common.documents.doc.boxes import Anchors
from common.documents.doc.drawings import Record, Shape, records
from common.documents.portrait import NO_CROP, Picture

_STORE_ENTRY, _JPEG, _PNG, _BITMAP, _JPEG_CMYK = 0xF007, 0xF01D, 0xF01E, 0xF01F, 0xF02A
_ENTRY_BYTES, _NO_PLACE = 36, 0xFFFFFFFF
_SHOWN, _FILLED_WITH = 0x104, 0x186  # options of a shape that name a picture of the store, counted from 1
_CROPS = (0x102, 0x100, 0x103, 0x101)  # left, top, right, bottom
_TURNED = 0x004
_FIXED_POINT = 65536
_TWIPS = 20
_INLINE_HEAD, _INLINE_NAMED = 0x44, 0x66
_MOST = 40


def floating_pictures(drawings: bytes, anchors: Anchors, shapes: Sequence[Shape], main: bytes) -> Iterator[Picture]:
    """Those that a shape shows, as large as the shape is."""
    wanted = [shape for shape in shapes if _number(shape)][:_MOST]
    entries = (
        [record for record in records(drawings, 0, len(drawings)) if record.kind == _STORE_ENTRY] if wanted else []
    )
    for shape in wanted:
        number = _number(shape)
        content = _of_entry(drawings, entries[number - 1], main) if number <= len(entries) else b""
        if content:
            crop = tuple(shape.options.get(option, 0) / _FIXED_POINT for option in _CROPS)
            sane = all(0 <= side < 1 for side in crop) and crop[0] + crop[2] < 1 and crop[1] + crop[3] < 1
            turned = round(shape.options.get(_TURNED, 0) / _FIXED_POINT / 90) * 90 % 360
            yield Picture(
                content,
                shown_pt=_size(shape, anchors),
                crop=(crop[0], crop[1], crop[2], crop[3]) if sane else NO_CROP,
                turned=turned,
            )


def inline_pictures(places: Sequence[int], blobs: Callable[[], bytes]) -> Iterator[Picture]:
    """`places` are those in the stream "Data" (MS-DOC 2.9.190)."""
    for place in places[:_MOST]:
        content = blobs()
        head = content[place : place + _INLINE_HEAD]
        if len(head) < _INLINE_HEAD:
            continue
        length, head_bytes, kind = struct.unpack_from("<IHH", head, 0)
        width, height, wider, higher = struct.unpack_from("<4H", head, 0x1C)
        start, end = place + head_bytes, min(place + length, len(content))
        if kind == _INLINE_NAMED and start < end:
            start += 1 + content[start]
        for record in records(content, start, end):
            found = _of_entry(content, record, b"") if record.kind == _STORE_ENTRY else b""
            if found:
                shown = (width * wider / 1000 / _TWIPS, height * higher / 1000 / _TWIPS)
                yield Picture(found, shown_pt=shown if min(shown) > 0 else None)


def _number(shape: Shape) -> int:
    return shape.options.get(_SHOWN) or shape.options.get(_FILLED_WITH, 0)


def _size(shape: Shape, anchors: Anchors) -> tuple[float, float] | None:
    if shape.outermost not in anchors:
        return None
    place = shape.inside(anchors[shape.outermost][1])
    return (place.width, place.height) if min(place.width, place.height) > 0 else None


def _of_entry(content: bytes, entry: Record, delayed: bytes) -> bytes:
    """The picture of an entry of the store: behind the entry itself, else where it points in `delayed` (MS-ODRAW 2.2.32)."""
    if entry.end - entry.start < _ENTRY_BYTES:
        return b""
    place, name_bytes = struct.unpack_from("<IxB", content, entry.start + 28)
    start = entry.start + _ENTRY_BYTES + name_bytes
    found = next(records(content, start, entry.end), None)
    if found is None and place != _NO_PLACE:
        content = delayed
        found = next(records(content, place, len(content)), None)
    return _content(content, found) if found else b""


def _content(content: bytes, record: Record) -> bytes:
    """A PNG, JPEG or BMP; empty for drawings (EMF, WMF, PICT). Behind one or two identities of 16 bytes and a tag."""
    start = record.start + 16 * (1 + record.instance % 2) + 1
    if record.kind in (_JPEG, _PNG, _JPEG_CMYK):
        return content[start : record.end]
    return _with_file_header(content[start : record.end]) if record.kind == _BITMAP else b""


def _with_file_header(bitmap: bytes) -> bytes:
    if len(bitmap) < 40:
        return b""
    head, depth, compression, colours = struct.unpack_from("<I10xHI12xI", bitmap, 0)
    palette = 4 * (colours or (1 << depth if depth <= 8 else 0)) + (12 if compression == 3 else 0)
    return b"BM" + struct.pack("<IHHI", 14 + len(bitmap), 0, 0, min(14 + head + palette, 14 + len(bitmap))) + bitmap
