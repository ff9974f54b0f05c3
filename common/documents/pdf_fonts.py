"""What the name and the weight of a font in a PDF tell about the letters drawn with it."""

import ctypes
import re
from typing import NamedTuple

_BOLD_WEIGHT = 600
_BOLD = re.compile(r"bold|heavy|black|demi(?!light)|hei(?:ti)?w[6-9]", re.IGNORECASE)
_ICONS = re.compile(
    r"awesome|icon|symbol|dingbat|wingding|webding|marvosym|ifsym|fontello|glyphicon|material", re.IGNORECASE
)
_NAME_BYTES = 128


class FontFacts(NamedTuple):
    """`icons`: its letters are pictures, whatever Unicode the file claims for them.

    `line_height` is what the font asks for, from its lowest to its highest stroke, in parts of its size; 0 when unknown.
    """

    bold: bool = False
    icons: bool = False
    line_height: float = 0.0


def facts_of_font(address: int | None) -> FontFacts:
    """`address` of a PDFium font; the font may be missing, and without a name (Type 3)."""
    import pypdfium2.raw as pdfium

    if not address:
        return FontFacts()
    font = ctypes.cast(address, pdfium.FPDF_FONT)
    buffer = ctypes.create_string_buffer(_NAME_BYTES)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, _NAME_BYTES)
    ascent, descent = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFFont_GetAscent(font, 1.0, ascent)
    pdfium.FPDFFont_GetDescent(font, 1.0, descent)
    name = buffer.value.decode("utf-8", "replace").rpartition("+")[2]
    return FontFacts(
        bold=pdfium.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT or bool(_BOLD.search(name)),
        icons=bool(_ICONS.search(name)) and not _is_greek(name),
        line_height=max(0.0, ascent.value - descent.value),
    )


def _is_greek(name: str) -> bool:
    """The standard font Symbol holds Greek letters and mathematics beside its bullets."""
    return re.split("[-,]", name.lower())[0] in ("symbol", "symbolmt", "segoeuisymbol")
