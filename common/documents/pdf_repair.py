"""A PDF that lost its end (a broken download) gets a new index, so that the pages that are there can be read.

The index of a PDF stands at its end. Objects are found by their headers; those inside object streams, which newer programs
write, are unpacked and appended; a page tree is made up when the old one is gone. ISO 32000-1, 7.5.
"""

import re
import zlib
from collections.abc import Iterator

_MAX_OBJECTS = 20_000
_MAX_UNPACKED_BYTES = 32 * 1024 * 1024
_HEADER = re.compile(rb"(?<![0-9])([0-9]{1,7}) ([0-9]{1,5}) obj\b")
_OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm\b")
_NUMBER = rb"\s*/%s\s+([0-9]{1,7})\b"
_STREAM = re.compile(rb"\bstream\r?\n")
_PAGE = re.compile(rb"/Type\s*/Page\b")
_CATALOGUE = re.compile(rb"/Type\s*/Catalog\b")
_PAGES = re.compile(rb"/Pages\s+([0-9]+) 0 R")
_PARENT = re.compile(rb"/Parent\s+[0-9]+ [0-9]+ R")
_ENCRYPTED = re.compile(rb"/Encrypt\s+[0-9]+ [0-9]+ R")


def with_new_index(content: bytes) -> bytes | None:
    """The file with its objects listed again; None when it has no pages, or is encrypted and lost its key's place.

    Bounded: objects, unpacked bytes. Never raises for what the file holds.
    """
    if _ENCRYPTED.search(content):
        return None
    bodies = {int(found[1]): (found.start(), content[found.end() : found.end() + 600]) for found in _headers(content)}
    repaired = bytearray(content + b"\n")
    unpacked: dict[int, bytes] = {}
    for start, head in list(bodies.values()):
        if _OBJECT_STREAM.search(head.split(b"stream", 1)[0]):
            left = _MAX_UNPACKED_BYTES - sum(map(len, unpacked.values()))
            unpacked.update(_unpacked(content, start, head, left) if left > 0 else {})
    places = {number: start for number, (start, _) in bodies.items()}
    for number, body in unpacked.items():
        places[number] = len(repaired)
        repaired += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    heads = {number: head.split(b"endobj", 1)[0] for number, (_, head) in bodies.items()} | unpacked
    root = _root(heads, places, repaired)
    return None if root is None else bytes(repaired + _index(places, root, len(repaired)))


def _headers(content: bytes) -> Iterator[re.Match[bytes]]:
    for count, found in enumerate(_HEADER.finditer(content)):
        if count >= _MAX_OBJECTS:
            return
        yield found


def _unpacked(content: bytes, start: int, head: bytes, most_bytes: int) -> dict[int, bytes]:
    """The objects of a compressed object stream (7.5.7), as far as it goes; nothing for one made differently."""
    first, stream = re.search(_NUMBER % b"First", head), _STREAM.search(content, start)
    if not first or not stream:
        return {}
    end = content.find(b"endstream", stream.end())
    try:
        body = zlib.decompressobj().decompress(content[stream.end() : end if end > 0 else None], most_bytes)
    except zlib.error:
        return {}
    offset = int(first[1])
    numbers = [int(number) for number in re.findall(rb"[0-9]+", body[:offset])][: 2 * _MAX_OBJECTS]
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    ends = [place for _, place in pairs[1:]] + [len(body) - offset]
    return {number: body[offset + place : offset + end] for (number, place), end in zip(pairs, ends, strict=True)}


def _root(heads: dict[int, bytes], places: dict[int, int], repaired: bytearray) -> int | None:
    """The catalogue's number; where it or its page tree is lost, a new one over all pages in their order in the file."""
    for number, head in heads.items():
        tree = _PAGES.search(head) if _CATALOGUE.search(head) else None
        if tree and int(tree[1]) in places:
            return number
    pages = sorted((number for number, head in heads.items() if _PAGE.search(head)), key=places.__getitem__)
    if not pages:
        return None
    root = max(places) + 1
    listed = b" ".join(b"%d 0 R" % number for number in pages)
    for number, body in (
        (root, b"<</Type/Catalog/Pages %d 0 R>>" % (root + 1)),
        (root + 1, b"<</Type/Pages/MediaBox[0 0 595 842]/Count %d/Kids[%s]>>" % (len(pages), listed)),
    ):
        places[number] = len(repaired)
        repaired += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return root


def _index(places: dict[int, int], root: int, start: int) -> bytes:
    """A cross-reference table (7.5.4) and trailer."""
    sections = b"".join(b"%d 1\n%010d 00000 n \n" % item for item in sorted(places.items()))
    trailer = b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (max(places) + 1, root, start)
    return b"xref\n0 1\n0000000000 65535 f \n" + sections + trailer
