"""Sheet → Word 2003 XML named .doc: one flat WordprocessingML document, the photo inside as base64."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from scripts.benchmarks.generator.formats.portrait import portrait
from scripts.benchmarks.generator.formats.spans import lines_of
from scripts.benchmarks.generator.sheet import Block, Bullets, Cell, Columns, Grid, Heading, Photo, Sheet, Split, Text

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" xml:space="preserve">'
)
_LINE = 10000  # twips between the margins


def write_wordml(sheet: Sheet) -> bytes:
    title = f"<o:DocumentProperties><o:Title>{escape(sheet.title)}</o:Title></o:DocumentProperties>"
    body = _paragraphs(sheet.blocks)
    return f"{_HEAD}{title}<w:body><wx:sect>{body}<w:sectPr/></wx:sect></w:body></w:wordDocument>".encode()


def _paragraphs(blocks: Sequence[Block]) -> str:
    return "".join(_PRINTERS[type(block)](block) for block in blocks)


def _text(block: Text) -> str:
    return _paragraph(_run(block.text, block.size, block.bold), f'<w:jc w:val="{block.align}"/>')


def _heading(block: Heading) -> str:
    return _paragraph(_run(block.text, 12, True))


def _split(block: Split) -> str:
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{_LINE}"/></w:tabs>'
    return _paragraph(f"{_run(block.left, 10, block.bold)}<w:r><w:tab/></w:r>{_run(block.right)}", tabs)


def _bullets(block: Bullets) -> str:
    return "".join(_paragraph(_run(f"{block.glyph} {item}", 9.5)) for item in block.items)


def _photo(_block: Photo) -> str:
    content = base64.b64encode(portrait()).decode("ascii")
    picture = f'<w:binData w:name="wordml://photo.png">{content}</w:binData>'
    shape = '<v:shape style="width:60pt;height:84pt"><v:imagedata src="wordml://photo.png" o:title="photo"/></v:shape>'
    return _paragraph(f"<w:r><w:pict>{picture}{shape}</w:pict></w:r>")


def _grid(block: Grid) -> str:
    grid = "".join(f'<w:gridCol w:w="{int(_LINE * share)}"/>' for share in block.widths)
    rows = "".join(
        f"<w:tr>{''.join(_cell(one, continued) for _, one, continued in line)}</w:tr>" for line in lines_of(block)
    )
    return f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'


def _cell(one: Cell, continued: bool) -> str:
    span = f'<w:gridSpan w:val="{one.columns}"/>' if one.columns > 1 else ""
    merge = "<w:vmerge/>" if continued else '<w:vmerge w:val="restart"/>' if one.rows > 1 else ""
    content = "<w:p/>" if continued else _paragraphs(one.blocks)
    if content.endswith("</w:tbl>"):  # Word wants a paragraph behind a nested table
        content += "<w:p/>"
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{content or '<w:p/>'}</w:tc>"


def _columns(block: Columns) -> str:
    return _grid(Grid(((Cell(block.left), Cell(block.right)),), (block.share, 1 - block.share)))


def _paragraph(runs: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def _run(text: str, size: float = 10, bold: bool = False) -> str:
    look = f'{"<w:b/>" if bold else ""}<w:sz w:val="{int(size * 2)}"/>'
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{escape(text)}</w:t></w:r>"


_PRINTERS: dict[type, Callable[[Any], str]] = {
    Text: _text,
    Heading: _heading,
    Split: _split,
    Bullets: _bullets,
    Photo: _photo,
    Grid: _grid,
    Columns: _columns,
}
