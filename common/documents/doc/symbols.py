"""Characters as Word stores them → characters as a page shows them."""

# Symbol fonts (Wingdings, Symbol) stand at U+F020 to U+F0FF. Forms tick boxes, rate with stars; nearly all the rest are bullets.
_SYMBOLS = {
    0xF06F: "□",
    0xF071: "□",
    0xF0A8: "□",
    0xF052: "☑",
    0xF0FE: "☑",
    0xF0FD: "☒",
    0xF0AB: "★",
    0xF0B6: "☆",
}
_CONTROLS = {0x09: "\t", 0x0A: "\n", 0x0B: "\n", 0x0E: "\n", 0x1E: "-", 0xA0: " "}
_TABLE = {
    **dict.fromkeys(range(0x20)),
    **_CONTROLS,
    **dict.fromkeys(range(0xF020, 0xF100), "•"),
    0xF020: " ",
    **_SYMBOLS,
}


def readable(text: str) -> str:
    """Line and column breaks are "\\n"; anchors of notes and drawings, soft hyphens and fillers are gone."""
    return text.translate(_TABLE)
