"""RTF → lines: headers, text with its tables and text boxes, footers and notes. Most of it comes in files named .doc."""

from common.documents.hidden_text import hidden_warnings
from common.documents.portrait import portrait
from common.documents.rtf_colours import RtfColours
from common.documents.rtf_text import RtfText
from common.documents.rtf_tokens import tokens
from common.domain.parsing.source import SourceDocument
from common.errors import NoTextFound


def read_rtf(content: bytes) -> SourceDocument:
    """Sizes in points; RTF has no fixed pages, so every line is on page 1. A file that ends too early is read as far as it goes.

    Raises NoTextFound, FileTooComplex (more marks than a document has). Rules: Rich Text Format Specification 1.9.1.
    """
    text = RtfText(RtfColours(content))
    for token in tokens(content):
        text.feed(token)
    lines = tuple(text.lines())
    if not lines:
        raise NoTextFound
    return SourceDocument(kind="rtf", lines=lines, photo=portrait(text.pictures), warnings=hidden_warnings(text.hidden))
