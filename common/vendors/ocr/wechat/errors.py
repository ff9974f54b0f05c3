"""WeChat OCR's codes: code → our error → what the operator does. Source: 通用印刷体识别 on developers.weixin.qq.com."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from common.errors import (
    CredentialRejected,
    FileDamaged,
    MojianError,
    NoTextFound,
    VendorBusy,
    VendorError,
    VendorQuotaExhausted,
    VendorRejected,
    VendorReplyInvalid,
    VendorUnavailable,
)
from common.http.meanings import Meaning
from common.vendors.ocr.wechat.models import Recognition

if TYPE_CHECKING:
    import httpx

_BUY = "order a package for OCR on WeChat's service market"
_TOKEN = "nothing: one repetition with a fresh token is made"  # noqa: S105 - an instruction
_BUG = "a bug in our request"

ERRORS: dict[int, Meaning] = {
    -1: Meaning(VendorUnavailable, "wait; WeChat is busy"),
    40001: Meaning(CredentialRejected, _TOKEN),
    40014: Meaning(CredentialRejected, _TOKEN),
    42001: Meaning(CredentialRejected, _TOKEN),
    41001: Meaning(CredentialRejected, _BUG),
    41005: Meaning(VendorRejected, _BUG),
    45009: Meaning(VendorQuotaExhausted, _BUY),
    45011: Meaning(VendorBusy, "nothing: the limit of one minute; the platform repeats the stage later"),
    48001: Meaning(CredentialRejected, _BUY),
    101000: Meaning(VendorRejected, _BUG),
    101001: Meaning(NoTextFound, "nothing: there is no text in the picture"),
    101002: Meaning(FileDamaged, "nothing: the picture cannot be decoded"),
    101003: Meaning(VendorQuotaExhausted, _BUY),
}

TOKEN_CODES = frozenset({40001, 40014, 42001})

#: The limit of a minute ends with the next full minute; a try before that only counts against it.
MINUTE_LIMIT, MINUTE_S = 45011, 60.0


def check(response: httpx.Response) -> None:
    """Errors come with status 200; other statuses are left to the common policy."""
    if response.status_code != 200:
        return
    try:
        reply = response.json()
        errcode, errmsg = reply.get("errcode", 0), str(reply.get("errmsg", ""))
    except (ValueError, AttributeError):
        raise VendorReplyInvalid(status=200, reason="not a JSON object") from None
    if errcode != 0:
        raise _error_of(errcode, errmsg)
    read_recognition(response)


def read_recognition(response: httpx.Response) -> Recognition:
    """Raises VendorReplyInvalid; what was recognised is personal and goes into no fact."""
    try:
        return Recognition.model_validate_json(response.content)
    except ValidationError:
        raise VendorReplyInvalid(status=200, reason="not a recognition") from None


def is_token_error(error: CredentialRejected) -> bool:
    return error.facts.get("vendor_code") in TOKEN_CODES


def _error_of(errcode: object, errmsg: str) -> MojianError:
    meaning = ERRORS.get(errcode) if isinstance(errcode, int) else None
    kind = meaning.error if meaning else VendorRejected
    if not issubclass(kind, VendorError):
        return kind()  # facts of a caller's error are shown to the caller
    later = {"retry_after_s": MINUTE_S} if errcode == MINUTE_LIMIT else {}
    return kind(vendor_code=errcode, vendor_message=errmsg[:200], delivered="no", **later)
