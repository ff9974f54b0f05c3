"""Characters as Word stores them → characters as a page shows them."""

import re

from common.documents.docx_symbols import symbol

_CONTROLS = {0x09: "\t", 0x0A: "\n", 0x0B: "\n", 0x0E: "\n", 0x1E: "-", 0xA0: " "}
_TABLE = {**dict.fromkeys(range(0x20)), **_CONTROLS}
_SYMBOL_FONT = re.compile("[\uf020-\uf0ff]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def readable(text: str, *, begins_line: bool) -> str:
    """Line and column breaks are "\\n"; anchors of notes and drawings, soft hyphens and fillers are gone.

    `begins_line`: nothing stands before `text`, so that a symbol there is a bullet.
    """
    text = text.translate(_TABLE)
    if _SYMBOL_FONT.search(text):
        text = _SYMBOL_FONT.sub(lambda found: _symbol(found, begins_line=begins_line), text)
    if _SURROGATES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _symbol(found: re.Match[str], *, begins_line: bool) -> str:
    first = begins_line and not found.string[: found.start()].strip()
    return symbol(f"{ord(found[0]):x}", begins_line=first)
