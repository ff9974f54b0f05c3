"""The piece table: the document's characters in order, each piece somewhere else in the file (MS-DOC 2.8.35, 2.9.38)."""

import struct
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from common.documents.doc.code_pages import decode_old
from common.documents.doc.fib import Fib
from common.documents.doc.plc import read_plc
from common.documents.doc.sprms import Properties, piece_properties
from common.documents.limits import MAX_DOC_CHARACTERS
from common.errors import FileDamaged, FileTooLarge

_PIECE_BYTES = 8
_EIGHT_BIT, _OFFSET = 0x40000000, 0x3FFFFFFF  # offsets of 8-bit pieces are doubled
# The 8-bit characters of Word 97 are those of Windows-1252; what that leaves open stands for itself.
_WINDOWS_1252 = "".join(bytes((byte,)).decode("cp1252", "replace").replace("\ufffd", chr(byte)) for byte in range(256))


@dataclass(frozen=True)
class Piece:
    """Characters `start` to `end`, standing from byte `offset` of the main stream on, `width` bytes each."""

    start: int
    end: int
    offset: int
    width: int
    properties: Properties = field(default_factory=dict)


class PieceTable(NamedTuple):
    """`text` has exactly one character for each position of the document, so that positions and indices are the same."""

    pieces: list[Piece]
    starts: list[int]
    text: str

    def piece_at(self, position: int) -> Piece:
        return self.pieces[max(bisect_right(self.starts, position) - 1, 0)]


def read_pieces(fib: Fib, main: bytes) -> PieceTable:
    """Raises FileDamaged when a piece is not where the table says, FileTooLarge for more text than a resume can have."""
    pieces = _plain_piece(fib) or _table_pieces(fib.part("clx"), is_97=fib.is_97)
    if not pieces:
        raise FileDamaged(reason="piece_table_missing")
    characters = pieces[-1].end
    if characters > len(main):  # pieces never share bytes, so there cannot be more characters than bytes
        raise FileDamaged(reason="piece_table_lies")
    if characters > MAX_DOC_CHARACTERS:
        raise FileTooLarge(reason="text", characters=characters, max_characters=MAX_DOC_CHARACTERS)
    text = "".join(_text_of(piece, main, fib) for piece in pieces)
    return PieceTable(pieces, [piece.start for piece in pieces], text)


def _plain_piece(fib: Fib) -> list[Piece]:
    if fib.plain_text is None:
        return []
    start, end = fib.plain_text
    return [Piece(0, end - start, start, 1)] if start < end else []


def _table_pieces(clx: bytes, *, is_97: bool) -> list[Piece]:
    lists: list[bytes] = []
    place = 0
    while place + 5 <= len(clx):
        if clx[place] == 2:
            return list(_pieces(clx[place + 5 :][: int.from_bytes(clx[place + 1 : place + 5], "little")], lists, is_97))
        if clx[place] != 1:
            break
        length = int.from_bytes(clx[place + 1 : place + 3], "little")
        lists.append(clx[place + 3 : place + 3 + length])
        place += 3 + length
    return []


def _pieces(plc: bytes, lists: list[bytes], is_97: bool) -> list[Piece]:
    found: list[Piece] = []
    positions, items = read_plc(plc, _PIECE_BYTES)
    for start, end, item in zip(positions, positions[1:], items, strict=False):
        _, offset, modifier = struct.unpack("<HIH", item)
        width = 1 if not is_97 or offset & _EIGHT_BIT else 2
        if is_97:
            offset = (offset & _OFFSET) // (3 - width)
        if start > end or start != (found[-1].end if found else 0):
            raise FileDamaged(reason="piece_table_disordered")
        found.append(Piece(start, end, offset, width, piece_properties(modifier, lists)))
    return found


def _text_of(piece: Piece, main: bytes, fib: Fib) -> str:
    count = piece.end - piece.start
    content = main[piece.offset : piece.offset + count * piece.width]
    if len(content) != count * piece.width:
        raise FileDamaged(reason="piece_outside_the_file")
    if not fib.is_97:
        return decode_old(content, fib.language)
    if piece.width == 1:
        return content.decode("latin-1").translate(_WINDOWS_1252)
    text = content.decode("utf-16-le", "surrogatepass")
    return text if len(text) == count else "".join(map(chr, array("H", content)))
