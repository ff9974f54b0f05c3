"""What a document reader hands to the structurer: lines of text that remember where they stood."""

from dataclasses import dataclass, field
from typing import Literal

Box = tuple[float, float, float, float]
Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]
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
    """One recognised line of an image, in pixels, origin top left. `confidence` is the engine's own, 0 to 1.

    `corners` go clockwise from where the text begins (top left for upright text); None where an engine gives boxes only.
    """

    text: str
    box: Box
    confidence: float = 1.0
    corners: Corners | None = None

    @classmethod
    def within(cls, text: str, corners: Corners, confidence: float = 1.0) -> "OcrItem":
        """The item whose box is the upright rectangle around its corners."""
        across, down = zip(*corners, strict=True)
        return cls(text, (min(across), min(down), max(across), max(down)), confidence, corners)


@dataclass(frozen=True)
class PageImage:
    """A page that has no usable text layer, as a picture for OCR."""

    page: int
    content: bytes
    media_type: str


@dataclass(frozen=True)
class Photo:
    """The portrait a document holds, as a JPEG, upright and small; `page` is where it stood."""

    content: bytes
    media_type: Literal["image/jpeg"] = "image/jpeg"
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
