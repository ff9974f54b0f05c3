"""What a file is, decided by its first bytes and its structure, never by its name: one file is one type.

Old Word is the reason for half of this: what is called .doc is a Word 97 file, or RTF, HTML, a web archive or Word 2003 XML.
"""

import codecs
import re
from typing import Literal

from common.documents.limits import MAX_FILE_BYTES
from common.errors import FileEmpty, FileEncrypted, FileTooLarge, FileTypeUnsupported

FileKind = Literal["pdf", "docx", "doc", "rtf", "html", "mhtml", "wordml", "png", "jpeg", "webp"]

_PDF_HEADER_WITHIN = 1024  # PDF 1.7 reference, implementation note 13: readers accept junk before the header
_TEXT_WITHIN = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_STARTS: tuple[tuple[bytes, FileKind], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"PK\x03\x04", "docx"),
    (_OLE, "doc"),
    (b"{\\rtf", "rtf"),
)
_REFUSED = (b"MZ", b"\x7fELF", b"GIF8", b"BM", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_WORD_XML = re.compile("schemas.microsoft.com/office/(?:word/2003/wordml|2006/xmlPackage)|progid=.Word.Document")
_MIME_VERSION = re.compile(r"^MIME-Version\s*:", re.IGNORECASE | re.MULTILINE)
_MIME_TYPE = re.compile(r"^Content-Type\s*:\s*(?:multipart/|text/html)", re.IGNORECASE | re.MULTILINE)
_HTML = re.compile(
    r"(?:\s|<\?xml[^>]*>|<!--(?:(?!-->).)*-->)*"
    r"<(?:!doctype html|html|head|body|meta|link|base|title|style|script|table|div|center|p|br|b|ul|ol|h[1-6]|span|font)\b",
    re.IGNORECASE | re.DOTALL,
)


def detect(content: bytes) -> FileKind:
    """A zip is called "docx" and an OLE container "doc" here; their readers refuse one that holds no Word text.

    Raises FileEmpty, FileTooLarge, FileTypeUnsupported, FileEncrypted (an Office file inside an encryption container).
    """
    if not content:
        raise FileEmpty
    if len(content) > MAX_FILE_BYTES:
        raise FileTooLarge(size_bytes=len(content), max_bytes=MAX_FILE_BYTES)
    kind = _binary_kind(content) or _text_kind(content)
    if kind is None:
        raise FileTypeUnsupported(reason="content_unknown")
    if kind == "doc" and _ENCRYPTED_PACKAGE in content:
        raise FileEncrypted
    return kind


def _binary_kind(content: bytes) -> FileKind | None:
    start = content.lstrip()[:16] if content[:1].isspace() else content[:16]
    for magic, kind in _STARTS:
        if start.startswith(magic):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content.startswith(_REFUSED):
        return None
    return "pdf" if b"%PDF-" in content[:_PDF_HEADER_WITHIN] else None


def _text_kind(content: bytes) -> FileKind | None:
    if content.startswith(_REFUSED):
        return None
    head = _readable_head(content)
    if _MIME_VERSION.search(head) and _MIME_TYPE.search(head):
        return "mhtml"
    if head.startswith("<?xml") and _WORD_XML.search(head):
        return "wordml"
    return "html" if _HTML.match(head) else None


def _readable_head(content: bytes) -> str:
    """The first characters, whatever the code page: all that is looked for is ASCII."""
    head = content[:_TEXT_WITHIN]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace").lstrip()
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1").lstrip()
