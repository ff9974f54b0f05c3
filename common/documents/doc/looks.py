"""How characters look: style, character style and own properties laid over one another, as far as reading needs it."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from common.documents.doc.pages import ByteRuns
from common.documents.doc.pieces import PieceTable
from common.documents.doc.sprms import BOLD, CHARACTER_STYLE, DELETED, HALF_POINTS, HIDDEN, PICTURE, SYMBOL, Properties
from common.documents.doc.styles import Styles, over

_WORDS_OWN_HALF_POINTS = 20  # MS-DOC 2.6.1: sprmCHps, "by default 20"


@dataclass(frozen=True)
class Look:
    """`size` in points; `symbol` is a character of a symbol font that stands in place of the text's own."""

    bold: bool
    size: float
    visible: bool
    symbol: str | None
    picture: int | None


@dataclass(frozen=True)
class Span:
    start: int
    end: int
    properties: Properties


class Looks:
    def __init__(self, table: PieceTable, runs: ByteRuns, styles: Styles) -> None:
        self._styles = styles
        self._known: dict[tuple[int, int], Look] = {}
        self.spans = list(_spans(table, runs))
        self._ends = [span.end for span in self.spans]

    def between(self, start: int, end: int) -> Iterator[Span]:
        """The spans that share characters with `start` to `end`."""
        for place in range(bisect_right(self._ends, start), len(self.spans)):
            if self.spans[place].start >= end:
                return
            yield self.spans[place]

    def look(self, span: Span, paragraph_style: int) -> Look:
        """Of a span inside a paragraph of that style."""
        key = (id(span.properties), paragraph_style)
        if key not in self._known:
            self._known[key] = self._looked(span.properties, paragraph_style)
        return self._known[key]

    def _looked(self, own: Properties, paragraph_style: int) -> Look:
        found = self._styles.style(paragraph_style).characters
        if CHARACTER_STYLE in own:
            found = over(found, self._styles.style(own[CHARACTER_STYLE]).characters)
        found = over(found, own)
        symbol = found.get(SYMBOL)
        return Look(
            bold=bool(found.get(BOLD)),
            size=found.get(HALF_POINTS, _WORDS_OWN_HALF_POINTS) / 2,
            visible=not (found.get(HIDDEN) or found.get(DELETED)),
            symbol=chr(symbol >> 16) if symbol else None,
            picture=own.get(PICTURE),
        )


def _spans(table: PieceTable, runs: ByteRuns) -> Iterator[Span]:
    """The runs of bytes as spans of characters, without gaps from the first character to the last."""
    for piece in table.pieces:
        position, place = piece.start, max(runs.first(piece.offset), 0)
        while position < piece.end:
            properties: Properties = piece.properties
            end = piece.end
            if place < len(runs.starts):
                first = piece.start + (runs.starts[place] - piece.offset) // piece.width
                behind = piece.start + -((piece.offset - runs.ends[place]) // piece.width)
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
