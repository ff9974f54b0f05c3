"""What a document reader hands to the structurer: lines of text that remember where they stood."""

from dataclasses import dataclass, field
from typing import Literal

Box = tuple[float, float, float, float]
Method = Literal["text", "ocr"]


@dataclass(frozen=True)
class Line:
    """One line in reading order. Fields of one row that stand apart are separated by four spaces.

    `box` is (left, top, right, bottom) in points for PDF and pixels for images, origin top left; None where a format
    has no geometry. `size` is the text height in the same unit; None when unknown. `confidence` is below 1 where a picture
    was recognised and the engine says how sure it is. `links` are the addresses behind the text (http, https, mailto, tel)
    that the text itself does not show.
    """

    text: str
    page: int = 1
    box: Box | None = None
    size: float | None = None
    bold: bool = False
    method: Method = "text"
    confidence: float = 1.0
    links: tuple[str, ...] = ()


@dataclass(frozen=True)
class OcrItem:
    """One recognised line of an image; `box` in pixels, origin top left. `confidence` is the engine's own, 0 to 1."""

    text: str
    box: Box
    confidence: float = 1.0


@dataclass(frozen=True)
class PageImage:
    """A page that has no usable text layer, as a picture for OCR."""

    page: int
    content: bytes
    media_type: str


@dataclass(frozen=True)
class Photo:
    """The portrait a document holds, as PNG or JPEG, upright; `page` is where it stood."""

    content: bytes
    media_type: Literal["image/png", "image/jpeg"]
    page: int = 1


SourceKind = Literal["pdf", "docx", "doc", "rtf", "html", "wordml", "image"]


@dataclass(frozen=True)
class SourceDocument:
    """A document after reading. `unread` holds the pages whose text has to come from OCR."""

    kind: SourceKind
    lines: tuple[Line, ...] = ()
    unread: tuple[PageImage, ...] = ()
    pages: int = 1
    photo: Photo | None = None
    warnings: tuple[str, ...] = field(default=())
