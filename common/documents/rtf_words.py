"""RTF's vocabulary: what a control word does to the text, as tables (Rich Text Format 1.9.1)."""

from typing import Literal

from common.documents.code_pages import GB

#: Words that stand for characters; "\n" ends the line within its paragraph.
CHARACTERS = {
    "tab": "\t",
    "line": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
}
SYMBOLS = {"~": " ", "_": "-", "\t": "\t", "\\": "\\", "{": "{", "}": "}"}
PARAGRAPH_ENDS = frozenset(("par", "sect", "page", "column"))

Kind = Literal["text", "silent", "repeated", "fonts", "colours", "list", "picture", "field"]
Role = Literal["body", "header", "note", "box"]

#: Groups whose text stands elsewhere than where they stand; `shptxt` and `dptxbxtext` are text boxes, new and old form.
ROLES: dict[str, Role] = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf", "footnote"), "note"),
    **dict.fromkeys(("shptxt", "dptxbxtext"), "box"),
}

#: Groups without text of the document, besides those that \* marks, and the few inside those that have some. What is
#: "repeated" stands there for old readers once more: a shape's text as a drawing, the paragraph mark of a nested table.
KINDS: dict[str, Kind] = {
    "fonttbl": "fonts",
    "colortbl": "colours",
    "pict": "picture",
    "fldinst": "field",
    **dict.fromkeys(("listtext", "pntext"), "list"),
    **dict.fromkeys(("shprslt", "nonshppict", "nonesttables"), "repeated"),
    **dict.fromkeys(("stylesheet", "info", "filetbl", "upr", "objclass", "comment"), "silent"),
    **dict.fromkeys(("xe", "tc", "rxe", "txe", "bkmkstart", "bkmkend", "shpinst"), "silent"),
    **dict.fromkeys(("ftnsep", "ftnsepc", "aftnsep"), "silent"),
    **dict.fromkeys(("ud", "nesttableprops"), "text"),
}

SYMBOL_FONT = "symbol"

_CODECS_OF_CHARSETS = {
    2: SYMBOL_FONT,
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: GB,
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}


def codec_of_charset(number: int) -> str | None:
    """Of \\fcharset; None for those that mean the document's own code page, which is what Western fonts get in Chinese files."""
    return _CODECS_OF_CHARSETS.get(number)
