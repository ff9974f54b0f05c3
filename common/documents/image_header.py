"""Width and height of a PNG, JPEG or WebP from its header alone, so that a pixel bomb is refused before decoding."""

import struct
from typing import Literal

from common.errors import FileDamaged

ImageKind = Literal["png", "jpeg", "webp"]

_FRAME_HEADERS = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # SOF markers, JPEG (ITU T.81) table B.1
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})


def image_size(content: bytes, kind: ImageKind) -> tuple[int, int]:
    """(width, height) in pixels as stored, before any EXIF rotation. Raises FileDamaged."""
    try:
        width, height = {"png": _png, "jpeg": _jpeg, "webp": _webp}[kind](content)
    except (struct.error, IndexError) as error:
        raise FileDamaged(reason="image_header") from error
    if width < 1 or height < 1:
        raise FileDamaged(reason="image_size")
    return width, height


def _png(content: bytes) -> tuple[int, int]:
    if content[12:16] != b"IHDR":
        raise FileDamaged(reason="image_header")
    width, height = struct.unpack_from(">II", content, 16)
    return width, height


def _jpeg(content: bytes) -> tuple[int, int]:
    place = 2
    while True:
        if content[place] != 0xFF:
            raise FileDamaged(reason="image_header")
        marker = content[place + 1]
        if marker == 0xFF:
            place += 1
        elif marker in _STANDALONE:
            place += 2
        elif marker in _FRAME_HEADERS:
            height, width = struct.unpack_from(">HH", content, place + 5)
            return width, height
        else:
            place += 2 + max(2, struct.unpack_from(">H", content, place + 2)[0])


def _webp(content: bytes) -> tuple[int, int]:
    """RIFF container: lossy (VP8), lossless (VP8L) or extended (VP8X) first chunk."""
    chunk = content[12:16]
    if chunk == b"VP8X":
        return _uint24(content, 24) + 1, _uint24(content, 27) + 1
    if chunk == b"VP8L":
        bits = struct.unpack_from("<I", content, 21)[0]
        return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    if chunk == b"VP8 ":
        width, height = struct.unpack_from("<HH", content, 26)
        return width & 0x3FFF, height & 0x3FFF
    raise FileDamaged(reason="image_header")


def _uint24(content: bytes, place: int) -> int:
    return content[place] | content[place + 1] << 8 | content[place + 2] << 16
