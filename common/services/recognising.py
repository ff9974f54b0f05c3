"""A second OCR for when the first one's quota is used up. Implements the port Ocr itself."""

from common.domain.parsing.source import OcrItem
from common.errors import OcrUnavailable, VendorQuotaExhausted
from common.services.ports import Ocr


class WithFallback:
    """Once the first has nothing left, it is not asked again for the pages that follow."""

    def __init__(self, first: Ocr, second: Ocr) -> None:
        self._first = first
        self._second = second
        self._first_is_spent = False

    def recognise(self, image: bytes, *, media_type: str) -> list[OcrItem]:
        """Only a quota that is used up, or an engine that is not there, leads to the second: it costs money too."""
        if not self._first_is_spent:
            try:
                return self._first.recognise(image, media_type=media_type)
            except (VendorQuotaExhausted, OcrUnavailable):
                self._first_is_spent = True
        return self._second.recognise(image, media_type=media_type)
