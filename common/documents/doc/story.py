"""One story of the document (the body, a header, a footnote, a text box) → lines in reading order."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from common.documents.doc.fields import Fields
from common.documents.doc.looks import Look, Looks
from common.documents.doc.paragraphs import ParagraphLook, ParagraphLooks
from common.documents.doc.sprms import PICTURE
from common.documents.doc.symbols import readable
from common.documents.doc.tables import TableWalk
from common.documents.links import unseen_links
from common.domain.parsing.source import Line
from common.domain.resume.text import normalise

_PARAGRAPH_ENDS = "\r\x07\x0c"  # the last one ends a page or a section
_PARAGRAPH_END = re.compile(f"[{_PARAGRAPH_ENDS}]")
_PICTURE = "\x01"
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Anchored:
    """Lines of a text box that hangs on the character at `position`; its place on the page counts from `origin`."""

    position: int
    lines: Sequence[Line]
    origin: int = 0
    top: int = 0
    left: int = 0


@dataclass(frozen=True)
class Text:
    """The characters of all stories one behind the other, and how they look."""

    characters: str
    looks: Looks
    paragraphs: ParagraphLooks

    def lines(self, start: int, end: int, boxes: Sequence[Anchored] = ()) -> list[Line]:
        """`boxes` are sorted by position; each follows the paragraph that it hangs on. Raises FileDamaged."""
        table, fields = TableWalk(), Fields()
        positions = [box.position for box in boxes]
        for first, behind in _paragraphs(self.characters, start, end):
            mark = behind - 1
            look = self.paragraphs.look(mark)
            is_empty = self.characters[first] in _PARAGRAPH_ENDS
            lines = [] if is_empty else self._paragraph(first, behind, look, fields).lines()
            hanging = _as_placed(boxes[bisect_left(positions, first) : bisect_right(positions, mark)])
            table.add([*lines, *(line for box in hanging for line in box.lines)], look)
        return table.finish()

    def picture_places(self) -> list[int]:
        """Where the pictures are that stand in the text like characters: places in the stream "Data"."""
        found = dict.fromkeys(
            span.properties[PICTURE]
            for span in self.looks.spans
            if PICTURE in span.properties and _PICTURE in self.characters[span.start : span.end]
        )
        return list(found)

    def _paragraph(self, start: int, end: int, look: ParagraphLook, fields: Fields) -> "_Paragraph":
        paragraph = _Paragraph(look.listed)
        for span in self.looks.between(start, end):
            text = self.characters[max(span.start, start) : min(span.end, end)]
            looked = self.looks.look(span, look.style)
            if looked.symbol and looked.visible:
                text = looked.symbol * len(text)
            paragraph.write(readable(fields.shown(text, visible=looked.visible)), looked)
            paragraph.link(fields.links())
        return paragraph


@dataclass
class _Paragraph:
    listed: bool
    text: list[str] = field(default_factory=list)
    size: float | None = None
    bold: bool | None = None
    breaks: int = 0
    links: dict[int, list[str]] = field(default_factory=dict)

    def link(self, targets: list[str]) -> None:
        if targets:
            self.links.setdefault(self.breaks, []).extend(targets)

    def write(self, text: str, look: Look) -> None:
        self.text.append(text)
        self.breaks += text.count("\n")
        if text.strip():
            self.bold = look.bold and self.bold is not False
            self.size = max(self.size or 0, look.size)

    def lines(self) -> list[Line]:
        whole = "".join(self.text)
        if not whole.strip():
            return []
        if _SURROGATES.search(whole):
            whole = whole.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        lines: list[Line] = []
        for place, part in enumerate(whole.split("\n")):
            text = normalise(part)
            if text and self.listed and not lines and not text.startswith("•"):
                text = f"• {text}"
            if text:
                links = unseen_links(self.links.get(place, []), text)
                lines.append(Line(text, size=self.size, bold=bool(self.bold), links=links))
        return lines


def _as_placed(boxes: Sequence[Anchored]) -> Sequence[Anchored]:
    """Boxes of one paragraph from the top of the page down, where their places can be compared."""
    comparable = len({box.origin for box in boxes}) == 1
    return sorted(boxes, key=lambda box: (box.top, box.left)) if comparable else boxes


def _paragraphs(characters: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """(first character, behind the mark) of each; the last one of a damaged story may lack its mark."""
    for mark in _PARAGRAPH_END.finditer(characters, start, end):
        yield start, mark.end()
        start = mark.end()
    if start < end:
        yield start, end
