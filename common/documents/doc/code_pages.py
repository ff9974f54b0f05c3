"""Text of Word 6 and 95: bytes of the code page that belongs to the document's language."""

# Language identifiers of Windows (MS-LCID), the low ten bits being the language, the high six the country.
_CODE_PAGES = {
    0x0404: "cp950",
    0x0C04: "cp950",
    0x1404: "cp950",
    0x0804: "gbk",
    0x1004: "gbk",
    0x0411: "cp932",
    0x0412: "cp949",
}
_CODE_PAGES_BY_LANGUAGE = {
    0x01: "cp1256",
    0x02: "cp1251",
    0x05: "cp1250",
    0x08: "cp1253",
    0x0D: "cp1255",
    0x0E: "cp1250",
    0x15: "cp1250",
    0x18: "cp1250",
    0x19: "cp1251",
    0x1B: "cp1250",
    0x1E: "cp874",
    0x1F: "cp1254",
    0x22: "cp1251",
    0x23: "cp1251",
    0x24: "cp1250",
}
_WESTERN = "cp1252"
#: Stands behind each character that took two bytes, so that there is one character for each byte.
FILLER = "\0"


def decode_old(content: bytes, language: int) -> str:
    """As many characters as bytes. Chinese text in a file that calls itself English is told by its bytes."""
    encoding = _CODE_PAGES.get(language) or _CODE_PAGES_BY_LANGUAGE.get(language & 0x3FF) or _WESTERN
    if encoding == _WESTERN and _looks_like_gbk(content):
        encoding = "gbk"
    text = content.decode(encoding, "replace")
    if len(text) < len(content):
        text = "".join(char + FILLER * (len(char.encode(encoding, "replace")) - 1) for char in text)
    return text.ljust(len(content), FILLER)[: len(content)]


def _looks_like_gbk(content: bytes) -> bool:
    """Many high bytes, all in pairs of GB 2312, most of them Han: the accented letters of Western text stand alone."""
    high = sum(byte > 0x7F for byte in content)
    if high < 8 or high * 10 < len(content):
        return False
    try:
        text = content.decode("gb2312")
    except UnicodeDecodeError:
        return False
    return sum("\u4e00" <= char <= "\u9fff" for char in text) * 3 >= high
