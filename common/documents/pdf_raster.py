"""A PDF page as a grey PNG small enough for OCR. Written with zlib alone: no imaging library is needed for it."""

import struct
import zlib
from typing import Any

from common.documents.limits import MAX_OCR_IMAGE_BYTES

_DPI = 150
_MAX_WIDTH_PX, _MAX_HEIGHT_PX = 2500, 3600
_SMALLEST_SIDE_PX = 50
_INK_SPREAD = 24  # the darkest and the lightest pixel of a page with something on it differ by more than this
_SMALLER = 0.8


def page_png(page: Any) -> bytes | None:
    """150 dpi, at most 2500 x 3600 px and under 2 MB; None for a page with nothing drawn on it."""
    width_pt, height_pt = page.get_size()
    scale = min(_DPI / 72, _MAX_WIDTH_PX / max(width_pt, 1), _MAX_HEIGHT_PX / max(height_pt, 1))
    while True:
        bitmap = page.render(scale=scale, grayscale=True)
        width, height, stride = bitmap.width, bitmap.height, bitmap.stride
        content = bytes(bitmap.buffer)
        bitmap.close()
        rows = [content[y * stride : y * stride + width] for y in range(height)]
        if is_blank(rows):
            return None
        png = grey_png(rows)
        if len(png) <= MAX_OCR_IMAGE_BYTES or min(width, height) <= _SMALLEST_SIDE_PX:
            return png
        scale *= _SMALLER


def is_blank(rows: list[bytes]) -> bool:
    """Nothing but one shade, give or take a little."""
    paper = rows[0][0] if rows and rows[0] else 255
    shades = bytes(range(max(0, paper - _INK_SPREAD), min(255, paper + _INK_SPREAD) + 1))
    return not any(row.translate(None, shades) for row in rows)


def grey_png(rows: list[bytes]) -> bytes:
    """8-bit grey rows of equal length → PNG (ISO/IEC 15948)."""
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 0, 0, 0, 0)
    scanlines = b"".join(b"\0" + row for row in rows)
    chunks = (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(scanlines, 6)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(tag: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + tag + content + struct.pack(">I", zlib.crc32(tag + content))
