"""Sheet → HTML named .doc, and → the web archive (MHTML) that job sites and Word export under the same name; both in GBK."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from scripts.benchmarks.generator.formats.portrait import portrait
from scripts.benchmarks.generator.sheet import Block, Bullets, Cell, Columns, Grid, Heading, Photo, Sheet, Split, Text

_ENCODING = "gbk"
_PHOTO = "image001.png"
_BOUNDARY = "----=_NextPart_MOJIAN_BENCH"


def write_html(sheet: Sheet) -> bytes:
    """A page with `charset=gb2312`, as Chinese exporters label GBK."""
    return _page(sheet).encode(_ENCODING, "xmlcharrefreplace")


def write_mhtml(sheet: Sheet) -> bytes:
    """MIME multipart: the page as quoted-printable, the photo as base64."""
    page = quopri.encodestring(write_html(sheet)).replace(b"\n", b"\r\n")
    photo = base64.encodebytes(portrait()).replace(b"\n", b"\r\n")
    head = f'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="{_BOUNDARY}"\r\n\r\n'
    parts = (
        ("text/html; charset=gb2312", "quoted-printable", "file:///C:/resume.htm", page),
        ("image/png", "base64", f"file:///C:/{_PHOTO}", photo),
    )
    body = b"".join(
        f"--{_BOUNDARY}\r\nContent-Location: {place}\r\nContent-Transfer-Encoding: {coding}\r\n"
        f"Content-Type: {kind}\r\n\r\n".encode("ascii")
        + content
        + b"\r\n"
        for kind, coding, place, content in parts
    )
    return head.encode("ascii") + body + f"--{_BOUNDARY}--\r\n".encode("ascii")


def _page(sheet: Sheet) -> str:
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">\n'
        '<head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">\n'
        f"<title>{escape(sheet.title)}</title>\n"
        "<style><!-- p.MsoNormal {margin:0cm; font-size:10.5pt; font-family:宋体;} --></style></head>\n"
        f'<body lang="ZH-CN">\n{_html(sheet.blocks, sheet.colour)}\n</body></html>\n'
    )


def _html(blocks: Sequence[Block], colour: str) -> str:
    return "\n".join(_PRINTERS[type(block)](block, colour) for block in blocks)


def _text(block: Text, _colour: str) -> str:
    words = f"<b>{_words(block.text)}</b>" if block.bold else _words(block.text)
    return f'<p class="MsoNormal" align="{block.align}" style="font-size:{block.size}pt">{words}</p>'


def _heading(block: Heading, colour: str) -> str:
    look = f"background:#{colour};color:white" if block.look == "band" else f"color:#{colour}"
    return f'<h2 style="{look};font-size:12pt">{_words(block.text)}</h2>'


def _split(block: Split, _colour: str) -> str:
    left = f"<b>{_words(block.left)}</b>" if block.bold else _words(block.left)
    cells = f'<td>{left}</td><td align="right">{_words(block.right)}</td>'
    return f'<table width="100%" border="0"><tr>{cells}</tr></table>'


def _bullets(block: Bullets, _colour: str) -> str:
    if block.glyph == "•":
        return f"<ul>{''.join(f'<li>{_words(item)}</li>' for item in block.items)}</ul>"
    return "\n".join(f'<p class="MsoNormal">{block.glyph} {_words(item)}</p>' for item in block.items)


def _photo(_block: Photo, _colour: str) -> str:
    return f'<img width="80" height="112" src="{_PHOTO}">'


def _grid(block: Grid, colour: str) -> str:
    rows = "\n".join(f"<tr>{''.join(_cell(one, colour) for one in row)}</tr>" for row in block.rows)
    return f'<table width="100%" border="{int(block.border)}" cellspacing="0">\n{rows}\n</table>'


def _cell(one: Cell, colour: str) -> str:
    spans = (f' colspan="{one.columns}"' if one.columns > 1 else "") + (
        f' rowspan="{one.rows}"' if one.rows > 1 else ""
    )
    return f'<td valign="top"{spans}{" bgcolor=#E8EDF2" if one.shaded else ""}>{_html(one.blocks, colour)}</td>'


def _columns(block: Columns, colour: str) -> str:
    cells = "".join(f'<td valign="top">{_html(blocks, colour)}</td>' for blocks in (block.left, block.right))
    return f'<table width="100%" border="0"><tr>{cells}</tr></table>'


def _words(text: str) -> str:
    return escape(text).replace("  ", "&nbsp; ")


_PRINTERS: dict[type, Callable[[Any, str], str]] = {
    Text: _text,
    Heading: _heading,
    Split: _split,
    Bullets: _bullets,
    Photo: _photo,
    Grid: _grid,
    Columns: _columns,
}
