"""One story of the document (the body, a header, a footnote, a text box) → lines in reading order."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from common.documents.doc.fields import Fields
from common.documents.doc.looks import Look, Looks
from common.documents.doc.paragraphs import ParagraphLook, ParagraphLooks
from common.documents.doc.symbols import readable
from common.documents.doc.tables import TableWalk
from common.domain.parsing.source import Line
from common.domain.resume.text import normalise

_PARAGRAPH_ENDS = re.compile("[\r\x07\x0c]")  # 0x0C ends a page or a section
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Anchored:
    """Lines of a text box that hangs on the character at `position`."""

    position: int
    lines: Sequence[Line]


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
            paragraph = self._paragraph(first, behind, look, fields)
            hanging = boxes[bisect_left(positions, first) : bisect_right(positions, mark)]
            table.add([*paragraph.lines(), *(line for box in hanging for line in box.lines)], look)
        return table.finish()

    def _paragraph(self, start: int, end: int, look: ParagraphLook, fields: Fields) -> "_Paragraph":
        paragraph = _Paragraph(look.listed)
        for span in self.looks.between(start, end):
            text = self.characters[max(span.start, start) : min(span.end, end)]
            looked = self.looks.look(span, look.style)
            if looked.symbol and looked.visible:
                text = looked.symbol * len(text)
            paragraph.write(readable(fields.shown(text, visible=looked.visible)), looked)
        return paragraph


@dataclass
class _Paragraph:
    listed: bool
    text: list[str] = field(default_factory=list)
    size: float | None = None
    bold: bool | None = None

    def write(self, text: str, look: Look) -> None:
        self.text.append(text)
        if text.strip():
            self.bold = look.bold and self.bold is not False
            self.size = max(self.size or 0, look.size)

    def lines(self) -> list[Line]:
        whole = "".join(self.text)
        if not whole.strip():
            return []
        if _SURROGATES.search(whole):
            whole = whole.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        parts = [part for part in map(normalise, whole.split("\n")) if part]
        if parts and self.listed and not parts[0].startswith("•"):
            parts[0] = f"• {parts[0]}"
        return [Line(part, size=self.size, bold=bool(self.bold)) for part in parts]


def _paragraphs(characters: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """(first character, behind the mark) of each; the last one of a damaged story may lack its mark."""
    for mark in _PARAGRAPH_ENDS.finditer(characters, start, end):
        yield start, mark.end()
        start = mark.end()
    if start < end:
        yield start, end
