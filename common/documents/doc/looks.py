"""How characters look: style, character style and own properties laid over one another, as far as reading needs it."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from common.documents.doc.pages import ByteRuns
from common.documents.doc.pieces import PieceTable
from common.documents.doc.sprms import (
    BOLD,
    CHARACTER_STYLE,
    COLOUR,
    COLOUR_NUMBER,
    DELETED,
    HALF_POINTS,
    HIDDEN,
    HIGHLIGHT,
    SHADE,
    SYMBOL,
    Properties,
)
from common.documents.doc.styles import Styles, over
from common.documents.docx_styles import Look
from common.documents.hidden_text import is_white

_WORDS_OWN_HALF_POINTS = 20  # MS-DOC 2.6.1: sprmCHps, "by default 20"
_WHITE_NUMBER, _NO_HIGHLIGHTS = 8, (0, 8)


class RunLook(NamedTuple):
    """`symbol` is a character of a symbol font that stands in place of the text's own, in hexadecimal."""

    look: Look
    deleted: bool
    symbol: str | None


class Span(NamedTuple):
    start: int
    end: int
    properties: Properties


class Looks:
    def __init__(self, table: PieceTable, runs: ByteRuns, styles: Styles) -> None:
        self._styles = styles
        self._known: dict[tuple[int, int], RunLook] = {}
        self.spans = list(_spans(table, runs))
        self._ends = [span.end for span in self.spans]

    def between(self, start: int, end: int) -> Iterator[Span]:
        """The spans that share characters with `start` to `end`."""
        for place in range(bisect_right(self._ends, start), len(self.spans)):
            if self.spans[place].start >= end:
                return
            yield self.spans[place]

    def look(self, span: Span, paragraph_style: int) -> RunLook:
        """Of a span inside a paragraph of that style."""
        key = (id(span.properties), paragraph_style)
        if key not in self._known:
            self._known[key] = self._looked(span.properties, paragraph_style)
        return self._known[key]

    def _looked(self, own: Properties, paragraph_style: int) -> RunLook:
        found = self._styles.style(paragraph_style).characters
        if CHARACTER_STYLE in own:
            found = over(found, self._styles.style(own[CHARACTER_STYLE]).characters)
        found = over(found, own)
        symbol = found.get(SYMBOL)
        look = Look(
            bold=bool(found.get(BOLD)),
            size=found.get(HALF_POINTS, _WORDS_OWN_HALF_POINTS) / 2,
            hidden=bool(found.get(HIDDEN)),
            white=_is_white(found),
            shaded=bool(found.get(SHADE)) or found.get(HIGHLIGHT, 0) not in _NO_HIGHLIGHTS,
        )
        return RunLook(look, deleted=bool(found.get(DELETED)), symbol=f"{symbol >> 16:x}" if symbol else None)


def _is_white(properties: Properties) -> bool:
    """The true colour, stored as red, green, blue and "automatic", wins over the older number of one of sixteen."""
    colour = properties.get(COLOUR)
    if colour is None:
        return properties.get(COLOUR_NUMBER) == _WHITE_NUMBER
    return colour >> 24 == 0 and is_white(colour.to_bytes(4, "little")[:3].hex())


def _spans(table: PieceTable, runs: ByteRuns) -> Iterator[Span]:
    """The runs of bytes as spans of characters, without gaps from the first character to the last."""
    for piece in table.pieces:
        position, place = piece.start, max(runs.first(piece.offset), 0)
        while position < piece.end:
            properties: Properties = piece.properties
            end = piece.end
            if place < len(runs.starts):
                first = piece.start + (runs.starts[place] - piece.offset) // piece.width
                behind = piece.start - ((piece.offset - runs.ends[place]) // piece.width)
                if first > position:
                    end = min(end, first)
                elif behind <= position:
                    place += 1
                    continue
                else:
                    end, properties = min(end, behind), _with(runs.properties[place], piece.properties)
                    place += 1
            yield Span(position, end, properties)
            position = end


def _with(own: Properties, of_piece: Properties) -> Properties:
    return {**own, **of_piece} if of_piece else own
