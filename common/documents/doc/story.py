"""One story of the document (the body, a header, a footnote, a text box) → its flow: lines, and boxes behind their anchors."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from common.documents.doc.fields import Fields
from common.documents.doc.looks import Looks, RunLook
from common.documents.doc.paragraphs import ParagraphLook, ParagraphLooks
from common.documents.doc.sprms import PICTURE
from common.documents.doc.symbols import has_symbols, readable
from common.documents.doc.tables import Flow, TableWalk
from common.documents.docx_boxes import TextBox, flattened
from common.documents.docx_paragraph import Paragraph
from common.documents.docx_symbols import symbol
from common.documents.list_markers import ListMarkers
from common.domain.parsing.source import Line

_PAGE_END = "\x0c"  # of a page or a section
_PARAGRAPH_ENDS = f"\r\x07{_PAGE_END}"
_PARAGRAPH_END = re.compile(f"[{_PARAGRAPH_ENDS}]")
_PICTURE = "\x01"


class Anchored(NamedTuple):
    """A text box that hangs on the character at `position`."""

    position: int
    box: TextBox


@dataclass
class Text:
    """The characters of all stories one behind the other, and how they look. All of them count on in the same lists.

    `hidden` counts characters left out because nobody sees them. White ones are among them unless `white_shows`: something
    is drawn, and may be dark, where the text stands.
    """

    characters: str
    looks: Looks
    paragraphs: ParagraphLooks
    numbering: ListMarkers
    white_shows: bool
    hidden: int = 0

    def lines(self, start: int, end: int, boxes: Sequence[Anchored] = ()) -> list[Line]:
        """Of a story that has no page to place its boxes on: each follows its paragraph. Raises FileDamaged."""
        return flattened(self.flow(start, end, boxes))

    def flow(self, start: int, end: int, boxes: Sequence[Anchored] = ()) -> Flow:
        """`boxes` are sorted by position. Raises FileDamaged."""
        table, fields = TableWalk(), Fields()
        positions = [box.position for box in boxes]
        page, above = 1, 0
        for first, behind in _paragraphs(self.characters, start, end):
            look = self.paragraphs.look(behind - 1)
            hanging = boxes[bisect_left(positions, first) : bisect_left(positions, behind)]
            is_empty = self.characters[first] in _PARAGRAPH_ENDS and not hanging
            if is_empty:
                table.add((), look)
            else:
                paragraph = self._paragraph(first, behind, look, fields)
                paragraph.boxes += [replace(anchored.box, page=page, above=above) for anchored in hanging]
                table.add(paragraph.finished(), look)
            above += look.depth == 0
            if self.characters[behind - 1] == _PAGE_END:
                page, above = page + 1, 0
        return table.finish()

    def picture_places(self) -> list[int]:
        """Where the pictures are that stand in the text like characters: places in the stream "Data"."""
        found = dict.fromkeys(
            span.properties[PICTURE]
            for span in self.looks.spans
            if PICTURE in span.properties and _PICTURE in self.characters[span.start : span.end]
        )
        return list(found)

    def _paragraph(self, start: int, end: int, look: ParagraphLook, fields: Fields) -> Paragraph:
        paragraph = Paragraph()
        grounded = self.white_shows or look.shaded or look.depth > 0
        for span in self.looks.between(start, end):
            run = self.looks.look(span, look.style)
            text = self.characters[max(span.start, start) : min(span.end, end)]
            self._write(paragraph, text, run, fields, grounded=grounded)
        if look.list_id and not paragraph.is_empty:
            paragraph.marker = self.numbering.marker(look.list_id, look.list_level)
        return paragraph

    def _write(self, paragraph: Paragraph, text: str, run: RunLook, fields: Fields, *, grounded: bool) -> None:
        hidden = run.look.is_unseen or (bool(run.look.white) and not run.look.shaded and not grounded)
        if run.symbol and not hidden:
            text = symbol(run.symbol, begins_line=paragraph.is_empty) * len(text)
        shown = fields.shown(text, visible=not run.deleted)
        shown = readable(shown, begins_line=has_symbols(shown) and paragraph.is_empty)
        if hidden:
            self.hidden += len("".join(shown.split()))
            return
        for place, part in enumerate(shown.split("\n")):
            if place:
                paragraph.break_line()
            if part:
                paragraph.write(part, run.look)
        for target in fields.links():
            paragraph.link(target)


def _paragraphs(characters: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """(first character, behind the mark) of each; the last one of a damaged story may lack its mark."""
    for mark in _PARAGRAPH_END.finditer(characters, start, end):
        yield start, mark.end()
        start = mark.end()
    if start < end:
        yield start, end
