"""Paragraphs that say how deep in tables they stand, and which of them end a cell or a row → lines in reading order."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from common.documents.doc.paragraphs import ParagraphLook
from common.documents.table_rows import row_lines
from common.domain.parsing.source import Line


@dataclass
class _OpenTable:
    row: list[list[Line]] = field(default_factory=list)
    cell: list[Line] = field(default_factory=list)


class TableWalk:
    """A Word file has no tables as such, only paragraphs; `lines` grows with every finished row or plain paragraph."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._open: list[_OpenTable] = []

    def add(self, lines: Sequence[Line], look: ParagraphLook) -> None:
        while len(self._open) > look.depth:
            self._leave_table()
        while len(self._open) < look.depth:
            self._open.append(_OpenTable())
        self._sink().extend(lines)
        if look.depth and (look.ends_cell or look.ends_row):
            table = self._open[-1]
            table.row.append(table.cell)
            table.cell = []
            if look.ends_row:
                self._sink(above=1).extend(row_lines(table.row))
                table.row = []

    def finish(self) -> list[Line]:
        while self._open:
            self._leave_table()
        return self._lines

    def _sink(self, *, above: int = 0) -> list[Line]:
        level = len(self._open) - above
        return self._open[level - 1].cell if level else self._lines

    def _leave_table(self) -> None:
        """A row without an end is damage: its cells are kept, but nothing says that they belong beside one another."""
        table = self._open.pop()
        for cell in (*table.row, table.cell):
            self._sink().extend(cell)
