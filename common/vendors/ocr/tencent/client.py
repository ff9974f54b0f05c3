"""Tencent Cloud's OCR of printed text, the accurate one. Implements the port Ocr."""

import base64
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from common.domain.parsing.source import OcrItem
from common.errors import (
    CredentialRejected,
    DeadlineExceeded,
    FileTooLarge,
    MojianError,
    NoTextFound,
    VendorError,
    VendorReplyInvalid,
    VendorUnavailable,
)
from common.http.records import Recorder, recorded
from common.http.retry import with_retries
from common.vendors.ocr.settings import OcrSettings
from common.vendors.ocr.tencent import sdk
from common.vendors.ocr.tencent.errors import error_of
from common.vendors.ocr.tencent.models import Recognition

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
        keys: Callable[[], sdk.TencentKeys],
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
        from requests import RequestException
        from tencentcloud.common.exception import TencentCloudSDKException

        keys, left_s = self._keys(), self._remaining_s()
        if not keys.secret_id:
            raise CredentialRejected(reason="no_key", delivered="no")
        if left_s < SHORTEST_ATTEMPT_S:
            raise DeadlineExceeded(vendor=VENDOR, operation=action)
        try:
            document = sdk.call(self._settings, keys, action, fields, left_s)
        except TencentCloudSDKException as error:
            raise _meaning_of(error) from None  # its text may hold the address and an answer's body
        except RequestException as error:  # a body that broke off
            raise VendorUnavailable(reason=type(error).__name__, delivered="unknown") from None
        except (ValueError, KeyError, TypeError):
            raise VendorReplyInvalid(reason="not an answer in Tencent Cloud's form") from None
        return _read(document)


def _meaning_of(error: Any) -> MojianError:
    """The SDK's own codes say only that no answer came: ClientNetworkError, or ServerNetworkError for any other status."""
    code = str(error.get_code())
    if code in ("ClientNetworkError", "ServerNetworkError"):
        return VendorUnavailable(reason=code, delivered="unknown")
    return error_of(code, str(error.get_message()), error.get_request_id())


def _read(document: object) -> Recognition:
    """Raises what an error in the envelope means; what was recognised is personal and goes into no fact."""
    response = document.get("Response") if isinstance(document, Mapping) else None
    problem = response.get("Error") if isinstance(response, Mapping) else None
    if isinstance(response, Mapping) and isinstance(problem, Mapping):
        raise error_of(str(problem.get("Code")), str(problem.get("Message")), response.get("RequestId"))
    try:
        return Recognition.model_validate(response)
    except ValidationError:
        raise VendorReplyInvalid(reason="not a recognition") from None
