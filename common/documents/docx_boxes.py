"""Text boxes of a Word file → their place in the reading order.

Many Chinese templates are nothing but boxes, stored in the order they were drawn: there the places on paper decide, columns
before rows. Where a text flows, a box follows the paragraph it is anchored to, unless it would cut a section in two.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

from common.documents.docx_shapes import Place
from common.documents.table_rows import row_lines
from common.domain.parsing.source import Line
from common.domain.resume.sections import heading_kind

LINE_PT = 15.6  # a line of the Chinese document grid, for the unknown height of the text that a box is anchored to
_PADDING_PT = 7.2  # a box is that much larger than its text, so neighbours may overlap
_SAME_TOP_PT = 14.0
_MOST_BOXES = 200


@dataclass(frozen=True)
class TextBox:
    """`place` is None for a box in the line of text; `above` is the number of paragraphs of its page before its anchor."""

    lines: tuple[Line, ...]
    place: Place | None
    page: int
    above: int


class Margins(NamedTuple):
    """Of the page, in points; Word's own defaults."""

    left: float = 90.0
    top: float = 72.0


class _Area(NamedTuple):
    box: TextBox
    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_one_line(self) -> bool:
        return len(self.box.lines) == 1

    @property
    def opens_section(self) -> bool:
        return heading_kind(self.box.lines[0].text) is not None


def in_reading_order(flow: Sequence[Line | TextBox], margins: Margins) -> list[Line]:
    """`flow` is the body in its own order, with every box behind the paragraph it is anchored to."""
    boxes = [item for item in flow if isinstance(item, TextBox)]
    if not boxes:
        return flattened(flow)
    written = [item for item in flow if isinstance(item, Line)]
    placed = [box for box in boxes if box.place is not None]
    if len(placed) > 1 and _length(flattened(placed)) > _length(written):
        return _mostly_boxes(flow, margins)
    return _mostly_text(flow, margins)


def flattened(flow: Sequence[Line | TextBox]) -> list[Line]:
    """In the order of the file: for cells and boxes, whose own boxes have no page to stand on."""
    return [line for item in flow for line in (item.lines if isinstance(item, TextBox) else (item,))]


def _length(lines: Sequence[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _mostly_boxes(flow: Sequence[Line | TextBox], margins: Margins) -> list[Line]:
    """Page by page; the little text that is in no box stands before or after the boxes, as its height says."""
    placed = [item for item in flow if isinstance(item, TextBox) and item.place is not None]
    rest = flattened([item for item in flow if not (isinstance(item, TextBox) and item.place is not None)])
    areas = [_area(box, margins) for box in placed]
    lines: list[Line] = []
    for page in sorted({box.page for box in placed}):
        on_page = [area for area in areas if area.box.page == page]
        lines += _read(on_page)
    starts_above = isinstance(flow[0], Line) and margins.top <= min(area.top for area in areas) + _SAME_TOP_PT
    return rest + lines if starts_above else lines + rest


def _area(box: TextBox, margins: Margins) -> _Area:
    place = box.place or Place()
    left = place.left + (0.0 if place.left_of == "page" else margins.left)
    top = place.top + {"page": 0.0, "margin": margins.top, "text": margins.top + box.above * LINE_PT}[place.top_of]
    return _Area(box, left, top, left + place.width, top + place.height)


def _read(areas: Sequence[_Area]) -> list[Line]:
    """Bands from top to bottom; where neighbouring bands share a gap from top to bottom, they are columns."""
    if not 2 < len(areas) <= _MOST_BOXES:
        return _read_rows(areas)
    bands = _cut(areas, "down")
    first, last = _column_bands(bands)
    if first == last:
        return [line for band in bands for line in _read_rows(band)]
    columns = _cut([area for band in bands[first:last] for area in band], "across")
    return [
        *(line for band in bands[:first] for line in _read_rows(band)),
        *(line for column in columns for line in _read(column)),
        *_read([area for band in bands[last:] for area in band]),
    ]


def _read_rows(areas: Sequence[_Area]) -> list[Line]:
    """What stands side by side is like a row of a table; a heading is a line of its own even there."""
    rows: list[list[_Area]] = []
    for area in sorted(areas, key=lambda area: area.top):
        if (
            rows
            and area.top - rows[-1][0].top <= _SAME_TOP_PT
            and len(_cut([*rows[-1], area], "across")) > len(rows[-1])
        ):
            rows[-1].append(area)
        else:
            rows.append([area])
    lines: list[Line] = []
    for row in rows:
        cells = [area.box.lines for area in sorted(row, key=lambda area: area.left)]
        for is_heading, neighbours in groupby(
            cells, key=lambda cell: len(cell) == 1 and bool(heading_kind(cell[0].text))
        ):
            beside = list(neighbours)
            lines += [cell[0] for cell in beside] if is_heading else row_lines(beside)
    return lines


def _column_bands(bands: Sequence[Sequence[_Area]]) -> tuple[int, int]:
    """The first run of bands that stand in columns together, as long as it gets; (0, 0) for none."""
    first = 0
    while first < len(bands):
        last, run = first, list(bands[first])
        while last < len(bands) and len(_cut([*run, *bands[last]], "across")) > 1:
            run = [area for band in bands[first : last + 1] for area in band]
            last += 1
        if last > first and len(run) > 2 and not _are_rows(_cut(run, "across")):
            return first, last
        first = max(first + 1, last)
    return 0, 0


def _are_rows(columns: Sequence[Sequence[_Area]]) -> bool:
    """Is one column only the dates, or the headings, of what stands beside it at the same height?"""
    if sum(any(area.opens_section for area in column) for column in columns) > 1:
        return False
    return any(
        all(area.is_one_line and any(abs(area.top - other.top) <= _SAME_TOP_PT for other in beside) for area in column)
        for column in columns
        for beside in ([area for other in columns if other is not column for area in other],)
    )


def _cut(areas: Sequence[_Area], direction: Literal["down", "across"]) -> list[list[_Area]]:
    """Groups with a straight gap between them; what overlaps by its padding alone does not overlap."""
    spans = sorted(((*_text_span(area, direction), place) for place, area in enumerate(areas)))
    groups: list[list[_Area]] = []
    reached = 0.0
    for start, end, place in spans:
        if groups and start < reached:
            groups[-1].append(areas[place])
        else:
            groups.append([areas[place]])
        reached = max(reached, end) if len(groups[-1]) > 1 else end
    return groups


def _text_span(area: _Area, direction: Literal["down", "across"]) -> tuple[float, float]:
    start, end = (area.top, area.bottom) if direction == "down" else (area.left, area.right)
    padding = min(_PADDING_PT, (end - start) / 4)
    return start + padding, end - padding


def _mostly_text(flow: Sequence[Line | TextBox], margins: Margins) -> list[Line]:
    """Boxes of one paragraph by their places. A whole section in boxes waits for the next heading of the text."""
    lines: list[Line] = []
    waiting: list[Line] = []
    opened = False
    for anchor, items in groupby(flow, key=lambda item: (item.page, item.above) if isinstance(item, TextBox) else None):
        if anchor is not None:
            boxed = _boxes_of_a_paragraph([item for item in items if isinstance(item, TextBox)], margins)
            whole = len(boxed) > 1 and any(heading_kind(line.text) for line in boxed)
            (waiting if opened and whole else lines).extend(boxed)
            opened = opened or any(heading_kind(line.text) for line in boxed)
            continue
        for line in (item for item in items if isinstance(item, Line)):
            if heading_kind(line.text):
                opened = True
                lines += waiting
                waiting = []
            lines.append(line)
    return lines + waiting


def _boxes_of_a_paragraph(boxes: Sequence[TextBox], margins: Margins) -> list[Line]:
    if len(boxes) == 1 or any(box.place is None for box in boxes):
        return flattened(boxes)
    return _read([_area(box, margins) for box in boxes])
