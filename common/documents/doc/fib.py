"""The file information block: what version of Word wrote the file, and where everything else stands (MS-DOC 2.5)."""

import struct
from dataclasses import dataclass
from typing import Literal

from common.documents.doc.container import WordStreams
from common.errors import FileDamaged, FileEncrypted, FileTypeUnsupported

Part = Literal[
    "clx",
    "paragraphs",
    "characters",
    "styles",
    "lists",
    "list_uses",
    "sections",
    "headers",
    "anchors",
    "header_anchors",
    "drawings",
    "boxes",
    "header_boxes",
]

_WORD_6_TO_97 = frozenset((0xA5EC, 0xA5DC))
_FIRST_VERSION = 101  # nFib of Word 6
_FIRST_97 = 105
_ENCRYPTED, _TABLE_1, _COMPLEX = 0x0100, 0x0200, 0x0004
_STORIES = 8
_PARTS_97: dict[Part, int] = {
    "styles": 0xA2,
    "sections": 0xCA,
    "headers": 0xF2,
    "characters": 0xFA,
    "paragraphs": 0x102,
    "clx": 0x1A2,
    "anchors": 0x1DA,
    "header_anchors": 0x1E2,
    "drawings": 0x22A,
    "boxes": 0x25A,
    "header_boxes": 0x26A,
    "lists": 0x2E2,
    "list_uses": 0x2EA,
}
_PARTS_95: dict[Part, int] = {"headers": 0xB0, "characters": 0xB8, "paragraphs": 0xC0, "clx": 0x160}


@dataclass(frozen=True)
class Fib:
    """`story_lengths`: characters of body, footnotes, headers, macros, comments, endnotes, text boxes, boxes in headers.

    `is_97` is Word 97 to 2003 (Unicode); otherwise Word 6 or 95, whose characters are bytes of a code page, standing in one
    block (`plain_text`: its place) unless the file was saved in pieces.
    """

    is_97: bool
    language: int
    story_lengths: tuple[int, ...]
    plain_text: tuple[int, int] | None
    _main: bytes
    _table: bytes

    def part(self, name: Part) -> bytes:
        """The bytes of a structure; empty where the file has none or lies about its place."""
        start, length = self._place(name)
        return self._table[start : start + length] if start + length <= len(self._table) else b""

    def behind(self, name: Part) -> bytes:
        """What follows a structure that does not count all that belongs to it."""
        start, length = self._place(name)
        return self._table[start + length :] if length else b""

    def _place(self, name: Part) -> tuple[int, int]:
        place = (_PARTS_97 if self.is_97 else _PARTS_95).get(name)
        if place is None or place + 8 > len(self._main):
            return 0, 0
        start, length = struct.unpack_from("<II", self._main, place)
        return start, length


def read_fib(streams: WordStreams) -> Fib:
    """Raises FileDamaged, FileEncrypted, FileTypeUnsupported (not a Word document of version 6 to 2003)."""
    main = streams.main
    if len(main) < _PARTS_95["clx"] + 8:
        raise FileDamaged(reason="fib_short")
    identity, version, _, language, _, flags = struct.unpack_from("<6H", main, 0)
    if identity not in _WORD_6_TO_97 or version < _FIRST_VERSION:
        raise FileTypeUnsupported(reason="word_version")
    if flags & _ENCRYPTED:
        raise FileEncrypted
    is_97 = version >= _FIRST_97 and identity == 0xA5EC
    lengths = struct.unpack_from(f"<{_STORIES}i", main, 0x4C if is_97 else 0x34)
    if min(lengths) < 0:
        raise FileDamaged(reason="fib_story_lengths")
    plain_text = None if is_97 or flags & _COMPLEX else struct.unpack_from("<2I", main, 0x18)
    table = _table_of(streams, flags) if is_97 else main
    return Fib(is_97, language, lengths, plain_text, main, table)


def _table_of(streams: WordStreams, flags: int) -> bytes:
    """The stream the flag names, else the one that exists: some programs set the flag wrongly."""
    named, other = ("1Table", "0Table") if flags & _TABLE_1 else ("0Table", "1Table")
    table = streams.stream(named) or streams.stream(other)
    if not table:
        raise FileDamaged(reason="table_stream_missing")
    return table
