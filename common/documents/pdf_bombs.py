"""Streams of a PDF that unpack to a thousand times their size, found before the engine unpacks them whole.

Deflate packs at most 1032 times. Text and drawings pack 3 to 20 times, so the beginning of a stream tells; images may be one
colour for pages on end, and are unpacked only when they are drawn.
"""

import re
import zlib
from collections.abc import Iterator

MAX_UNPACKED_BYTES = 64 * 1024 * 1024
_SHORTEST = 4096  # unpacks to 4 MB at most
_BEGINNING = 1024
_SUSPICIOUS = 200  # times
_LONGEST_DICTIONARY = 400
_BEGIN, _END = b"stream", b"endstream"
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_CHUNK = 1024 * 1024


def is_bomb(content: bytes) -> bool:
    """Do the suspicious streams unpack to more than MAX_UNPACKED_BYTES together? Counts what really comes out, to there."""
    left = MAX_UNPACKED_BYTES
    for packed in _packed_streams(content):
        beginning = _inflate(packed[:_BEGINNING], _SUSPICIOUS * _BEGINNING)
        if beginning >= _SUSPICIOUS * _BEGINNING:
            left -= _inflate(packed, left)
        if left <= 0:
            return True
    return False


def _packed_streams(content: bytes) -> Iterator[memoryview]:
    """Every long stream that may be packed, from its data's first byte (ISO 32000-1, 7.3.8.1) to its end."""
    whole, place = memoryview(content), 0
    while (begin := content.find(_BEGIN, place)) >= 0:
        end = content.find(_END, begin + len(_BEGIN))
        if end < 0:
            end = len(content)
        start = begin + len(_BEGIN)
        start += 2 if content[start : start + 2] == b"\r\n" else 1
        if end - start >= _SHORTEST and not _IMAGE.search(content, max(0, begin - _LONGEST_DICTIONARY), begin):
            yield whole[start:end]
        place = end + len(_END)


def _inflate(packed: memoryview, most: int) -> int:
    """How many bytes it unpacks to, at most `most`; what is no deflate stream unpacks to nothing."""
    inflater, size, rest = zlib.decompressobj(), 0, bytes(packed)
    try:
        while rest and size < most and not inflater.eof:
            size += len(inflater.decompress(rest, min(_CHUNK, most - size)))
            rest = inflater.unconsumed_tail
    except zlib.error:
        return size
    return size
