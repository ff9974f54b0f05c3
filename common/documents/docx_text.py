"""One WordprocessingML part → lines: body order, tables as "a | b | c", text boxes once, deleted and hidden text left out.

A streaming walk with explicit stacks: neither a 30,000-deep table nor a huge part can exhaust the interpreter's stack.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from common.documents.docx_package import parse_xml
from common.documents.table_rows import row_lines
from common.domain.parsing.source import Line
from common.domain.resume.text import normalise

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",  # the "strict" variant
)
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_DROPPED = frozenset(("del", "moveFrom", "instrText", "delText", "delInstrText", "rt"))
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "sym": "•"}
_OFF = ("0", "false", "off", "none")


@dataclass
class _Paragraph:
    text: list[str] = field(default_factory=list)
    listed: bool = False
    size: float | None = None
    bold: bool = True
    bold_seen: bool = False
    boxes: list[Line] = field(default_factory=list)

    def lines(self) -> list[Line]:
        parts = [normalise(part) for part in "".join(self.text).split("\n")]
        parts = [part for part in parts if part]
        if parts and self.listed and not parts[0].startswith("•"):
            parts[0] = f"• {parts[0]}"
        own = [Line(part, size=self.size, bold=self.bold and self.bold_seen) for part in parts]
        return own + self.boxes


@dataclass
class _Run:
    hidden: bool = False
    bold: bool = False
    size: float | None = None


class _Walk:
    """State of the walk. `_sinks` are where finished lines go: the part, or the innermost cell or text box."""

    def __init__(self) -> None:
        self.out: list[Line] = []
        self._sinks: list[list[Line]] = [self.out]
        self._paragraphs: list[_Paragraph] = []
        self._rows: list[list[list[Line]]] = []
        self._run = _Run()
        self._run_depth = 0
        self._in_text = False
        self._skip_depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, name = tag.rpartition(" ")
        if self._skip_depth or tag == _FALLBACK or (namespace in _WORD and name in _DROPPED):
            self._skip_depth += 1
        elif namespace in _WORD:
            values = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
            self._open(name, values)

    def end(self, tag: str) -> None:
        namespace, _, name = tag.rpartition(" ")
        if self._skip_depth:
            self._skip_depth -= 1
        elif namespace in _WORD:
            self._close(name)

    def text(self, characters: str) -> None:
        if self._in_text and not self._skip_depth:
            self._write(characters)

    def _open(self, name: str, values: dict[str, str]) -> None:
        if name == "p":
            self._paragraphs.append(_Paragraph())
        elif name == "txbxContent":
            self._sinks.append([])
            self._run = _Run()
        elif name == "tr":
            self._rows.append([])
        elif name == "tc":
            self._sinks.append([])
        elif name == "r":
            self._run, self._run_depth = _Run(), self._run_depth + 1
        elif name == "t":
            self._in_text = True
        elif name in _CHARACTERS:
            self._write(_CHARACTERS[name] if self._run_depth else "")
        else:
            self._set(name, values)

    def _set(self, name: str, values: dict[str, str]) -> None:
        """Properties that matter: list item, hidden, bold, size (half points)."""
        on = values.get("val", "1").lower() not in _OFF
        if name == "numId" and self._paragraphs:
            self._paragraphs[-1].listed = on
        elif self._run_depth and name in ("vanish", "webHidden"):
            self._run.hidden = on
        elif self._run_depth and name == "b":
            self._run.bold = on
        elif self._run_depth and name == "sz" and values.get("val", "").isdigit():
            self._run.size = int(values["val"]) / 2

    def _close(self, name: str) -> None:
        if name == "t":
            self._in_text = False
        elif name == "r":
            self._run_depth -= 1
        elif name == "p" and self._paragraphs:
            self._sinks[-1].extend(self._paragraphs.pop().lines())
        elif name == "txbxContent":
            self._close_box()
        elif name == "tc" and self._rows:
            self._rows[-1].append(self._sinks.pop())
        elif name == "tr" and self._rows:
            self._sinks[-1].extend(row_lines(self._rows.pop()))

    def _close_box(self) -> None:
        """A text box follows the paragraph that anchors it."""
        lines = self._sinks.pop()
        (self._paragraphs[-1].boxes if self._paragraphs else self._sinks[-1]).extend(lines)

    def _write(self, characters: str) -> None:
        if self._run.hidden or not self._paragraphs:
            return
        paragraph = self._paragraphs[-1]
        paragraph.text.append(characters)
        if characters.strip():
            paragraph.bold_seen = paragraph.bold_seen or self._run.bold
            paragraph.bold = paragraph.bold and self._run.bold
            paragraph.size = max(filter(None, (paragraph.size, self._run.size)), default=None)


def part_lines(chunks: Iterator[bytes]) -> list[Line]:
    """Lines of one part, without geometry; sizes in points where the file states them. Raises FileDamaged."""
    walk = _Walk()
    parse_xml(chunks, start=walk.start, end=walk.end, text=walk.text)
    return walk.out
