"""Mini-program codes (getwxacodeunlimit): a picture, or JSON that says what is wrong."""

from __future__ import annotations

import struct
import zlib
from typing import Any

from scripts.local_cloud.fakes.wechat.errors import WeChatError

VISIBLE = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!#$&'()*+,/:;=?@-._~")
LONGEST_SCENE = 32
WIDTHS = range(280, 1281)
VERSIONS = ("release", "trial", "develop")
MODULES = 37


def draw(body: dict[str, Any], pages: list[str] | None) -> bytes:
    """A PNG of `width` pixels. Raises 40169, 41030, 40097. `pages` are those of the released version, None for any."""
    scene, page, width = body.get("scene"), body.get("page", "pages/index/index"), body.get("width", 430)
    if not isinstance(scene, str) or not 1 <= len(scene) <= LONGEST_SCENE or not set(scene) <= VISIBLE:
        raise WeChatError(40169)
    if body.get("env_version", "release") not in VERSIONS or not isinstance(width, int) or width not in WIDTHS:
        raise WeChatError(40097)
    if not isinstance(page, str) or page.startswith("/") or "?" in page:
        raise WeChatError(41030)
    if body.get("check_path", True) and pages is not None and page not in pages:
        raise WeChatError(41030)
    return _png(f"{page}?{scene}".encode(), width)


def _png(seed: bytes, width: int) -> bytes:
    """Squares that follow from what the code says: the same code is the same picture. Nobody can scan it."""
    bits = b"".join(zlib.crc32(seed + bytes([row])).to_bytes(4, "big") * 2 for row in range(MODULES))
    rows = []
    for y in range(width):
        row = y * MODULES // width
        cells = bits[row * 8 : row * 8 + 8]
        dark = [cells[x * MODULES // width // 8] >> (x * MODULES // width % 8) & 1 for x in range(width)]
        rows.append(b"\0" + bytes(0 if cell else 255 for cell in dark))
    header = struct.pack(">IIBBBBB", width, width, 8, 0, 0, 0, 0)
    image = zlib.compress(b"".join(rows), 6)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", image) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
