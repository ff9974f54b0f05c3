"""The characters of one PDF page with their places, as PDFium sees them; invisible ones are left out.

Spaces are no glyphs: PDFs put them anywhere or nowhere, so the layout derives them from the gaps, and only takes a printed
space as a hint.
"""

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

SMALLEST_VISIBLE_PT = 3.0
_WHITE = 245
_SOFT_HYPHENS = (0x02, 0xAD)  # PDFium's mark for a line-end hyphen; a soft hyphen that is drawn is one
_SPACES = frozenset((0x20, 0xA0, 0x3000))
_SKIPPED = frozenset((0x00, 0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x3000, 0x200B, 0xFEFF, 0xFFFE, 0xFFFF))


class Glyph(NamedTuple):
    """Points, origin bottom left as in the PDF.

    `order` is the place in the content stream; `spaced` says that a space stands before it there.
    """

    char: str
    left: float
    bottom: float
    right: float
    top: float
    baseline: float
    order: int
    bold: bool
    spaced: bool = False

    @property
    def height(self) -> float:
        return self.top - self.bottom


def visible_glyphs(page: Any, text_page: Any) -> tuple[list[Glyph], int]:
    """Glyphs a reader can see, and how many were hidden (smaller than 3 pt, or white on white).

    `page` and `text_page` are pypdfium2 objects; the caller keeps both alive while this runs.
    """
    glyphs: list[Glyph] = []
    white: list[Glyph] = []
    hidden = 0
    for glyph, is_white in _glyphs(text_page.raw):
        if glyph.height < SMALLEST_VISIBLE_PT:
            hidden += 1
        else:
            (white if is_white else glyphs).append(glyph)
    shown = _on_dark_ground(page, white) if white else []
    return sorted(glyphs + shown, key=lambda glyph: glyph.order), hidden + len(white) - len(shown)


def _glyphs(text_page: Any) -> Iterator[tuple[Glyph, bool]]:
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    high = 0
    spaced = False
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if 0xD800 <= code <= 0xDBFF:
            high = code
            continue
        if 0xDC00 <= code <= 0xDFFF:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        spaced = spaced or (code in _SPACES and not pdfium.FPDFText_IsGenerated(text_page, index))
        if code in _SKIPPED or code > 0x10FFFF or not pdfium.FPDFText_GetLooseCharBox(text_page, index, box):
            continue
        pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
        coloured = pdfium.FPDFText_GetFillColor(text_page, index, red, green, blue, alpha)
        is_white = bool(coloured) and min(red.value, green.value, blue.value) >= _WHITE
        left, right = sorted((box.left, box.right))
        bottom, top = sorted((box.bottom, box.top))
        char = "-" if code in _SOFT_HYPHENS else chr(code)
        bold = pdfium.FPDFText_GetFontWeight(text_page, index) >= 600
        yield Glyph(char, left, bottom, right, top, y.value, index, bold, spaced), is_white
        spaced = False


def _on_dark_ground(page: Any, glyphs: list[Glyph]) -> list[Glyph]:
    """White text is how a dark sidebar is printed, and how a trap is hidden: the picture of the page decides."""
    width, height = page.get_size()
    scale = min(1.0, 2000 / max(width, height, 1))
    picture = page.render(scale=scale, grayscale=True)
    pixels, stride = bytes(picture.buffer), picture.stride
    left_edge, bottom_edge, _, _ = page.get_bbox()

    def darkest(glyph: Glyph) -> int:
        row = int((height - (glyph.bottom + glyph.top) / 2 + bottom_edge) * scale)
        first, last = (int((edge - left_edge) * scale) for edge in (glyph.left - 1, glyph.right + 1))
        if not 0 <= row < picture.height:
            return 255
        return min(pixels[row * stride + max(0, first) : row * stride + min(picture.width, last + 1)], default=255)

    return [glyph for glyph in glyphs if darkest(glyph) < _WHITE - 15]
