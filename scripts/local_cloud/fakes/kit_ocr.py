"""Recognition for the fakes of OCR services: one engine for all of them (rapidocr), where that optional extra is installed."""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass
from typing import Any

from PIL import Image, UnidentifiedImageError

Corner = tuple[float, float]

#: One line at a time: three quarters of the memory. Without the classifier that turns some upright lines over. Each fake
#: decides what its service would not say.
PARAMETERS = {"Global.log_level": "error", "Global.text_score": 0.2, "Global.use_cls": False, "Rec.rec_batch_num": 1}


class UnreadablePicture(ValueError):
    """Not a whole picture of a known kind."""


class EngineMissing(RuntimeError):
    """rapidocr is not installed, see requirements-ocr.txt."""


@dataclass(frozen=True)
class RecognisedLine:
    """`corners` clockwise from the top left, in pixels; `confidence` is 0 to 1."""

    text: str
    corners: tuple[Corner, ...]
    confidence: float


def picture_size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels. Raises UnreadablePicture."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            image.load()
            return int(image.width), int(image.height)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadablePicture(str(error)) from error


class Recogniser:
    """The engine, built on first use (about a second) and used by one request at a time: it takes most of a GB."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._engine: Any = None

    def lines(self, content: bytes) -> list[RecognisedLine]:
        """What stands in a picture, from top to bottom. Raises EngineMissing."""
        with self._lock:
            found = self._load()(content)
        if found.boxes is None or found.txts is None:
            return []
        read = zip(found.boxes, found.txts, found.scores, strict=True)
        return [
            RecognisedLine(str(text), tuple((float(x), float(y)) for x, y in box), float(score))
            for box, text, score in read
        ]

    def _load(self) -> Any:
        if self._engine is None:
            try:
                from rapidocr import RapidOCR

                self._engine = RapidOCR(params=PARAMETERS)
            except ImportError as error:  # onnxruntime, which it needs, is missed only when it is made
                raise EngineMissing("rapidocr is not installed, see requirements-ocr.txt") from error
        return self._engine
