"""DOC (Word 6 to 2003) → lines: headers, body with its text boxes, footers and notes in reading order."""

from itertools import accumulate, pairwise

from common.documents.doc.boxes import anchored_boxes
from common.documents.doc.container import WordStreams, open_streams
from common.documents.doc.drawings import outermost_shapes
from common.documents.doc.fib import Fib, read_fib
from common.documents.doc.furniture import headers_and_footers
from common.documents.doc.looks import Looks
from common.documents.doc.pages import character_runs, paragraph_runs
from common.documents.doc.paragraphs import ParagraphLooks
from common.documents.doc.pieces import read_pieces
from common.documents.doc.story import Text
from common.documents.doc.styles import Styles
from common.domain.parsing.source import Line, SourceDocument
from common.errors import NoTextFound

_BODY, _FOOTNOTES, _HEADERS, _ENDNOTES, _BOXES, _HEADER_BOXES = 0, 1, 2, 5, 6, 7


def read_doc(content: bytes) -> SourceDocument:
    """A Word file has no fixed pages, so every line is on page 1; comments are not part of the text.

    Raises FileDamaged, FileEncrypted, FileTooLarge, FileTypeUnsupported (an OLE file without a Word document), NoTextFound.
    """
    streams = open_streams(content)
    fib = read_fib(streams)
    lines = _lines(fib, streams)
    if not lines:
        raise NoTextFound
    return SourceDocument(kind="doc", lines=tuple(lines))


def _lines(fib: Fib, streams: WordStreams) -> list[Line]:
    text = _text(fib, streams)
    length = len(text.characters)
    stories = list(pairwise(min(border, length) for border in accumulate(fib.story_lengths, initial=0)))
    groups = outermost_shapes(fib.part("drawings"))
    body_start, header_start = stories[_BODY][0], stories[_HEADERS][0]
    boxes = anchored_boxes(
        text, fib.part("boxes"), fib.part("anchors"), groups, story=stories[_BOXES], anchor_story=body_start
    )
    header_boxes = anchored_boxes(
        text,
        fib.part("header_boxes"),
        fib.part("header_anchors"),
        groups,
        story=stories[_HEADER_BOXES],
        anchor_story=header_start,
    )
    headers, footers = headers_and_footers(text, fib.part("headers"), *stories[_HEADERS], header_boxes)
    body = text.lines(*stories[_BODY], boxes)
    notes = [line for story in (_FOOTNOTES, _ENDNOTES) for line in text.lines(*stories[story])]
    return [*headers, *body, *footers, *notes]


def _text(fib: Fib, streams: WordStreams) -> Text:
    table = read_pieces(fib, streams.main)
    styles = Styles(fib.part("styles"))
    return Text(
        characters=table.text,
        looks=Looks(table, character_runs(fib, streams.main), styles),
        paragraphs=ParagraphLooks(table, paragraph_runs(fib, streams.main, streams.blobs), styles),
    )
