"""DOCX → lines: headers, body, footers and notes in reading order. Standard library only."""

from common.documents.docx_package import WordPackage
from common.documents.docx_text import part_lines
from common.domain.parsing.source import SourceDocument
from common.errors import NoTextFound


def read_docx(content: bytes) -> SourceDocument:
    """A Word file has no fixed pages, so every line is on page 1.

    Raises FileTypeUnsupported (a zip without a Word main part), FileDamaged, FileEncrypted, FileTooLarge, NoTextFound.
    """
    package = WordPackage(content)
    lines = tuple(line for name in package.parts_in_reading_order() for line in part_lines(package.chunks(name)))
    if not lines:
        raise NoTextFound
    return SourceDocument(kind="docx", lines=lines)
