"""Formatted pages of a Word file: which bytes have which properties, 512 bytes at a time (MS-DOC 2.9.33, 2.9.23)."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

_PAGE = 512
Formatted = tuple[int, int, bytes]


@dataclass(frozen=True)
class Pages:
    """`pages` one behind the other; `list_of` them (a PLC) can be written once it is known where they stand."""

    pages: list[bytes]
    borders: list[int]

    def list_of(self, first_page: int) -> bytes:
        numbers = range(first_page, first_page + len(self.pages))
        return struct.pack(f"<{len(self.borders)}I{len(numbers)}I", *self.borders, *numbers)


def paragraph_pages(runs: Sequence[Formatted], *, item_bytes: int = 13) -> Pages:
    """`runs`: first byte, byte behind the last, style number and property list; rising, without gaps. Word 6 has 7-byte items."""
    return _pages([(start, end, _paragraph_item(content)) for start, end, content in runs], item_bytes)


def character_pages(runs: Sequence[Formatted]) -> Pages:
    return _pages(
        [(start, end, bytes((len(content),)) + content if content else b"") for start, end, content in runs], 1
    )


def _paragraph_item(content: bytes) -> bytes:
    """A length in words that counts its own first half word; or, for an even number of bytes, a zero before it."""
    if len(content) % 2:
        return bytes((len(content) // 2 + 1,)) + content
    return bytes((0, len(content) // 2)) + content


def _pages(runs: Sequence[Formatted], item_bytes: int) -> Pages:
    pages: list[bytes] = []
    borders: list[int] = []
    waiting: list[Formatted] = []
    for run in runs:
        if waiting and _room_for([*waiting, run], item_bytes) < 0:
            pages.append(_page(waiting, item_bytes))
            borders.append(waiting[0][0])
            waiting = []
        waiting.append(run)
    pages.append(_page(waiting, item_bytes))
    return Pages(pages, [*borders, waiting[0][0], waiting[-1][1]])


def _room_for(runs: Sequence[Formatted], item_bytes: int) -> int:
    lists = sum(len(content) + len(content) % 2 for content in {content for _, _, content in runs})
    return _PAGE - 2 - 4 * (len(runs) + 1) - item_bytes * len(runs) - lists


def _page(runs: Sequence[Formatted], item_bytes: int) -> bytes:
    """Borders and items grow from the start of the page, the lists from its end; equal lists stand there once."""
    offsets = struct.pack(f"<{len(runs) + 1}I", *(start for start, _, _ in runs), runs[-1][1])
    place, lists, items = _PAGE - 2, b"", b""
    places: dict[bytes, int] = {b"": 0}
    for _, _, content in runs:
        if content not in places:
            padded = content + bytes(len(content) % 2)
            place, lists = place - len(padded), padded + lists
            places[content] = place
        items += bytes((places[content] // 2,)) + bytes(item_bytes - 1)
    head = offsets + items
    return head + bytes(place - len(head)) + lists + bytes((0, len(runs)))
