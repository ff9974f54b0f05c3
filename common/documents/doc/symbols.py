"""Characters as Word stores them → characters as a page shows them."""

import re

from common.documents.docx_symbols import symbol

_CONTROLS = {0x09: "\t", 0x0A: "\n", 0x0B: "\n", 0x0E: "\n", 0x1E: "-", 0xA0: " "}
_TABLE = {**dict.fromkeys(range(0x20)), **_CONTROLS}
_SYMBOL_FONT = re.compile("[\uf020-\uf0ff]")
_SYMBOLS = {code: symbol(f"{code:x}", begins_line=False) for code in range(0xF020, 0xF100)}
_SURROGATES = re.compile("[\ud800-\udfff]")
_ODD = re.compile("[\u0000-\u001f\u00a0\uf020-\uf0ff\ud800-\udfff]")


def has_symbols(text: str) -> bool:
    return _SYMBOL_FONT.search(text) is not None


def readable(text: str, *, begins_line: bool) -> str:
    """Line and column breaks are "\\n"; anchors of notes and drawings, soft hyphens and fillers are gone.

    `begins_line`: nothing stands before `text`, so that a symbol there is a bullet.
    """
    if not _ODD.search(text):
        return text
    text = text.translate(_TABLE)
    if has_symbols(text):
        text = _with_symbols(text.lstrip() if begins_line else text, begins_line=begins_line)
    if _SURROGATES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _with_symbols(text: str, *, begins_line: bool) -> str:
    if begins_line and _SYMBOL_FONT.match(text):
        return symbol(f"{ord(text[0]):x}", begins_line=True) + text[1:].translate(_SYMBOLS)
    return text.translate(_SYMBOLS)
