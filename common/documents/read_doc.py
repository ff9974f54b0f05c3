"""DOC (Word 6 to 2003) → lines: headers, body with its text boxes, footers and notes in reading order; and the portrait."""

from collections.abc import Mapping, Sequence
from itertools import accumulate, chain, pairwise

from common.documents.doc.boxes import Anchors, anchored_boxes, read_anchors
from common.documents.doc.container import WordStreams, open_streams
from common.documents.doc.drawings import Shape, shapes
from common.documents.doc.fib import Fib, Part, read_fib
from common.documents.doc.fields import without_stray_marks
from common.documents.doc.furniture import headers_and_footers
from common.documents.doc.lists import Lists
from common.documents.doc.looks import Looks
from common.documents.doc.pages import character_runs, paragraph_runs
from common.documents.doc.paragraphs import ParagraphLooks
from common.documents.doc.pictures import floating_pictures, inline_pictures
from common.documents.doc.pieces import read_pieces
from common.documents.doc.plausible import is_plausible
from common.documents.doc.sections import first_margins
from common.documents.doc.story import Anchored, Text
from common.documents.doc.styles import Styles
from common.documents.docx_boxes import Margins, in_reading_order
from common.documents.hidden_text import hidden_warnings
from common.documents.limits import MAX_FILE_BYTES
from common.documents.portrait import Picture, portrait
from common.domain.parsing.source import Line, Photo, SourceDocument
from common.errors import FileDamaged, NoTextFound

_Story = tuple[int, int]
_BODY, _FOOTNOTES, _HEADERS, _ENDNOTES, _BOXES, _HEADER_BOXES = 0, 1, 2, 5, 6, 7
_ANCHORS: Mapping[int, Part] = {_BODY: "anchors", _HEADERS: "header_anchors"}


def read_doc(content: bytes) -> SourceDocument:
    """A Word file has no fixed pages, so every line is on page 1; comments are not part of the text.

    Raises FileDamaged, FileEncrypted, FileTooLarge, FileTypeUnsupported (an OLE file without a Word document), NoTextFound.
    """
    streams = open_streams(content)
    fib = read_fib(streams)
    drawn = shapes(fib.part("drawings"))
    anchors = {story: read_anchors(fib.part(part)) for story, part in _ANCHORS.items()}
    text, stories = _text(fib, streams, white_shows=any(anchors.values()))
    lines = _lines(fib, text, stories, drawn, anchors, first_margins(fib, streams.main))
    if not lines:
        raise NoTextFound
    return SourceDocument(
        kind="doc",
        lines=tuple(lines),
        photo=_photo(fib, streams, text, drawn, {**anchors[_HEADERS], **anchors[_BODY]}),
        warnings=hidden_warnings(text.hidden),
    )


def _text(fib: Fib, streams: WordStreams, *, white_shows: bool) -> tuple[Text, list[_Story]]:
    """The text of all stories, and where each of the eight is in it."""
    table = read_pieces(fib, streams.main)
    if not is_plausible(table.text):
        raise FileDamaged(reason="text_implausible")
    characters, styles = table.text, Styles(fib.part("styles"))
    stories = list(pairwise(min(border, len(characters)) for border in accumulate(fib.story_lengths, initial=0)))
    for story in stories:
        characters = without_stray_marks(characters, *story)
    text = Text(
        characters=characters,
        looks=Looks(table, character_runs(fib, streams.main), styles),
        paragraphs=ParagraphLooks(table, paragraph_runs(fib, streams.main, streams.blobs), styles),
        numbering=Lists(fib.part("lists"), fib.behind("lists"), fib.part("list_uses")),
        white_shows=white_shows,
    )
    return text, stories


def _lines(
    fib: Fib,
    text: Text,
    stories: Sequence[_Story],
    drawn: Sequence[Shape],
    anchors: Mapping[int, Anchors],
    margins: Margins,
) -> list[Line]:
    by_number = {shape.number: shape for shape in drawn}

    def boxes(texts: bytes, story: int, anchor_story: int) -> list[Anchored]:
        where = {"story": stories[story], "anchor_story": stories[anchor_story]}
        return anchored_boxes(text, texts, anchors[anchor_story], by_number, **where)

    header_boxes = boxes(fib.part("header_boxes"), _HEADER_BOXES, _HEADERS)
    headers, footers = headers_and_footers(text, fib.part("headers"), *stories[_HEADERS], header_boxes)
    flow = text.flow(*stories[_BODY], boxes(fib.part("boxes"), _BOXES, _BODY))
    notes = [line for story in (_FOOTNOTES, _ENDNOTES) for line in text.lines(*stories[story])]
    return [*headers, *in_reading_order(flow, margins), *footers, *notes]


def _photo(fib: Fib, streams: WordStreams, text: Text, drawn: Sequence[Shape], anchors: Anchors) -> Photo | None:
    """Word 6 and 95 keep pictures in other ways, which are left aside."""
    if not fib.is_97:
        return None
    pictures: list[Picture] = []
    size = 0
    floating = floating_pictures(fib.part("drawings"), anchors, drawn, streams.main)
    for picture in chain(floating, inline_pictures(text.picture_places(), streams.blobs)):
        size += len(picture.content)
        if size > MAX_FILE_BYTES:  # damaged files may name the same bytes again and again
            break
        pictures.append(picture)
    return portrait(pictures)
