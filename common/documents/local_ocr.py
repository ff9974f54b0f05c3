"""OCR on this machine (rapidocr), for development and self-hosting: the optional extra of requirements-ocr.txt.

Too large for a function (650 MB of memory, 370 MB installed), so it is never part of a layer.
"""

import importlib.util
from functools import cached_property
from typing import Any

from common.domain.parsing.source import OcrItem
from common.errors import OcrUnavailable, VendorRejected


class LocalOcr:
    """Implements the `Ocr` port. The models (PP-OCR, Chinese and English) come with the package: nothing is downloaded."""

    def recognise(self, image: bytes, *, media_type: str) -> list[OcrItem]:  # noqa: ARG002 - the engine looks itself
        """Safe to repeat; about 4 s a page. Raises OcrUnavailable when the extra is not installed, VendorRejected."""
        engine = self._engine
        try:
            found = engine(image)
        except Exception as error:  # the engine raises its own and OpenCV's errors for a picture it cannot use
            raise VendorRejected(vendor="rapidocr", operation="recognise") from error
        if found.boxes is None or found.txts is None:
            return []
        return [_item(corners, text) for corners, text in zip(found.boxes, found.txts, strict=True) if text.strip()]

    @cached_property
    def _engine(self) -> Any:
        if importlib.util.find_spec("rapidocr") is None or importlib.util.find_spec("onnxruntime") is None:
            raise OcrUnavailable(vendor="rapidocr", operation="load")
        import logging

        from rapidocr import RapidOCR

        logging.getLogger("RapidOCR").setLevel(logging.ERROR)
        return RapidOCR(params={"Global.log_level": "error"})


def _item(corners: Any, text: str) -> OcrItem:
    xs = [float(corner[0]) for corner in corners]
    ys = [float(corner[1]) for corner in corners]
    return OcrItem(text=text, box=(min(xs), min(ys), max(xs), max(ys)))
