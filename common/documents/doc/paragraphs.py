"""What a paragraph is: an item of a list, and where it stands in a table."""

from typing import NamedTuple

from common.documents.doc.pages import ByteRuns
from common.documents.doc.pieces import PieceTable
from common.documents.doc.sprms import (
    ENDS_INNER_CELL,
    ENDS_INNER_ROW,
    ENDS_ROW,
    IN_TABLE,
    LIST,
    LIST_LEVEL,
    PARAGRAPH_SHADE,
    PARAGRAPH_STYLE,
    TABLE_DEPTH,
    Properties,
)
from common.documents.doc.styles import Styles

CELL_END = "\x07"
_DEEPEST_TABLE = 30
_LAST_LIST = 0x7FE  # MS-DOC 2.6.2, sprmPIlfo: greater values say that the paragraph is in no list


class ParagraphLook(NamedTuple):
    """`depth` is the number of tables around the paragraph; `list_id` is empty when it is in no list."""

    style: int
    list_id: str
    list_level: int
    shaded: bool
    depth: int
    ends_cell: bool
    ends_row: bool


class ParagraphLooks:
    def __init__(self, table: PieceTable, runs: ByteRuns, styles: Styles) -> None:
        self._table, self._runs, self._styles = table, runs, styles
        self._known: dict[tuple[int, bool], ParagraphLook] = {}

    def look(self, end: int) -> ParagraphLook:
        """Of the paragraph whose mark stands at position `end`: the mark carries the properties of its paragraph."""
        piece = self._table.piece_at(end)
        own = self._runs.at(piece.offset + (end - piece.start) * piece.width)
        is_cell_end = self._table.text[end] == CELL_END
        if piece.properties:
            return self._looked({**own, **piece.properties}, is_cell_end=is_cell_end)
        key = (id(own) if own else 0, is_cell_end)
        if key not in self._known:
            self._known[key] = self._looked(own, is_cell_end=is_cell_end)
        return self._known[key]

    def _looked(self, own: Properties, *, is_cell_end: bool) -> ParagraphLook:
        style = own.get(PARAGRAPH_STYLE, 0)
        found = {**self._styles.style(style).paragraph, **own}
        depth = max(found.get(TABLE_DEPTH, 0), 1 if found.get(IN_TABLE) or is_cell_end else 0)
        ends_row = bool(found.get(ENDS_ROW) if is_cell_end else found.get(ENDS_INNER_ROW))
        return ParagraphLook(
            style=style,
            list_id=str(found[LIST]) if 1 <= found.get(LIST, 0) <= _LAST_LIST else "",
            list_level=found.get(LIST_LEVEL, 0),
            shaded=bool(found.get(PARAGRAPH_SHADE)),
            depth=min(depth, _DEEPEST_TABLE),
            ends_cell=not ends_row and (is_cell_end or bool(found.get(ENDS_INNER_CELL))),
            ends_row=ends_row,
        )
