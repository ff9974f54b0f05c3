"""Any upload → SourceDocument: the one entrance for reading files. The heavy readers load when a file needs them."""

from common.documents.detect import FileKind, detect
from common.documents.limits import MAX_LINES, MAX_TEXT_CHARACTERS
from common.domain.parsing.source import SourceDocument
from common.domain.uploads import READABLE_ENDINGS, ending_of
from common.errors import FileHasTooManyPages, FileTooLarge, FileTypeMismatch, FileTypeUnsupported


class FileReader:
    """Implements the `DocumentReader` port."""

    def read(self, content: bytes, *, filename: str) -> SourceDocument:
        """Type decided by content; the name only chooses between two messages for what nobody can read.

        Raises FileRefused and its children: FileTypeMismatch when the name claims a type that we read.
        """
        try:
            document = _read(content, detect(content))
        except FileTypeUnsupported as error:
            if (ending := ending_of(filename)) in READABLE_ENDINGS:
                raise FileTypeMismatch(**error.facts, extension=ending) from error
            raise
        characters, lines = sum(len(line.text) for line in document.lines), len(document.lines)
        if characters > MAX_TEXT_CHARACTERS or lines > MAX_LINES:
            raise FileHasTooManyPages(characters=characters, lines=lines)
        return document


def _read(content: bytes, kind: FileKind) -> SourceDocument:
    if kind == "pdf":
        from common.documents.read_pdf import read_pdf

        return read_pdf(content)
    if kind == "docx":
        from common.documents.read_docx import read_docx

        return read_docx(content)
    if kind == "doc":
        from common.documents.read_doc import read_doc

        return read_doc(content)
    if kind in ("png", "jpeg", "webp"):
        from common.documents.read_image import read_image

        try:
            return read_image(content, kind)
        except MemoryError as error:
            raise FileTooLarge(reason="memory") from error
    return _read_text_format(content, kind)


def _read_text_format(content: bytes, kind: FileKind) -> SourceDocument:
    if kind == "rtf":
        from common.documents.read_rtf import read_rtf

        return read_rtf(content)
    if kind == "mhtml":
        from common.documents.read_mhtml import read_mhtml

        return read_mhtml(content)
    if kind == "wordml":
        from common.documents.read_wordml import read_wordml

        return read_wordml(content)
    from common.documents.read_html import read_html

    return read_html(content)
