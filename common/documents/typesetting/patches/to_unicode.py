"""ReportLab writes ToUnicode as 4 or 5 hex digits; the format wants UTF-16BE, so 𠮷 and emoji could not be copied or searched.

Also keeps a beginbfchar block at its limit of 100 entries. Source: PDF 32000-1:2008, 9.10.3; Adobe Technical Note 5411, 1.4.1.
"""

from collections.abc import Sequence

from reportlab.pdfbase import ttfonts

BLOCK_LIMIT = 100


def to_unicode_map(font_name: str, subset: Sequence[int]) -> str:
    """The CMap that tells a reader which text each code of the `subset` (code point by code) stands for."""
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo",
        f"<< /Registry ({font_name})",
        f"/Ordering ({font_name})",
        "/Supplement 0",
        ">> def",
        f"/CMapName /{font_name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<00> <{len(subset) - 1:02X}>",
        "endcodespacerange",
    ]
    entries = [f"<{code:02X}> <{_utf16(point)}>" for code, point in enumerate(subset)]
    for first in range(0, len(entries), BLOCK_LIMIT):
        block = entries[first : first + BLOCK_LIMIT]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


def _utf16(point: int) -> str:
    return chr(point).encode("utf-16-be", "surrogatepass").hex().upper()


def install() -> None:
    ttfonts.makeToUnicodeCMap = to_unicode_map
