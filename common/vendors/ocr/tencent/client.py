"""Tencent Cloud's OCR of printed text, the accurate one. Implements the port Ocr."""

import base64
from collections.abc import Callable

from pydantic import ValidationError

from common.domain.parsing.source import OcrItem
from common.errors import FileTooLarge, NoTextFound, VendorReplyInvalid
from common.http.records import Recorder
from common.http.tencent_cloud import TencentCloud, TencentKeys
from common.vendors.ocr.settings import OcrSettings
from common.vendors.ocr.tencent.errors import error_of
from common.vendors.ocr.tencent.models import Recognition
from common.vendors.ocr.tencent.sdk import place_of

VENDOR = "tencent_ocr"
#: "Not more than 10 MB after base64."
MAX_BYTES = 10 * 1024 * 1024 // 4 * 3
#: Every try that gets through is billed.
ATTEMPTS = 2


class TencentOcr:
    """`keys` is asked for every call: those of the function's role change from invocation to invocation."""

    def __init__(
        self,
        settings: OcrSettings,
        keys: Callable[[], TencentKeys],
        record: Recorder,
        remaining_s: Callable[[], float],
    ) -> None:
        self._cloud = TencentCloud(VENDOR, place_of(settings), keys, record, remaining_s, error_of)

    def recognise(self, image: bytes, *, media_type: str) -> list[OcrItem]:  # noqa: ARG002 - the service looks itself
        """Lines of one picture (PNG, JPEG) with corners in pixels and confidence; an empty list when there is no text.

        Raises FileTooLarge above 7.5 MB, FileDamaged, VendorQuotaExhausted, CredentialRejected, VendorError.
        """
        if len(image) > MAX_BYTES:
            raise FileTooLarge(max_bytes=MAX_BYTES)
        fields = {"ImageBase64": base64.b64encode(image).decode("ascii")}
        try:
            answer = self._cloud.call("recognise", "GeneralAccurateOCR", fields, _read, attempts=ATTEMPTS)
        except NoTextFound:  # of this page; the document may have others
            return []
        return [item for detection in answer.detections if (item := detection.as_item()).text]


def _read(response: object) -> Recognition:
    """What was recognised is personal and goes into no fact."""
    try:
        return Recognition.model_validate(response)
    except ValidationError:
        raise VendorReplyInvalid(reason="not a recognition") from None
