"""A row of table cells → lines, the same for every format that has tables: forms, date columns and layout columns.

Resumes use tables for three things. A form has one line a cell, labels beside values: one line "姓名 | 林小满 | 性别 | 女".
A time line has dates in a narrow cell beside several lines: the date belongs to the first of them. A layout has whole
sections in each cell: they are read cell by cell.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from common.domain.parsing.source import Line
from common.domain.resume.sections import heading_kind

BETWEEN_CELLS = " | "
_LABEL_CHARACTERS = 2  # a label cell set vertically has one or two characters a line
_LONGEST_LABEL_LINES = 8
_LONGEST_DATES = 40
_DATE_WORDS = r"(?:[\d\s.\-–—−~～/·()（）年月日至今到]|present|now)*"
_DATES = re.compile(rf"{_DATE_WORDS}(?:19|20)\d\d{_DATE_WORDS}", re.IGNORECASE)
_BULLETED = re.compile(r"[•●▪◦○■◆➢✓*·]|\d{1,2}[.、)）]|[（(]\d")


def table_lines(rows: Sequence[Sequence[Sequence[Line]]]) -> list[Line]:
    """Row by row; column by column where two columns, each with its own headings, only use the table to stand side by side.

    A row holds its cells, empty ones too, each merged cell once.
    """
    if not _is_layout(rows):
        return [line for cells in rows for line in row_lines(cells)]
    return [line for column in (0, 1) for cells in rows for cell in cells[column : column + 1] for line in cell]


def row_lines(cells: Sequence[Sequence[Line]]) -> list[Line]:
    """`cells` in reading order, each merged cell once; empty ones leave no trace. The lines keep their sizes and weights."""
    filled = [cell for cell in cells if cell]
    if len(filled) > 1 and _is_table_in_a_row(filled):
        return [_joined(lines) for lines in zip(*filled, strict=True)]
    parts = [
        [_joined([cell[0] for cell in group])] if single else [line for cell in group for line in cell]
        for single, group in groupby(map(upright_label, filled), key=lambda cell: len(cell) == 1)
    ]
    return list(_dates_with_what_they_date(parts))


def upright_label(cell: Sequence[Line]) -> Sequence[Line]:
    """基 / 本 / 情 / 况 in one narrow cell is the label 基本情况."""
    parts = [re.sub(r"\s", "", line.text) for line in cell]
    narrow = 2 <= len(parts) <= _LONGEST_LABEL_LINES and all(len(part) <= _LABEL_CHARACTERS for part in parts)
    if not narrow or not all("\u4e00" <= char <= "\u9fff" for part in parts for char in part):
        return cell
    return [replace(cell[0], text="".join(parts))]


def _is_layout(rows: Sequence[Sequence[Sequence[Line]]]) -> bool:
    if len(rows) < 2 or max(map(len, rows)) != 2:
        return False
    left, right = ([cells[column][0].text for cells in rows if len(cells) == 2 and cells[column]] for column in (0, 1))
    return any(heading_kind(text) for text in right) and any(heading_kind(text) for text in left)


def _joined(lines: Sequence[Line]) -> Line:
    """One line of a row; set as large as its largest cell, and bold only where all of it is."""
    if len(lines) == 1:
        return lines[0]
    return replace(
        lines[0],
        text=BETWEEN_CELLS.join(line.text for line in lines),
        size=max((line.size for line in lines if line.size), default=None),
        bold=all(line.bold for line in lines),
    )


def _is_dates(line: Line) -> bool:
    return len(line.text) <= _LONGEST_DATES and _DATES.fullmatch(line.text) is not None


def _is_table_in_a_row(cells: Sequence[Sequence[Line]]) -> bool:
    """Line breaks in place of rows: dates under one another, and beside them as many names, and as many titles."""
    count = len(cells[0])
    return count > 1 and all(len(cell) == count for cell in cells) and all(_is_dates(line) for line in cells[0])


def _dates_with_what_they_date(parts: Sequence[list[Line]]) -> Iterator[Line]:
    waiting: Line | None = None
    for lines in parts:
        if waiting:
            beside = len(lines) > 1 and not _BULLETED.match(lines[0].text)
            lines = [_joined([waiting, lines[0]]), *lines[1:]] if beside else [waiting, *lines]
            waiting = None
        if len(lines) == 1 and _is_dates(lines[0]):
            waiting = lines[0]
        else:
            yield from lines
    if waiting:
        yield waiting
