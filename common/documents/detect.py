"""What a file is, decided by its first bytes and its structure, never by its name: one file is one type."""

from typing import Literal

from common.documents.limits import MAX_FILE_BYTES
from common.errors import FileEmpty, FileEncrypted, FileTooLarge, FileTypeUnsupported

FileKind = Literal["pdf", "docx", "png", "jpeg", "webp"]

_PDF_HEADER_WITHIN = 1024  # PDF 1.7 reference, implementation note 13: readers accept junk before the header
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REFUSED = (_OLE, b"MZ", b"\x7fELF", b"{\\rtf", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def detect(content: bytes) -> FileKind:
    """A zip is called "docx" here; the Word reader refuses one without a Word main part.

    Raises FileEmpty, FileTooLarge, FileTypeUnsupported, FileEncrypted (an Office file inside an encryption container).
    """
    if not content:
        raise FileEmpty
    if len(content) > MAX_FILE_BYTES:
        raise FileTooLarge(size_bytes=len(content), max_bytes=MAX_FILE_BYTES)
    kind = _kind_of(content)
    if kind is None and content.startswith(_OLE) and _ENCRYPTED_PACKAGE in content:
        raise FileEncrypted
    if kind is None:
        raise FileTypeUnsupported
    return kind


def _kind_of(content: bytes) -> FileKind | None:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content.startswith(b"PK\x03\x04"):
        return "docx"
    if content.startswith(_REFUSED):
        return None
    return "pdf" if b"%PDF-" in content[:_PDF_HEADER_WITHIN] else None
