"""What the name and the weight of a font in a PDF tell about the letters drawn with it."""

import ctypes
import re
from dataclasses import dataclass

_BOLD_WEIGHT = 600
_BOLD = re.compile(r"bold|heavy|black|demi(?!light)|hei(?:ti)?w[6-9]", re.IGNORECASE)
_ICONS = re.compile(
    r"awesome|icon|symbol|dingbat|wingding|webding|marvosym|ifsym|fontello|glyphicon|material", re.IGNORECASE
)
_NAME_BYTES = 128


@dataclass(frozen=True)
class FontFacts:
    """`icons`: its letters are pictures, whatever Unicode the file claims for them."""

    bold: bool = False
    icons: bool = False


def facts_of_font(address: int | None) -> FontFacts:
    """`address` of a PDFium font; the font may be missing, and without a name (Type 3)."""
    import pypdfium2.raw as pdfium

    if not address:
        return FontFacts()
    font = ctypes.cast(address, pdfium.FPDF_FONT)
    buffer = ctypes.create_string_buffer(_NAME_BYTES)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, _NAME_BYTES)
    name = buffer.value.decode("utf-8", "replace").rpartition("+")[2]
    return FontFacts(
        bold=pdfium.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT or bool(_BOLD.search(name)),
        icons=bool(_ICONS.search(name)) and not _is_greek(name),
    )


def _is_greek(name: str) -> bool:
    """The standard font Symbol holds Greek letters and mathematics beside its bullets."""
    return re.split("[-,]", name.lower())[0] in ("symbol", "symbolmt", "segoeuisymbol")
