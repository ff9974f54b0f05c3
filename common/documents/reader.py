"""Any upload → SourceDocument: the one entrance for reading files. The heavy readers load when a file needs them."""

from common.documents.detect import detect
from common.domain.parsing.source import SourceDocument


class FileReader:
    """Implements the `DocumentReader` port."""

    def read(self, content: bytes, *, filename: str) -> SourceDocument:  # noqa: ARG002 - a name proves nothing
        """Type decided by content, never by name. Raises FileRefused and its children."""
        kind = detect(content)
        if kind == "pdf":
            from common.documents.read_pdf import read_pdf

            return read_pdf(content)
        if kind == "docx":
            from common.documents.read_docx import read_docx

            return read_docx(content)
        from common.documents.read_image import read_image

        return read_image(content, kind)
