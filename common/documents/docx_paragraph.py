"""One Word paragraph while it streams by: its lines with their look, what is hidden in it, its boxes."""

from dataclasses import dataclass, field

from common.documents.docx_boxes import TextBox
from common.documents.docx_styles import Look
from common.documents.links import unseen_links
from common.domain.parsing.source import Line
from common.domain.resume.text import normalise


@dataclass(slots=True)
class Run:
    """Properties of one run; `look` is resolved when its first text comes."""

    own: Look = field(default_factory=Look)
    style: str | None = None
    look: Look | None = None


@dataclass(slots=True)
class _OpenLine:
    text: list[str] = field(default_factory=list)
    size: float = 0.0
    bold: bool = True
    links: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Paragraph:
    """`own` are the properties of the paragraph itself: its list and its shade. `above` as in TextBox."""

    above: int = 0
    style: str | None = None
    own: Look = field(default_factory=Look)
    marker: str = ""
    boxes: list[TextBox] = field(default_factory=list)
    _open: list[_OpenLine] = field(default_factory=lambda: [_OpenLine()])

    def write(self, characters: str, look: Look) -> None:
        line = self._open[-1]
        line.text.append(characters)
        if not characters.isspace():
            line.size = max(line.size, look.size or 0.0)
            line.bold = line.bold and bool(look.bold)

    def break_line(self) -> None:
        self._open.append(_OpenLine())

    def link(self, target: str) -> None:
        self._open[-1].links.append(target)

    @property
    def is_empty(self) -> bool:
        """So far."""
        return not any(part.strip() for line in self._open for part in line.text)

    def finished(self) -> list[Line | TextBox]:
        """Its lines, the first with the list's marker, then its boxes; a box that begins above the text comes first."""
        lines: list[Line] = []
        for line in self._open:
            text = normalise("".join(line.text))
            if not text:
                continue
            if not lines and self.marker and not text.startswith("•"):
                text = f"{self.marker} {text}"
            links = unseen_links(line.links, text) if line.links else ()
            lines.append(Line(text, size=line.size or None, bold=line.bold, links=links))
        if not self.boxes:
            return [*lines]
        first = [box for box in self.boxes if _begins_above(box)]
        return [*first, *lines, *(box for box in self.boxes if not _begins_above(box))]


def _begins_above(box: TextBox) -> bool:
    return box.place is not None and box.place.top_of == "text" and box.place.top < 0
