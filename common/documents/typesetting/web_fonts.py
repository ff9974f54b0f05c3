"""Faces for a browser: subsets of exactly the characters of one page, so small that they travel inside it."""

import base64
from collections.abc import Iterator, Sequence
from struct import pack, unpack_from
from typing import Any

from common.documents.typesetting import fonts
from common.documents.typesetting.engine import prepared

_WEIGHTS = ("normal", "bold")
#: A font begins with 12 bytes and has 16 for each table: tag, checksum, offset, length. Source: OpenType 1.9, "otff".
_HEAD_BYTES, _ENTRY_BYTES = 12, 16
#: In the map that ReportLab writes: 12 bytes of header, 8 of the subtable's, the count, and then the glyphs.
_GLYPH_COUNT_AT = 20


def font_faces(text: str, *, serif: bool) -> Iterator[str]:
    """An @font-face rule for each face that draws some of `text`, its bytes in a data: URI; the fallback order of the PDF.

    The same text gives the same rules.
    """
    from reportlab.pdfbase import pdfmetrics

    with prepared(serif=serif):
        left = {ord(character) for character in text if character.isprintable()}
        for family, pair in fonts.available_faces(serif=serif).items():
            names = (family, f"{family}-Bold") if pair[0] != pair[1] else (family, family)
            faces = [pdfmetrics.getFont(name).face for name in names]
            drawn = sorted(point for point in left if all(point in face.charToGlyph for face in faces))
            left -= set(drawn)
            if drawn:
                for weight, face in zip(_WEIGHTS, faces, strict=True):
                    content = base64.b64encode(subset_for_browser(face, drawn)).decode("ascii")
                    yield f"@font-face{{font-family:{family};font-weight:{weight};src:url(data:font/ttf;base64,{content})}}"


def subset_for_browser(face: Any, points: Sequence[int]) -> bytes:
    """ReportLab's subset, which is made for PDF, with the map from Unicode to glyphs that a browser needs."""
    from reportlab.pdfbase.ttfonts import TTFontMaker

    made = face.makeSubset(points)
    maker = TTFontMaker()
    for tag, table in _tables(made):
        maker.add(tag, _unicode_map(points, table) if tag == "cmap" else table)
    content: bytes = maker.makeStream()
    return content


def _tables(font: bytes) -> Iterator[tuple[str, bytes]]:
    for number in range(unpack_from(">H", font, 4)[0]):
        tag, _, offset, length = unpack_from(">4sLLL", font, _HEAD_BYTES + number * _ENTRY_BYTES)
        yield tag.decode("ascii"), font[offset : offset + length]


def _unicode_map(points: Sequence[int], byte_map: bytes) -> bytes:
    """A cmap of format 12 (platform 3, encoding 10), one group a character. Source: OpenType 1.9, "cmap"."""
    glyphs = unpack_from(f">{len(points)}H", byte_map, _GLYPH_COUNT_AT + 2)
    groups = b"".join(pack(">LLL", point, point, glyph) for point, glyph in zip(points, glyphs, strict=True))
    table = pack(">HHLLL", 12, 0, 16 + len(groups), 0, len(points)) + groups
    return pack(">HHHHL", 0, 1, 3, 10, 12) + table
