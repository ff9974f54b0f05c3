"""Formatted pages ("FKP"): 512-byte pages that say which bytes of the text have which properties (MS-DOC 2.9.33, 2.9.23)."""

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter

from common.documents.doc.fib import Fib
from common.documents.doc.plc import read_plc
from common.documents.doc.sprms import ELSEWHERE, PARAGRAPH_STYLE, Properties, read_properties

_PAGE_BYTES = 512
_PAGE_NUMBER = 0x3FFFFF
_MOST_ELSEWHERE_BYTES = 1_000_000


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


def paragraph_runs(fib: Fib, main: bytes, blobs: Callable[[], bytes]) -> ByteRuns:
    """A paragraph's own properties; the style's number is among them. `blobs` is the stream "Data", asked for when needed."""

    def list_in(page: bytes, place: int) -> bytes:
        words = page[place]
        if words:
            return page[place + 1 : place + 2 * words]
        return page[place + 2 : place + 2 + 2 * page[place + 1]]

    elsewhere = _Elsewhere(blobs)

    def read(content: bytes) -> Properties:
        own = read_properties(content[2:], is_97=fib.is_97)
        for number in ELSEWHERE & own.keys():
            own = {**own, **elsewhere.properties(own[number])}
        return {PARAGRAPH_STYLE: int.from_bytes(content[:2], "little"), **own}

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


def _in_order(
    pages: Iterator[bytes], item_bytes: int, list_in: Callable[[bytes, int], bytes], read: Callable[[bytes], Properties]
) -> ByteRuns:
    """Equal properties are one object, so that few looks have to be worked out."""
    known: dict[bytes, Properties] = {b"": {}}
    equal: dict[frozenset[tuple[int, int]], Properties] = {frozenset(): known[b""]}

    def properties_at(page: bytes, place: int) -> Properties:
        content = list_in(page, place) if 0 < place < _PAGE_BYTES - 1 else b""
        if content not in known:
            properties = read(content)
            known[content] = equal.setdefault(frozenset(properties.items()), properties)
        return known[content]

    found: list[tuple[int, int, Properties]] = []
    for page in pages:
        count = page[-1]
        first = 4 * (count + 1)
        if first + item_bytes * count < _PAGE_BYTES:
            offsets = struct.unpack_from(f"<{count + 1}I", page, 0)
            halves = page[first : first + item_bytes * count : item_bytes]
            in_page = {half: properties_at(page, 2 * half) for half in set(halves)}
            found.extend(zip(offsets, offsets[1:], map(in_page.__getitem__, halves), strict=False))
    found.sort(key=itemgetter(0))
    return _merged(found)


def _merged(found: list[tuple[int, int, Properties]]) -> ByteRuns:
    """Neighbours that share their properties are one run; what starts inside another one is damage and left out."""
    runs = ByteRuns()
    starts, ends, lists = runs.starts, runs.ends, runs.properties
    last_end, last = 0, None
    for start, end, properties in found:
        if start >= end or start < last_end:
            continue
        if start == last_end and properties is last:
            ends[-1] = end
        else:
            starts.append(start)
            ends.append(end)
            lists.append(properties)
        last_end, last = end, properties
    return runs


@dataclass
class _Elsewhere:
    """Lists too long for a page; no more of them than a long table has, since damaged files may name any number."""

    blobs: Callable[[], bytes]
    read_bytes: int = 0

    def properties(self, place: int) -> Properties:
        length = int.from_bytes(self.blobs()[place : place + 2], "little")
        self.read_bytes += length
        if self.read_bytes > _MOST_ELSEWHERE_BYTES:
            return {}
        return read_properties(self.blobs()[place + 2 : place + 2 + length], is_97=True)
