"""Formatted pages ("FKP"): 512-byte pages that say which bytes of the text have which properties (MS-DOC 2.9.33, 2.9.23)."""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from common.documents.doc.fib import Fib
from common.documents.doc.plc import read_plc
from common.documents.doc.sprms import ELSEWHERE, PARAGRAPH_STYLE, Properties, read_properties

_PAGE_BYTES = 512
_PAGE_NUMBER = 0x3FFFFF


@dataclass
class ByteRuns:
    """Runs of the main stream's bytes with their properties, rising, none overlapping another."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    properties: list[Properties] = field(default_factory=list)

    def at(self, offset: int) -> Properties:
        place = self.first(offset)
        return self.properties[place] if place >= 0 and offset < self.ends[place] else {}

    def first(self, offset: int) -> int:
        """The index of the run that holds `offset`, or of the last one before it; -1 if there is none."""
        return bisect_right(self.starts, offset) - 1


def paragraph_runs(fib: Fib, main: bytes, blobs: bytes) -> ByteRuns:
    """A paragraph's own properties; the style's number is among them."""
    known: dict[bytes, Properties] = {}

    def properties(page: bytes, place: int) -> Properties:
        content = _paragraph_list(page, place)
        if content not in known:
            known[content] = _paragraph_properties(content, fib, blobs)
        return known[content]

    item_bytes = 13 if fib.is_97 else 7
    return _in_order(
        (start, end, properties(page, page[item] * 2) if page[item] else {})
        for page in _pages(fib.part("paragraphs"), main, is_97=fib.is_97)
        for start, end, item in _items(page, item_bytes)
    )


def character_runs(fib: Fib, main: bytes) -> ByteRuns:
    known: dict[bytes, Properties] = {}

    def properties(page: bytes, place: int) -> Properties:
        content = page[place + 1 : place + 1 + page[place]]
        if content not in known:
            known[content] = read_properties(content, is_97=fib.is_97)
        return known[content]

    return _in_order(
        (start, end, properties(page, page[item] * 2) if page[item] else {})
        for page in _pages(fib.part("characters"), main, is_97=fib.is_97)
        for start, end, item in _items(page, 1)
    )


def _pages(plc: bytes, main: bytes, *, is_97: bool) -> Iterator[bytes]:
    """Each page once, however often a damaged list names it."""
    seen: set[int] = set()
    _, items = read_plc(plc, 4 if is_97 else 2)
    for item in items:
        number = int.from_bytes(item, "little") & _PAGE_NUMBER
        page = main[number * _PAGE_BYTES : (number + 1) * _PAGE_BYTES]
        if number not in seen and len(page) == _PAGE_BYTES:
            seen.add(number)
            yield page


def _items(page: bytes, item_bytes: int) -> Iterator[tuple[int, int, int]]:
    """(first byte, byte behind the last, place of its item in the page) of each run."""
    count = page[-1]
    if 4 * (count + 1) + item_bytes * count >= _PAGE_BYTES:
        return
    offsets = struct.unpack_from(f"<{count + 1}I", page, 0)
    for n in range(count):
        yield offsets[n], offsets[n + 1], 4 * (count + 1) + item_bytes * n


def _paragraph_list(page: bytes, place: int) -> bytes:
    words = page[place]
    if words:
        return page[place + 1 : place + 2 * words]
    return page[place + 2 : place + 2 + 2 * page[place + 1]] if place + 1 < _PAGE_BYTES else b""


def _paragraph_properties(content: bytes, fib: Fib, blobs: bytes) -> Properties:
    style = int.from_bytes(content[:2], "little")
    own = read_properties(content[2:], is_97=fib.is_97)
    for number in ELSEWHERE & own.keys():
        place = own[number]
        length = int.from_bytes(blobs[place : place + 2], "little")
        own = {**own, **read_properties(blobs[place + 2 : place + 2 + length], is_97=True)}
    return {PARAGRAPH_STYLE: style, **own}


def _in_order(runs: Iterator[tuple[int, int, Properties]]) -> ByteRuns:
    ordered = ByteRuns()
    for start, end, properties in sorted(runs, key=lambda run: run[0]):
        if start < end and (not ordered.ends or start >= ordered.ends[-1]):
            ordered.starts.append(start)
            ordered.ends.append(end)
            ordered.properties.append(properties)
    return ordered
