"""Paragraphs that say how deep in tables they stand, and which of them end a cell or a row → the flow of a story."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from common.documents.doc.paragraphs import ParagraphLook
from common.documents.docx_boxes import TextBox, flattened
from common.documents.table_rows import table_lines
from common.domain.parsing.source import Line

Flow = list[Line | TextBox]


@dataclass
class _OpenTable:
    rows: list[list[list[Line]]] = field(default_factory=list)
    row: list[list[Line]] = field(default_factory=list)
    cell: Flow = field(default_factory=list)


class TableWalk:
    """A Word file has no tables as such, only paragraphs: a table ends where one stands that is less deep."""

    def __init__(self) -> None:
        self._flow: Flow = []
        self._open: list[_OpenTable] = []

    def add(self, content: Sequence[Line | TextBox], look: ParagraphLook) -> None:
        while len(self._open) > look.depth:
            self._leave_table()
        while len(self._open) < look.depth:
            self._open.append(_OpenTable())
        self._sink().extend(content)
        if look.depth and (look.ends_cell or look.ends_row):
            table = self._open[-1]
            table.row.append(flattened(table.cell))
            table.cell = []
            if look.ends_row:
                table.rows.append(table.row)
                table.row = []

    def finish(self) -> Flow:
        while self._open:
            self._leave_table()
        return self._flow

    def _sink(self) -> Flow:
        return self._open[-1].cell if self._open else self._flow

    def _leave_table(self) -> None:
        """A row without an end is damage: its cells are kept, but nothing says that they belong beside one another."""
        table = self._open.pop()
        self._sink().extend(table_lines(table.rows))
        for cell in table.row:
            self._sink().extend(cell)
        self._sink().extend(table.cell)
