"""Sheet → DOCX as Word writes it: tab stops, merged cells, the photo in a cell, floating text boxes. Engine: python-docx."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from scripts.benchmarks.generator.formats.docx_boxes import text_box
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

_FONT = "微软雅黑"
_LINE_CM = 18.0


def write_docx(sheet: Sheet, *, in_header: int = 0, hidden: str = "") -> bytes:
    """A4, with the fixed dates that make it the same for the same sheet.

    The first `in_header` blocks stand in the page header; `hidden` is a paragraph that Word does not show.
    """
    import docx
    from docx.shared import Cm

    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(1.5)
    document.core_properties.title = sheet.title
    document.styles["Normal"].font.name = _FONT
    document.styles["Normal"].element.rPr.rFonts.set(_name("w:eastAsia"), _FONT)
    _print(page.header, sheet.blocks[:in_header], sheet.colour, _LINE_CM)
    _print(document, sheet.blocks[in_header:], sheet.colour, _LINE_CM)
    if hidden:
        document.add_paragraph().add_run(hidden).font.hidden = True
    written = io.BytesIO()
    document.save(written)
    return with_fixed_times(written.getvalue())


def with_fixed_times(package: bytes) -> bytes:
    """The same zip with 1980 as the time of every member."""
    import zipfile

    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            new.writestr(zipfile.ZipInfo(member.filename), old.read(member), zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _print(place: Any, blocks: Sequence[Block], colour: str, width_cm: float) -> None:
    for block in blocks:
        _PRINTERS[type(block)](place, block, colour, width_cm)


def _text(place: Any, block: Text, _colour: str, _width_cm: float) -> None:
    paragraph = _paragraph(place, block.text, size=block.size, bold=block.bold, colour="666666" if block.grey else "")
    paragraph.alignment = {"left": 0, "center": 1, "right": 2}[block.align]


def _heading(place: Any, block: Heading, colour: str, _width_cm: float) -> None:
    paragraph = _paragraph(place, block.text, size=12, bold=True, colour="FFFFFF" if block.look == "band" else colour)
    paragraph.paragraph_format.keep_with_next = True
    if block.look == "band":
        _property(paragraph, "w:shd", val="clear", fill=colour)
    if block.look == "rule":
        border = _element("w:pBdr")
        border.append(_element("w:bottom", val="single", sz="6", space="1", color=colour))
        paragraph._p.get_or_add_pPr().append(border)


def _split(place: Any, block: Split, _colour: str, width_cm: float) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Cm, Pt

    paragraph = _paragraph(place, block.left, bold=block.bold)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(width_cm - 0.4), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"\t{block.right}").font.size = Pt(10)


def _bullets(place: Any, block: Bullets, _colour: str, _width_cm: float) -> None:
    """A round bullet is Word's own list; others are typed."""
    for item in block.items:
        if block.glyph == "•":
            _paragraph(place, item, size=9.5).style = "List Bullet"
        else:
            _paragraph(place, f"{block.glyph} {item}", size=9.5)


def _photo(place: Any, _block: Photo, _colour: str, _width_cm: float) -> None:
    from docx.shared import Cm

    _paragraph(place, "").add_run().add_picture(io.BytesIO(portrait()), width=Cm(2.2))


def _grid(place: Any, block: Grid, colour: str, width_cm: float) -> None:
    table = place.add_table(len(block.rows), len(block.widths))
    if block.border:
        table.style = "Table Grid"
    _set_widths(table, [width_cm * share for share in block.widths])
    for y, x, one in placed(block):
        begun, end = table.cell(y, x), table.cell(y + one.rows - 1, x + one.columns - 1)
        merged = begun if end is begun else begun.merge(end)
        width = width_cm * sum(block.widths[x : x + one.columns])
        if one.shaded:
            merged._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", fill="E8EDF2"))
        _fill(merged, one.blocks, colour, width - 0.4)


def _fill(cell: Any, blocks: Sequence[Block], colour: str, width_cm: float) -> None:
    """A cell begins with an empty paragraph of its own; it goes once there is another one."""
    first = cell.paragraphs[0]
    _print(cell, blocks, colour, width_cm)
    if len(cell.paragraphs) > 1:
        first._p.getparent().remove(first._p)


def _columns(place: Any, block: Columns, colour: str, width_cm: float) -> None:
    if block.boxes:
        anchor = place.add_paragraph()
        for blocks, left_cm, wide_cm in ((block.left, 0.0, 5.6), (block.right, 6.0, 12.0)):
            anchor._p.append(text_box(_boxed(place, blocks, colour, wide_cm), left_cm=left_cm, width_cm=wide_cm))
        return
    table = place.add_table(1, 2)
    widths = [width_cm * block.share, width_cm * (1 - block.share)]
    _set_widths(table, widths)
    for cell, blocks, width in zip(table.rows[0].cells, (block.left, block.right), widths, strict=True):
        _fill(cell, blocks, colour, width - 0.4)


def _set_widths(table: Any, widths_cm: Sequence[float]) -> None:
    from docx.shared import Cm

    table.autofit = False
    for column, width in zip(table.columns, widths_cm, strict=True):
        column.width = Cm(width)


def _boxed(place: Any, blocks: Sequence[Block], colour: str, width_cm: float) -> list[Any]:
    """The blocks as detached paragraphs, for a box. Pictures stay out: Word anchors them on their own."""
    before = len(place.element.body)
    _print(place, [block for block in blocks if not isinstance(block, Photo)], colour, width_cm)
    made = list(place.element.body)[before - 1 : -1]
    for one in made:
        place.element.body.remove(one)
    return made


def _paragraph(place: Any, text: str, *, size: float = 10, bold: bool = False, colour: str = "") -> Any:
    from docx.shared import Pt, RGBColor

    paragraph = place.add_paragraph()
    paragraph.paragraph_format.space_after = paragraph.paragraph_format.space_before = Pt(1)
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    return paragraph


def _property(paragraph: Any, name: str, **attributes: str) -> None:
    paragraph._p.get_or_add_pPr().append(_element(name, **attributes))


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(_name(f"w:{key}"), value)
    return element


def _name(qualified: str) -> Any:
    from docx.oxml.ns import qn

    return qn(qualified)


_PRINTERS: dict[type, Callable[[Any, Any, str, float], None]] = {
    Text: _text,
    Heading: _heading,
    Split: _split,
    Bullets: _bullets,
    Photo: _photo,
    Grid: _grid,
    Columns: _columns,
}
