"""Word 2003 XML → lines. Its elements are those of DOCX under an older name, so the DOCX walk reads them."""

import binascii
import re
from collections.abc import Iterator
from itertools import islice

from common.documents.code_pages import codec_of_name, decode
from common.documents.docx_styles import read_styles
from common.documents.docx_text import part_text
from common.documents.docx_walk import Surroundings
from common.documents.hidden_text import hidden_warnings
from common.documents.portrait import Picture, portrait
from common.domain.parsing.source import SourceDocument
from common.errors import NoTextFound

_WORD_2003 = "http://schemas.microsoft.com/office/word/2003/wordml"
_WORD_2006 = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_ENCODING = re.compile(rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w-]{2,40})")
_PICTURE = re.compile(r"<w:binData\b[^<>]{0,200}>([^<]*)</w:binData>")
_HEADER = re.compile(r"<w:hdr[ >].*?</w:hdr>", re.DOTALL)
_BODY = re.compile(r"<w:body\b[^<>]*>")
_LIST_ID = re.compile(r"<w:ilfo(?=[\s/])")
_MOST_PICTURES = 20
_MOST_HEADERS = 30


def read_wordml(content: bytes) -> SourceDocument:
    """Also the flat form of DOCX that Word 2007 and later call "Word XML document".

    Raises FileDamaged (also for any DOCTYPE), NoTextFound.
    """
    found = _ENCODING.search(content, 0, 200)
    text = decode(content, codec_of_name(found[1].decode("ascii")) if found else None)
    document = _as_2006(text).encode("utf-8", "replace")
    part = part_text(lambda: iter((document,)), Surroundings(read_styles(document)))
    if not part.lines:
        raise NoTextFound
    return SourceDocument(
        kind="wordml",
        lines=tuple(part.lines),
        photo=portrait(list(_pictures(text))),
        warnings=hidden_warnings(part.hidden),
    )


def _as_2006(text: str) -> str:
    """In DOCX's words: the namespace, the id of a list, and headers before the text instead of in the section's properties."""
    text = _LIST_ID.sub("<w:numId", _DECLARATION.sub("", text).replace(_WORD_2003, _WORD_2006))
    body = _BODY.search(text)
    headers = _HEADER.findall(text) if text.count("<w:hdr") <= _MOST_HEADERS else []
    if not body or not headers:
        return text
    return text[: body.end()] + "".join(headers) + _HEADER.sub("", text[body.end() :])


def _pictures(text: str) -> Iterator[Picture]:
    for found in islice(_PICTURE.finditer(text), _MOST_PICTURES):
        try:
            yield Picture(binascii.a2b_base64(found[1]))
        except binascii.Error:
            continue
