"""Sheet → PDF with embedded fonts, page breaks and true columns. Engine: reportlab."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from scripts.benchmarks.generator.formats.portrait import portrait
from scripts.benchmarks.generator.formats.spans import placed
from scripts.benchmarks.generator.sheet import (
    Block,
    Bullets,
    Columns,
    Grid,
    Heading,
    Photo,
    Sheet,
    Split,
    Text,
)

FONTS = Path("layers/render/mojian_fonts")
_PAGE = (595.0, 842.0)
_MARGIN = 42.0
_LEADING = 1.45


def write_pdf(sheet: Sheet, *, canvas: Any = None, encrypt: Any = None) -> bytes:
    """A4, as many pages as it takes. `canvas` and `encrypt` are reportlab's, for documents with something behind the page."""
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import BaseDocTemplate, PageTemplate

    _register_fonts()
    written = io.BytesIO()
    document = BaseDocTemplate(written, pagesize=_PAGE, title=sheet.title, author="", invariant=1, encrypt=encrypt)
    columns = sheet.blocks[0]
    if isinstance(columns, Columns):
        story = _side_by_side(document, columns, sheet.colour)
    else:
        document.addPageTemplates([PageTemplate("whole", [_frame(_MARGIN, _PAGE[0] - 2 * _MARGIN)])])
        story = _flowables(sheet.blocks, _Pen(_PAGE[0] - 2 * _MARGIN, sheet.colour))
    document.build(story, canvasmaker=canvas or Canvas)
    return written.getvalue()


def _side_by_side(document: Any, columns: Columns, colour: str) -> list[Any]:
    """The left column on the first page only, the right one over all pages, as sidebar templates print them."""
    from reportlab.platypus import FrameBreak, NextPageTemplate, PageTemplate

    edge = _PAGE[0] * columns.share
    beside = _PAGE[0] - edge - 36

    def shade(canvas: Any, _: Any) -> None:
        canvas.setFillColor(_colour(colour if columns.dark else "EDF1F5"))
        canvas.rect(0, 0, edge, _PAGE[1], stroke=0, fill=1)

    first = PageTemplate("first", [_frame(18, edge - 32), _frame(edge + 10, beside)], onPage=shade)
    document.addPageTemplates([first, PageTemplate("later", [_frame(edge + 10, beside)], onPage=shade)])
    pen = _Pen(edge - 32, "FFFFFF", "FFFFFF") if columns.dark else _Pen(edge - 32, colour)
    right = _flowables(columns.right, _Pen(beside, colour))
    return [*_flowables(columns.left, pen), NextPageTemplate("later"), FrameBreak(), *right]


def _frame(left: float, width: float) -> Any:
    from reportlab.platypus import Frame

    return Frame(left, _MARGIN, width, _PAGE[1] - 2 * _MARGIN, 0, 0, 0, 0)


@dataclass(frozen=True)
class _Pen:
    """How wide the place is, the accent, and the colour of plain text, both as RRGGBB."""

    width: float
    colour: str
    ink: str = "000000"


def _flowables(blocks: Sequence[Block], pen: _Pen) -> list[Any]:
    return [one for block in blocks for one in _PRINTERS[type(block)](block, pen)]


def _text(block: Text, pen: _Pen) -> list[Any]:
    return [
        _paragraph(
            block.text, block.size, block.bold, block.align, "666666" if block.grey and pen.ink == "000000" else pen.ink
        )
    ]


def _heading(block: Heading, pen: _Pen) -> list[Any]:
    from reportlab.platypus import Spacer, Table

    band = block.look == "band" and pen.ink == "000000"
    words = _paragraph(block.text, 12, True, "left", "FFFFFF" if band else pen.colour)
    commands: list[tuple[Any, ...]] = [("BACKGROUND", (0, 0), (-1, -1), _colour(pen.colour))] if band else []
    if block.look == "rule":
        commands.append(("LINEBELOW", (0, 0), (-1, -1), 0.8, _colour(pen.colour)))
    table = Table([[words]], colWidths=[pen.width], style=[*commands, *_padding(2 if band else 0, 2)])
    printed = [Spacer(1, 6), table, Spacer(1, 3)]
    for one in printed:
        one.keepWithNext = True
    return printed


def _split(block: Split, pen: _Pen) -> list[Any]:
    from reportlab.platypus import Table

    aside = min(pen.width * 0.45, 10.2 * max(len(block.right), 6) + 8)
    left = _paragraph(block.left, 10, block.bold, "left", pen.ink)
    right = _paragraph(block.right, 10, False, "right", pen.ink)
    return [Table([[left, right]], colWidths=[pen.width - aside, aside], style=_padding(0, 1))]


def _bullets(block: Bullets, pen: _Pen) -> list[Any]:
    return [_paragraph(f"{block.glyph} {item}", 9.5, False, "left", pen.ink, indent=10) for item in block.items]


def _photo(_block: Photo, _pen: _Pen) -> list[Any]:
    from reportlab.platypus import Image

    return [Image(io.BytesIO(portrait()), width=60, height=84)]


def _grid(block: Grid, pen: _Pen) -> list[Any]:
    from reportlab.platypus import Table

    widths = [pen.width * share for share in block.widths]
    rows: list[list[Any]] = [["" for _ in widths] for _ in block.rows]
    commands: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP"), *_padding(3, 2)]
    for y, x, one in placed(block):
        place = (x, y), (x + one.columns - 1, y + one.rows - 1)
        rows[y][x] = _flowables(one.blocks, replace(pen, width=sum(widths[x : x + one.columns]) - 6))
        commands.append(("SPAN", *place))
        if one.shaded:
            commands.append(("BACKGROUND", *place, _colour("E8EDF2")))
    if block.border:
        commands.append(("GRID", (0, 0), (-1, -1), 0.5, _colour("888888")))
    return [Table(rows, colWidths=widths, style=commands, splitInRow=1)]


def _paragraph(text: str, size: float, bold: bool, align: str, ink: str, indent: float = 0) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    style = ParagraphStyle(
        "text",
        fontName="Bench-Bold" if bold else "Bench",
        fontSize=size,
        leading=size * _LEADING,
        alignment={"left": 0, "center": 1, "right": 2}[align],
        textColor=_colour(ink),
        leftIndent=indent,
        firstLineIndent=-indent,
        wordWrap="CJK" if any(char >= "\u2e80" for char in text) else None,
    )
    return Paragraph(escape(text).replace("  ", "&nbsp;&nbsp;"), style)


def _colour(rgb: str) -> Any:
    from reportlab.lib.colors import HexColor

    return HexColor(f"#{rgb}")


def _padding(sides: float, ends: float) -> list[tuple[Any, ...]]:
    names = (("LEFT", sides), ("RIGHT", sides), ("TOP", ends), ("BOTTOM", ends))
    return [(f"{name}PADDING", (0, 0), (-1, -1), value) for name, value in names]


@cache
def _register_fonts() -> None:
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    registerFont(TTFont("Bench", str(FONTS / "NotoSansSC-Regular.ttf")))
    registerFont(TTFont("Bench-Bold", str(FONTS / "NotoSansSC-Bold.ttf")))


_PRINTERS: dict[type, Callable[[Any, _Pen], list[Any]]] = {
    Text: _text,
    Heading: _heading,
    Split: _split,
    Bullets: _bullets,
    Photo: _photo,
    Grid: _grid,
    Columns: lambda block, pen: _flowables((*block.left, *block.right), pen),
}
