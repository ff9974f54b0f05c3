"""xhtml2pdf draws bullets in Symbol and opens table cells in Helvetica, which no PDF embeds: use the faces of the text alone.

A document with a font that is not embedded looks different elsewhere, and is refused by PDF/A checks.
"""

from typing import Any

import xhtml2pdf.reportlab_paragraph as paragraph
from reportlab.platypus.tables import CellStyle
from xhtml2pdf import tags

_draw_bullet = paragraph._drawBullet


def draw_bullet(canvas: Any, offset: Any, y: float, bullet: Any, style: Any) -> Any:
    """In place of _drawBullet, which first selects a face of its own that it does not draw with."""
    if not isinstance(bullet, str):
        style.bulletFontName = bullet[0].fontName
    return _draw_bullet(canvas, offset, y, bullet, style)


def install(face: str) -> None:
    """`face` opens a table cell before its text selects its own."""
    # Without an entry here a marker is set in the first of the text's families that has it.
    tags._list_style_font.clear()
    paragraph._drawBullet = draw_bullet
    CellStyle.fontname = face
