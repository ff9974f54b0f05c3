"""The walk through one part of a Word file: what every element means for its text, in the order of the file.

A streaming walk with explicit stacks: neither a 30,000-deep table nor a huge part can exhaust the interpreter's stack.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from common.documents.docx_boxes import Margins, TextBox, flattened
from common.documents.docx_names import attribute, is_on
from common.documents.docx_numbering import Numbering
from common.documents.docx_paragraph import Paragraph, Run
from common.documents.docx_shapes import DocxPicture, Drawing, points_of_twips
from common.documents.docx_styles import LOOKS, Look, Styles, is_shade
from common.documents.docx_symbols import symbol
from common.documents.table_rows import table_lines
from common.domain.parsing.source import Line

_HYPERLINK = re.compile(r'HYPERLINK\s+(?:\\[a-z]\s+)*"?([^"\s]+)')
_LONGEST_CODE = 2000


@dataclass
class Surroundings:
    """What a part refers to: styles, lists, and the targets of its relationships by their ids."""

    styles: Styles = field(default_factory=Styles)
    numbering: Numbering = field(default_factory=Numbering)
    links: Mapping[str, str] = field(default_factory=dict)
    diagram: Callable[[str], list[Line]] = lambda _: []
    embedded: Callable[[str], list[Line]] = lambda _: []


@dataclass
class _Cell:
    flow: list[Line | TextBox] = field(default_factory=list)
    continues: bool = False
    shaded: bool = False


@dataclass
class _Row:
    cells: list[_Cell] = field(default_factory=list)
    deleted: bool = False


@dataclass
class _Table:
    rows: list[list[list[Line]]] = field(default_factory=list)
    shaded: bool = False


class Walk:
    """State of the walk. `_flows` are where finished lines go: the part, or the innermost cell or text box."""

    def __init__(self, around: Surroundings, *, white_shows: bool) -> None:
        self.flow: list[Line | TextBox] = []
        self.pictures: list[DocxPicture] = []
        self.margins = Margins()
        self.hidden = self.white = self.grounds = 0
        self.embeds = False
        self._around = around
        self._white_shows = white_shows
        self._flows: list[list[Line | TextBox]] = [self.flow]
        self._paragraphs: list[Paragraph] = []
        self._runs: list[Run | None] = []  # None where a text box begins: its text is in no run of its anchor's
        self._tables: list[_Table] = []
        self._rows: list[_Row] = []
        self._cells: list[_Cell] = []
        self._drawings: list[Drawing] = []
        self._controls: list[bool] = []  # does the content control show its placeholder?
        self._alternatives: list[int] = []  # how much had been read when the first alternative began
        self._boxes = 0
        self._read = 0
        self._page = 1
        self._above = 0
        self._context = ""  # whose properties are being read
        self._text_goes_to: Callable[[str], None] | None = None
        self._code = ""
        self.skipped = 0

    def text(self, characters: str) -> None:
        if self._text_goes_to and not self.skipped:
            self._text_goes_to(characters)

    def skip(self, _: object = None) -> None:
        """Leave out the element that begins here, with everything in it."""
        self.skipped = 1

    # Paragraphs and runs

    def begin_paragraph(self, _: object) -> None:
        style = self._around.styles.default_paragraph
        self._paragraphs.append(Paragraph(above=self._above, style=style))

    def end_paragraph(self) -> None:
        paragraph = self._paragraphs.pop()
        style = self._around.styles.look(paragraph.style)
        list_id = paragraph.own.list_id or style.list_id
        if list_id and list_id != "0":
            level = style.list_level if paragraph.own.list_level is None else paragraph.own.list_level
            paragraph.marker = self._around.numbering.marker(list_id, level or 0)
        self._flows[-1].extend(paragraph.finished())
        if len(self._flows) == 1:
            self._above += 1

    def begin_run(self, _: object) -> None:
        self._runs.append(Run())

    def end_run(self) -> None:
        self._runs.pop()

    def write(self, characters: str) -> None:
        if not self._paragraphs:
            return
        self._read += 1
        paragraph = self._paragraphs[-1]
        run = (self._runs[-1] if self._runs else None) or Run()
        if run.look is None:
            run.look = self._around.styles.of_text(paragraph.style, run.style, run.own)
        if run.look.is_unseen or (run.look.white and not run.look.shaded and not self._is_grounded(paragraph)):
            unseen = len("".join(characters.split()))
            self.hidden += unseen
            self.white += unseen if run.look.white else 0
        elif characters == "\n":
            paragraph.break_line()
        else:
            paragraph.write(characters, run.look)

    def _is_grounded(self, paragraph: Paragraph) -> bool:
        shaded = paragraph.own.shaded or self._around.styles.look(paragraph.style).shaded
        painted = any(cell.shaded for cell in self._cells) or any(table.shaded for table in self._tables)
        return bool(shaded) or painted or self._boxes > 0 or self._white_shows

    def begin_text(self, _: object) -> None:
        self._text_goes_to = self.write

    def begin_code(self, _: object) -> None:
        self._text_goes_to = self._add_code

    def end_text(self) -> None:
        self._text_goes_to = None

    def put(self, characters: str) -> None:
        """A character that an element stands for; tab stops and the like in properties stand for nothing."""
        if self._runs and self._runs[-1] is not None and not self._context:
            self.write(characters)

    def put_break(self, attributes: Mapping[str, str]) -> None:
        self.put("\n")
        if attribute(attributes, "type") == "page":
            self.turn_page()

    def turn_page(self, _: object = None) -> None:
        """A box stays on the page of its anchor, whatever it breaks inside."""
        if self._boxes:
            return
        self._page += 1
        self._above = 0

    def put_symbol(self, attributes: Mapping[str, str]) -> None:
        if self._paragraphs:
            self.put(symbol(attribute(attributes, "char"), begins_line=self._paragraphs[-1].is_empty))

    # Properties

    def enter(self, context: str) -> None:
        self._context = context

    def leave(self) -> None:
        self._context = ""

    def set_look(self, set_property: Callable[[Look, dict[str, str]], None], attributes: dict[str, str]) -> None:
        if not self._context:
            if self._runs and (run := self._runs[-1]) is not None:
                set_property(run.own, attributes)
        elif self._context == "paragraph" and self._paragraphs:
            set_property(self._paragraphs[-1].own, attributes)

    def set_shade(self, attributes: dict[str, str]) -> None:
        if self._context != "cell":
            self.set_look(LOOKS["shd"], attributes)
        elif self._cells:
            self._cells[-1].shaded = is_shade(attributes)

    def shade_table(self, _: object) -> None:
        """A styled table may have bands of colour; which rows they fall on is not worth reading its style for."""
        if self._tables:
            self._tables[-1].shaded = True

    def set_style(self, kind: str, attributes: Mapping[str, str]) -> None:
        style = attribute(attributes, "val")
        if kind == "paragraph" and self._paragraphs:
            self._paragraphs[-1].style = style
        elif kind == "run" and not self._context and self._runs and self._runs[-1] is not None:
            self._runs[-1].style = style

    # Tables

    def begin_table(self, _: object) -> None:
        self._tables.append(_Table())

    def end_table(self) -> None:
        self._flows[-1].extend(table_lines(self._tables.pop().rows))

    def begin_row(self, _: object) -> None:
        self._rows.append(_Row())

    def end_row(self) -> None:
        row = self._rows.pop()
        if self._tables and not row.deleted:
            self._tables[-1].rows.append([flattened(cell.flow) for cell in row.cells])

    def begin_cell(self, _: object) -> None:
        self._cells.append(_Cell())
        self._flows.append(self._cells[-1].flow)

    def end_cell(self) -> None:
        """What a cell that continues the one above or beside it holds is not shown."""
        cell = self._cells.pop()
        self._flows.pop()
        if self._rows:
            self._rows[-1].cells.append(_Cell() if cell.continues else cell)

    def merge_cell(self, attributes: Mapping[str, str]) -> None:
        if self._cells:
            self._cells[-1].continues = attribute(attributes, "val", "continue") == "continue"

    def delete(self, _: object) -> None:
        if self._context == "row" and self._rows:
            self._rows[-1].deleted = True
        self.skip()

    # Links and fields

    def link(self, attributes: Mapping[str, str]) -> None:
        target = self._around.links.get(attribute(attributes, "id"))
        if target and self._paragraphs:
            self._paragraphs[-1].link(target)

    def _add_code(self, characters: str) -> None:
        if len(self._code) < _LONGEST_CODE:
            self._code += characters

    def mark_field(self, attributes: Mapping[str, str]) -> None:
        if attribute(attributes, "fldCharType") != "begin":
            self.link_by_code(self._code)
        self._code = ""

    def link_by_code(self, code: str) -> None:
        found = _HYPERLINK.search(code)
        if found and self._paragraphs:
            self._paragraphs[-1].link(found[1])

    # Alternatives, content controls, other documents

    def begin_alternatives(self, _: object) -> None:
        self._alternatives.append(self._read)

    def end_alternatives(self) -> None:
        self._alternatives.pop()

    def begin_alternative(self, _: object) -> None:
        """The first one that says something; the others say the same in older ways."""
        if self._alternatives and self._alternatives[-1] != self._read:
            self.skip()

    def begin_control(self, _: object) -> None:
        self._controls.append(False)

    def end_control(self) -> None:
        self._controls.pop()

    def show_placeholder(self, attributes: dict[str, str]) -> None:
        if self._controls:
            self._controls[-1] = is_on(attributes)

    def begin_control_content(self, _: object) -> None:
        if self._controls and self._controls[-1]:
            self.skip()

    def embed(self, attributes: Mapping[str, str]) -> None:
        lines = self._around.embedded(attribute(attributes, "id"))
        self._flows[-1].extend(lines)
        self.embeds = self.embeds or not lines

    # Drawings and text boxes

    def begin_drawing(self, _: object) -> None:
        self._drawings.append(Drawing())

    def end_drawing(self) -> None:
        drawing = self._drawings.pop()
        self._take_picture(drawing)
        self.grounds += int(drawing.floating)

    def draw(self, method: Callable[[Drawing, dict[str, str]], None], attributes: dict[str, str]) -> None:
        if self._drawings:
            method(self._drawings[-1], attributes)

    def read_place(self, method: Callable[[Drawing, str], None]) -> None:
        if self._drawings:
            drawing = self._drawings[-1]
            self._text_goes_to = lambda text: method(drawing, text)

    def end_shape(self) -> None:
        if self._drawings:
            self._take_picture(self._drawings[-1])
            self._drawings[-1].shape = None

    def end_group(self) -> None:
        if self._drawings:
            self._drawings[-1].end_group()

    def _take_picture(self, drawing: Drawing) -> None:
        picture = drawing.picture(self._page)
        if picture:
            self._read += 1
            self.pictures.append(picture)

    def begin_box(self, _: object) -> None:
        self._boxes += 1
        self._flows.append([])
        self._runs.append(None)

    def end_box(self) -> None:
        self._boxes -= 1
        self._runs.pop()
        self._add_box(flattened(self._flows.pop()))

    def _add_box(self, lines: list[Line]) -> None:
        if not lines:
            return
        place = self._drawings[-1].place if self._drawings else None
        above = self._paragraphs[-1].above if self._paragraphs else self._above
        box = TextBox(tuple(lines), place, self._page, above)
        (self._paragraphs[-1].boxes if self._paragraphs else self._flows[-1]).append(box)

    def put_diagram(self, attributes: Mapping[str, str]) -> None:
        lines = self._around.diagram(attribute(attributes, "dm"))
        self._read += len(lines)
        self._add_box(lines)

    def put_word_art(self, attributes: Mapping[str, str]) -> None:
        text = attribute(attributes, "string").strip()
        if text and not (self._drawings and self._drawings[-1].is_watermark):
            self._read += 1
            self._add_box([Line(text)])

    def paint_page(self, _: object) -> None:
        self.grounds += 1

    def set_margins(self, attributes: Mapping[str, str]) -> None:
        sides = (points_of_twips(attribute(attributes, side)) for side in ("left", "top"))
        self.margins = Margins(*sides)
