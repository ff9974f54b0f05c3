"""Whether the bytes that came are the object: its length can be right while half of it is missing."""

import hashlib
from collections.abc import Mapping
from typing import Any

from common.errors import VendorReplyInvalid


def check_whole(content: bytes, headers: Mapping[str, Any]) -> None:
    """Raises VendorReplyInvalid, which is worth another try: the next answer may be whole.

    The ETag of an object that was put in one piece is its MD5 (cloud.tencent.com/document/product/436/7749); of others it is
    anything. CRC-64 is told of every object and decides; it comes second, as it takes 0.12 s a megabyte without its C extension.
    """
    told = {str(name).lower(): str(value) for name, value in headers.items()}
    crc64 = told.get("x-cos-hash-crc64ecma")
    if told.get("etag", "").strip('"') == hashlib.md5(content, usedforsecurity=False).hexdigest() or crc64 is None:
        return
    if crc64 != str(_crc64(content)):
        raise VendorReplyInvalid(reason="crc64", delivered="unknown")


def _crc64(content: bytes) -> int:
    from crcmod import mkCrcFun

    return int(mkCrcFun(0x142F0E1EBA9EA3693, initCrc=0, xorOut=0xFFFFFFFFFFFFFFFF, rev=True)(content))
