"""Formatted pages ("FKP"): 512-byte pages that say which bytes of the text have which properties (MS-DOC 2.9.33, 2.9.23)."""

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
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

    def add(self, start: int, end: int, properties: Properties) -> None:
        """Left out when it is empty or starts inside the run before it, as only damaged files have them."""
        last = self.ends[-1] if self.ends else 0
        if start >= end or start < last:
            return
        if start == last and self.ends and self.properties[-1] is properties:
            self.ends[-1] = end
            return
        self.starts.append(start)
        self.ends.append(end)
        self.properties.append(properties)

    def at(self, offset: int) -> Properties:
        place = self.first(offset)
        return self.properties[place] if place >= 0 and offset < self.ends[place] else {}

    def first(self, offset: int) -> int:
        """The index of the run that holds `offset`, or of the last one before it; -1 if there is none."""
        return bisect_right(self.starts, offset) - 1


def paragraph_runs(fib: Fib, main: bytes, blobs: Callable[[], bytes]) -> ByteRuns:
    """A paragraph's own properties; the style's number is among them. `blobs` is the stream "Data", asked for when needed."""

    def list_in(page: bytes, place: int) -> bytes:
        words = page[place]
        if words:
            return page[place + 1 : place + 2 * words]
        return page[place + 2 : place + 2 + 2 * page[place + 1]]

    def read(content: bytes) -> Properties:
        return _paragraph_properties(content, blobs, is_97=fib.is_97)

    pages = _pages(fib.part("paragraphs"), main, is_97=fib.is_97)
    return _in_order(pages, 13 if fib.is_97 else 7, list_in, read)


def character_runs(fib: Fib, main: bytes) -> ByteRuns:
    def list_in(page: bytes, place: int) -> bytes:
        return page[place + 1 : place + 1 + page[place]]

    def read(content: bytes) -> Properties:
        return read_properties(content, is_97=fib.is_97)

    return _in_order(_pages(fib.part("characters"), main, is_97=fib.is_97), 1, list_in, read)


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
    """(first byte, byte behind the last, place of its list in the page or 0) of each run."""
    count = page[-1]
    first_item = 4 * (count + 1)
    if first_item + item_bytes * count >= _PAGE_BYTES:
        return
    offsets = struct.unpack_from(f"<{count + 1}I", page, 0)
    places = page[first_item : first_item + item_bytes * count : item_bytes]
    for start, end, place in zip(offsets, offsets[1:], places, strict=False):
        yield start, end, 2 * place


def _in_order(
    pages: Iterator[bytes], item_bytes: int, list_in: Callable[[bytes, int], bytes], read: Callable[[bytes], Properties]
) -> ByteRuns:
    """Equal properties are one object, and neighbours that share it one run."""
    known: dict[bytes, Properties] = {b"": {}}
    equal: dict[frozenset[tuple[int, int]], Properties] = {frozenset(): known[b""]}
    found: list[tuple[int, int, bytes]] = []
    for page in pages:
        in_page: dict[int, bytes] = {}
        for start, end, place in _items(page, item_bytes):
            content = in_page.get(place)
            if content is None:
                content = in_page[place] = list_in(page, place) if 0 < place < _PAGE_BYTES - 1 else b""
                if content not in known:
                    properties = read(content)
                    known[content] = equal.setdefault(frozenset(properties.items()), properties)
            found.append((start, end, content))
    runs = ByteRuns()
    for start, end, content in sorted(found):
        runs.add(start, end, known[content])
    return runs


def _paragraph_properties(content: bytes, blobs: Callable[[], bytes], *, is_97: bool) -> Properties:
    style = int.from_bytes(content[:2], "little")
    own = read_properties(content[2:], is_97=is_97)
    for number in ELSEWHERE & own.keys():
        place = own[number]
        length = int.from_bytes(blobs()[place : place + 2], "little")
        own = {**own, **read_properties(blobs()[place + 2 : place + 2 + length], is_97=True)}
    return {PARAGRAPH_STYLE: style, **own}
