"""What a Word 97 document is made of, before it is bytes: paragraphs of runs, rows of cells, boxes, pictures."""

import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace

CELL_END, PARAGRAPH_END = "\x07", "\r"
FIELD_MARKS = "\x13\x14\x15"
SPECIAL = struct.pack("<HB", 0x0855, 1)  # of characters that stand for something else


def units(text: str) -> str:
    """One character for each position that Word counts: an emoji is two."""
    return "".join(map(chr, array("H", text.encode("utf-16-le"))))


@dataclass(frozen=True)
class Run:
    """`size` in points. `properties` are further ones, already in Word's binary form."""

    text: str
    bold: bool = False
    size: float | None = None
    hidden: bool = False
    deleted: bool = False
    properties: bytes = b""

    def packed(self) -> bytes:
        """Its property list (MS-DOC 2.6.1)."""
        return b"".join(
            (
                struct.pack("<HB", 0x0835, 1) if self.bold else b"",
                struct.pack("<HH", 0x4A43, round(self.size * 2)) if self.size else b"",
                struct.pack("<HB", 0x083C, 1) if self.hidden else b"",
                struct.pack("<HB", 0x0800, 1) if self.deleted else b"",
                self.properties,
            )
        )


@dataclass(frozen=True)
class Paragraph:
    """`listed` is the number of its list, 0 for none; `depth` that of the tables around it."""

    runs: Sequence[Run]
    end: str = PARAGRAPH_END
    style: int = 0
    listed: int = 0
    depth: int = 0
    properties: bytes = b""

    @property
    def text(self) -> str:
        return units("".join(run.text for run in self.runs)) + self.end

    def packed(self) -> bytes:
        """Its style and property list (MS-DOC 2.6.2)."""
        return b"".join(
            (
                struct.pack("<H", self.style),
                struct.pack("<HHHB", 0x460B, self.listed, 0x260A, 0) if self.listed else b"",
                struct.pack("<HB", 0x2416, 1) if self.depth else b"",
                struct.pack("<HI", 0x6649, self.depth) if self.depth else b"",
                self.properties,
            )
        )


@dataclass(frozen=True)
class Box:
    """A text box that hangs on paragraph number `anchor` of the body; place and size in points on the page.

    `from_margin`: its place counts from the margins of the page. `grouped` puts it into a group of shapes, which then is
    what hangs there.
    """

    content: Sequence[Paragraph]
    anchor: int = 0
    left: int = 300
    top: int = 80
    width: int = 200
    height: int = 60
    from_margin: bool = False
    grouped: bool = False


@dataclass(frozen=True)
class Picture:
    """A PNG or JPEG. With an `anchor` it floats beside that paragraph; without one, nothing refers to it but the drawing."""

    content: bytes
    anchor: int = 0
    left: int = 400
    top: int = 40
    width: int = 75
    height: int = 105

    @property
    def is_png(self) -> bool:
        return self.content.startswith(b"\x89PNG")


def paragraph(text: str, *, bold: bool = False, size: float | None = None, listed: int = 0) -> Paragraph:
    return Paragraph((Run(text, bold=bold, size=size),), listed=listed)


def field(instruction: str, result: str) -> list[Run]:
    """The runs of a field: its marks are special characters."""
    return [
        Run(FIELD_MARKS[0], properties=SPECIAL),
        Run(f" {instruction} "),
        Run(FIELD_MARKS[1], properties=SPECIAL),
        Run(result),
        Run(FIELD_MARKS[2], properties=SPECIAL),
    ]


def row(*cells: str | Sequence[Paragraph]) -> list[Paragraph]:
    """One row of a table: a cell is a line of text, or paragraphs (rows of an inner table among them)."""
    found: list[Paragraph] = []
    for cell in cells:
        content = [paragraph(cell)] if isinstance(cell, str) else list(cell)
        if content[-1].depth:  # Word wants a paragraph behind an inner table
            content.append(paragraph(""))
        inside = [replace(item, depth=item.depth or 1) for item in content]
        found += [*inside[:-1], replace(inside[-1], end=CELL_END)]
    return [*found, Paragraph((), CELL_END, depth=1, properties=struct.pack("<HB", 0x2417, 1) + _columns(len(cells)))]


def inner_row(*cells: str) -> list[Paragraph]:
    """One row of a table inside a cell."""
    ends_cell, ends_row = struct.pack("<HB", 0x244B, 1), struct.pack("<HB", 0x244C, 1)
    content = [replace(paragraph(cell), depth=2, properties=ends_cell) for cell in cells]
    return [*content, Paragraph((), depth=2, properties=ends_cell + ends_row + _columns(len(cells)))]


def _columns(count: int) -> bytes:
    """sprmTDefTable: the borders of the columns in twentieths of a point, then twenty bytes for each cell."""
    borders = struct.pack(f"<{count + 1}h", *(n * 8000 // count for n in range(count + 1)))
    definition = bytes((count,)) + borders + bytes(20 * count)
    return struct.pack("<HH", 0xD608, len(definition) + 1) + definition
