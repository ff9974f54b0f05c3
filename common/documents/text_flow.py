"""Runs of styled text with tables among them → lines: what the readers of RTF and HTML have in common.

Explicit stacks instead of recursion: no depth of nesting can exhaust the interpreter's stack.
"""

from common.documents.links import unseen_links
from common.documents.table_rows import row_lines
from common.domain.parsing.source import Line
from common.domain.resume.text import normalise

_DEEPEST_TABLE = 32  # every level handles its lines once more; no resume nests a tenth of that
_BULLETS = tuple("•●▪◦○■◆➢✓⚫*·-–")


class TextFlow:
    """Lines go to the innermost open cell, or to the document. `level` is how many tables stand around a text.

    Between calls every open cell has a row, and there is at most one row more: the innermost, between two of its cells.
    """

    def __init__(self) -> None:
        self._sinks: list[list[Line]] = [[]]
        self._rows: list[list[list[Line]]] = []
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
        """What is written next stands at this level: deeper rows end, missing cells begin."""
        level = min(level, _DEEPEST_TABLE)
        if (level, level) != (len(self._rows), self._open_cells):
            self.end_paragraph()
            self._end_rows_below(level)
            while self._open_cells < level:
                self._open_cell()

    def begin_cell(self, level: int) -> None:
        """A cell that is still open at this level ends."""
        self.end_cell(level)
        self.go_to(level)

    def end_cell(self, level: int) -> None:
        level = min(level, _DEEPEST_TABLE)
        self.end_paragraph()
        self._end_rows_below(level)
        if level and self._open_cells == level:
            self._rows[-1].append(self._sinks.pop())

    def end_row(self, level: int) -> None:
        self.end_paragraph()
        self._end_rows_below(min(level, _DEEPEST_TABLE) - 1)

    def lines(self) -> list[Line]:
        """Everything, rows that were never ended included."""
        self.end_row(1)
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
        if len(self._rows) == self._open_cells:
            self._rows.append([])
        self._sinks.append([])

    def _end_rows_below(self, level: int) -> None:
        while len(self._rows) > max(level, 0):
            if self._open_cells == len(self._rows):
                self._rows[-1].append(self._sinks.pop())
            self._sinks[-1].extend(row_lines(self._rows.pop()))
