"""Bytes → text: the code pages that office programs and web pages name, and what Chinese ones really hold."""

import codecs

GB = "gb18030"  # what claims to be gb2312 or gbk uses more than those: the superset reads them all

#: Windows code page → codec, for those that Python calls otherwise than cp<number>.
_PAGES = {936: GB, 54936: GB, 10000: "mac_roman", 65001: "utf-8", 1361: "johab", 20127: "cp1252", 0: "cp1252"}
_SUPERSETS = {
    "gb2312": GB,
    "gbk": GB,
    "gb18030": GB,
    "hz": GB,
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "big5": "cp950",
}
_TEXT_CODECS = ("utf-8", "utf-16", "gb", "big5", "cp", "iso8859", "shift_jis", "euc", "koi8", "mac", "johab")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def codec_of_page(number: int) -> str:
    """The codec of a Windows code page (RTF's \\ansicpg and \\cpg); Western for one that Python does not have."""
    return _PAGES.get(number) or _known(f"cp{number}") or "cp1252"


def codec_of_name(name: str) -> str | None:
    """The codec of a charset name of MIME or HTML; None for names that are no character encoding."""
    return _known(name.strip().lower())


def decode(content: bytes, declared: str | None = None) -> str:
    """By byte order mark, else as declared when that fits, else the first that fits; what fits nowhere becomes U+FFFD.

    Surrogates never come out: no result has to fear being encoded again.
    """
    for mark, codec in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(codec, "replace")
    for codec in filter(None, (declared, "utf-8", GB)):
        try:
            return content.decode(codec)
        except UnicodeDecodeError:
            continue
    return content.decode(declared or "cp1252", "replace")


def _known(name: str) -> str | None:
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError, UnicodeError):
        return None
    return _SUPERSETS.get(found, found) if found.startswith((*_TEXT_CODECS, "ascii", "hz")) else None
