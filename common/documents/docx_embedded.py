"""w:altChunk: a page inside a Word file that Word turns into text when it opens it. Web editors export resumes this way."""

from common.documents.detect import detect
from common.domain.parsing.source import Line
from common.errors import FileRefused


def embedded_lines(content: bytes) -> list[Line]:
    """The lines of an HTML, MHTML or RTF document; empty for anything else, for another Word file too, and for damage."""
    try:
        kind = detect(content)
        if kind == "html":
            from common.documents.read_html import read_html

            return list(read_html(content).lines)
        if kind == "mhtml":
            from common.documents.read_mhtml import read_mhtml

            return list(read_mhtml(content).lines)
        if kind == "rtf":
            from common.documents.read_rtf import read_rtf

            return list(read_rtf(content).lines)
    except FileRefused:
        pass
    return []
