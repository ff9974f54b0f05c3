"""OCR on this machine (rapidocr), for development and self-hosting: the optional extra of requirements-ocr.txt.

Too large for a function (600 MB of memory, 370 MB installed), so it is never part of a layer.
"""

import io
from collections.abc import Iterator
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from itertools import repeat
from typing import Any

from common.documents.local_ocr_fields import fields_of
from common.domain.parsing.source import OcrItem
from common.errors import OcrUnavailable, VendorRejected

#: One line at a time and no arena: 600 MB; with the engine's six lines 800, with an arena 740. Its classifier of single lines
#: is off: it turned 15 of 3,027 upright lines over, which then read as nonsense, and it would read a page that is upside
#: down from its last line. Unsure readings are kept, with their confidence: without them nobody sees how bad a picture is.
PARAMETERS = {
    "Global.log_level": "error",
    "Global.use_cls": False,
    "Global.return_word_box": True,
    "Global.return_single_char_box": True,
    "Global.text_score": 0.2,
    "Rec.rec_batch_num": 1,
    "EngineConfig.onnxruntime.enable_cpu_mem_arena": False,
}
_SURE = 0.75  # of the mean confidence: upright pages are above 0.95, upside-down ones below 0.5
_TALL = 1.5


class LocalOcr:
    """Implements the `Ocr` port. The models (PP-OCR, Chinese and English) come with the package: nothing is downloaded."""

    def recognise(self, image: bytes, *, media_type: str) -> list[OcrItem]:  # noqa: ARG002 - the engine looks itself
        """Safe to repeat; about 4 s a page. Corners in pixels, of the picture turned upright where it lay on its side.

        Raises OcrUnavailable when the extra is not installed, VendorRejected.
        """
        items = self._read(image)
        if _lies_on_its_side(items):
            image = _turned(image, 90)
            items = self._read(image)
        if items and _sureness(items) < _SURE:
            items = max(items, self._read(_turned(image, 180)), key=_sureness)
        return items

    def _read(self, image: bytes) -> list[OcrItem]:
        engine = self._engine
        try:
            found = engine(image)
        except Exception as error:  # the engine raises its own and OpenCV's errors for a picture it cannot use
            raise VendorRejected(vendor="rapidocr", operation="recognise") from error
        if found.boxes is None or found.txts is None:
            return []
        characters = found.word_results if len(found.word_results or ()) == len(found.txts) else repeat(())
        read = zip(found.boxes, found.txts, found.scores, characters, strict=False)
        return [item for line in read if line[1].strip() for item in _items(*line)]

    @cached_property
    def _engine(self) -> Any:
        if find_spec("rapidocr") is None or find_spec("onnxruntime") is None:
            raise OcrUnavailable(vendor="rapidocr", operation="load")
        import logging

        logging.getLogger("RapidOCR").setLevel(logging.ERROR)
        return import_module("rapidocr").RapidOCR(params=PARAMETERS)  # by name: an optional extra, held by no layer


def _items(corners: Any, text: str, score: float, characters: Any) -> Iterator[OcrItem]:
    first, second, third, fourth = [(float(x), float(y)) for x, y in corners]
    return fields_of(text, (first, second, third, fourth), float(score), characters)


def _lies_on_its_side(items: list[OcrItem]) -> bool:
    tall = sum(item.box[3] - item.box[1] > _TALL * (item.box[2] - item.box[0]) for item in items)
    return 2 * tall > len(items)


def _sureness(items: list[OcrItem]) -> float:
    """Mean confidence of the characters; 0 without any."""
    characters = sum(len(item.text) for item in items)
    return sum(item.confidence * len(item.text) for item in items) / max(1, characters)


def _turned(image: bytes, degrees: int) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.open(io.BytesIO(image)).rotate(degrees, expand=True).save(out, "PNG")
    return out.getvalue()
