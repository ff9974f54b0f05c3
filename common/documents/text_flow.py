"""Runs of styled text with tables among them → lines: what the readers of RTF and HTML have in common.

Explicit stacks instead of recursion: no depth of nesting can exhaust the interpreter's stack.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from common.documents.links import unseen_links
from common.documents.table_rows import table_lines, upright_label
from common.domain.parsing.source import Line
from common.domain.resume.text import normalise

_DEEPEST_TABLE = 32  # every level handles its lines once more; no resume nests a tenth of that
_BULLETS = tuple("•●▪◦○■◆➢✓⚫*·-–")


@dataclass
class _Table:
    rows: list[list[Sequence[Line]]] = field(default_factory=list)
    row: list[Sequence[Line]] = field(default_factory=list)

    def end_row(self) -> None:
        if self.row:
            self.rows.append(self.row)
        self.row = []


class TextFlow:
    """Lines go to the innermost open cell, or to the document. `level` is how many tables stand around a text.

    Between calls every open cell has a table, and there is at most one table more: the innermost, between two of its cells.
    """

    def __init__(self) -> None:
        self._sinks: list[list[Line]] = [[]]
        self._tables: list[_Table] = []
        self._text: list[str] = []
        self._size: float | None = None
        self._bold: bool | None = None
        self._listed = False
        self._links: list[str] = []

    def write(self, text: str, *, bold: bool = False, size: float | None = None) -> None:
        """A newline in `text` ends the line; sizes in points. A line is bold where all of it is, and as large as its largest."""
        first, *more = text.split("\n")
        self._add(first, bold, size)
        for part in more:
            self.end_line()
            self._add(part, bold, size)

    def link(self, target: str) -> None:
        """The line that is being written leads to this address."""
        self._links.append(target)

    def mark_listed(self) -> None:
        """The paragraph that is being written is an item of a list."""
        self._listed = True

    def end_line(self) -> None:
        if text := normalise("".join(self._text)):
            if self._listed and not text.startswith(_BULLETS):
                text = f"• {text}"
            links = unseen_links(self._links, text)
            self._sinks[-1].append(Line(text, size=self._size, bold=bool(self._bold), links=links))
            self._listed = False
        self._text, self._size, self._bold, self._links = [], None, None, []

    def end_paragraph(self) -> None:
        self.end_line()
        self._listed = False

    def place(self, lines: list[Line]) -> None:
        """Lines that were made elsewhere, after what was written."""
        self.end_paragraph()
        self._sinks[-1].extend(lines)

    def go_to(self, level: int) -> None:
        """What is written next stands at this level: deeper tables end, missing cells begin."""
        level = min(level, _DEEPEST_TABLE)
        if (level, level) != (len(self._tables), self._open_cells):
            self.end_paragraph()
            self._end_tables_below(level)
            while self._open_cells < level:
                self._open_cell()

    def begin_cell(self, level: int) -> None:
        """A cell that is still open at this level ends."""
        self.end_cell(level)
        self.go_to(level)

    def end_cell(self, level: int) -> None:
        level = min(level, _DEEPEST_TABLE)
        self.end_paragraph()
        self._end_tables_below(level)
        if level and self._open_cells == level:
            self._tables[-1].row.append(upright_label(self._sinks.pop()))

    def end_row(self, level: int) -> None:
        level = min(level, _DEEPEST_TABLE)
        self.end_cell(level)
        if len(self._tables) == level:
            self._tables[-1].end_row()

    def end_table(self, level: int) -> None:
        self.end_paragraph()
        self._end_tables_below(min(level, _DEEPEST_TABLE) - 1)

    def lines(self) -> list[Line]:
        """Everything, tables that were never ended included."""
        self.end_table(1)
        return self._sinks[0]

    @property
    def _open_cells(self) -> int:
        return len(self._sinks) - 1

    def _add(self, text: str, bold: bool, size: float | None) -> None:
        self._text.append(text)
        if text.strip():
            self._bold = bold and self._bold is not False
            self._size = max(filter(None, (self._size, size)), default=None)

    def _open_cell(self) -> None:
        if len(self._tables) == self._open_cells:
            self._tables.append(_Table())
        self._sinks.append([])

    def _end_tables_below(self, level: int) -> None:
        while len(self._tables) > max(level, 0):
            table = self._tables.pop()
            if self._open_cells > len(self._tables):
                table.row.append(upright_label(self._sinks.pop()))
            table.end_row()
            self._sinks[-1].extend(table_lines(table.rows))
