"""Tencent Cloud's OCR of printed text, the accurate one. Implements the port Ocr."""

import base64
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from common.domain.parsing.source import OcrItem
from common.errors import DeadlineExceeded, FileTooLarge, NoTextFound, VendorError, VendorReplyInvalid
from common.http.records import Recorder, recorded
from common.http.retry import with_retries
from common.http.tencent_cloud import TencentKeys, ask
from common.vendors.ocr.settings import OcrSettings
from common.vendors.ocr.tencent.errors import error_of
from common.vendors.ocr.tencent.models import Recognition
from common.vendors.ocr.tencent.sdk import place_of

VENDOR = "tencent_ocr"
#: "Not more than 10 MB after base64."
MAX_BYTES = 10 * 1024 * 1024 // 4 * 3
#: Every try that gets through is billed.
ATTEMPTS = 2
SHORTEST_ATTEMPT_S = 0.05


class TencentOcr:
    """`keys` is asked for every call: those of the function's role change from invocation to invocation."""

    def __init__(
        self,
        settings: OcrSettings,
        keys: Callable[[], TencentKeys],
        record: Recorder,
        remaining_s: Callable[[], float],
    ) -> None:
        self._settings = settings
        self._keys = keys
        self._record = record
        self._remaining_s = remaining_s

    def recognise(self, image: bytes, *, media_type: str) -> list[OcrItem]:  # noqa: ARG002 - the service looks itself
        """Lines of one picture (PNG, JPEG) with corners in pixels and confidence; an empty list when there is no text.

        Raises FileTooLarge above 7.5 MB, FileDamaged, VendorQuotaExhausted, CredentialRejected, VendorError.
        """
        if len(image) > MAX_BYTES:
            raise FileTooLarge(max_bytes=MAX_BYTES)
        fields = {"ImageBase64": base64.b64encode(image).decode("ascii")}
        try:
            answer = self._call("recognise", "GeneralAccurateOCR", fields)
        except NoTextFound:  # of this page; the document may have others
            return []
        return [item for detection in answer.detections if (item := detection.as_item()).text]

    def _call(self, operation: str, action: str, fields: dict[str, Any]) -> Recognition:
        with recorded(self._record, VENDOR, operation) as call:

            def attempt() -> Recognition:
                call.attempts += 1
                try:
                    return self._attempt(action, fields)
                except VendorError as error:
                    error.facts = {"vendor": VENDOR, "operation": operation, **error.facts}
                    raise

            answer = with_retries(attempt, attempts=ATTEMPTS, remaining_s=self._remaining_s)
            call.status = 200
            return answer

    def _attempt(self, action: str, fields: dict[str, Any]) -> Recognition:
        keys, left_s = self._keys(), self._remaining_s()
        if left_s < SHORTEST_ATTEMPT_S:
            raise DeadlineExceeded(vendor=VENDOR, operation=action)
        return _read(ask(place_of(self._settings), keys, action, fields, left_s=left_s, error_of=error_of))


def _read(response: object) -> Recognition:
    """What was recognised is personal and goes into no fact."""
    try:
        return Recognition.model_validate(response)
    except ValidationError:
        raise VendorReplyInvalid(reason="not a recognition") from None
