"""DeepSeek's errors: HTTP status and finish reason → our error → what the operator does.

Source: api-docs.deepseek.com/quick_start/error_codes and guides/json_mode. Bodies are {"error": {"message", "type",
"code"}}, but 404 has another envelope and gateways answer plain text, so the status decides and the body only adds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from common.errors import (
    ContentRefused,
    CredentialRejected,
    ModelAnswerInvalid,
    MojianError,
    VendorBusy,
    VendorQuotaExhausted,
    VendorRejected,
    VendorReplyInvalid,
    VendorUnavailable,
)
from common.http.meanings import Meaning
from common.vendors.deepseek.models import Completion

if TYPE_CHECKING:
    import httpx

STATUSES: dict[int, Meaning] = {
    400: Meaning(VendorRejected, "check DEEPSEEK_MODEL against GET /models; otherwise a bug in the request"),
    401: Meaning(CredentialRejected, "put a valid key into DEEPSEEK_API_KEY"),
    402: Meaning(VendorQuotaExhausted, "top up the DeepSeek account"),
    404: Meaning(VendorRejected, "check DEEPSEEK_BASE_URL: there is no such route"),
    422: Meaning(VendorRejected, "a bug in the request: a parameter is out of range"),
    429: Meaning(VendorBusy, "lower the concurrency of the functions or ask for more"),
    500: Meaning(VendorUnavailable, "wait; see status.deepseek.com"),
    503: Meaning(VendorUnavailable, "wait; the vendor is overloaded"),
}

#: How an answer with status 200 ended; `stop` is the good end, `length` is judged with the text at hand.
FINISH_REASONS: dict[str, Meaning] = {
    "insufficient_system_resource": Meaning(VendorUnavailable, "wait; the vendor is overloaded"),
    "content_filter": Meaning(ContentRefused, "nothing: the text did not pass content safety"),
}

#: The only message the vendor gives for content safety; there is no code of its own for it.
CONTENT_RISK = "content exists risk"


def check(response: httpx.Response) -> None:
    """Raise what the answer means; return for an answer with text in it. Nothing of the texts goes into facts."""
    if response.status_code == 200:
        return _check_completion(read_completion(response))
    if response.status_code >= 400:
        raise _error_of(response)
    raise VendorReplyInvalid(status=response.status_code)


def read_completion(response: httpx.Response) -> Completion:
    """Leading blank lines, sent while a request queues, are allowed. Raises VendorReplyInvalid."""
    try:
        return Completion.model_validate_json(response.content.strip())
    except ValidationError:
        raise VendorReplyInvalid(status=200, reason="not a completion") from None


def _check_completion(completion: Completion) -> None:
    meaning = FINISH_REASONS.get(completion.finish_reason or "")
    if meaning is not None:
        raise meaning.error(status=200, vendor_code=completion.finish_reason)
    if not completion.text.strip():  # JSON mode replaces what is not JSON by blanks: asking again helps, repair cannot
        raise ModelAnswerInvalid(status=200, reason="blank", vendor_code=completion.finish_reason)


def _error_of(response: httpx.Response) -> MojianError:
    kind, message = _envelope(response)
    if response.status_code == 400 and CONTENT_RISK in message.lower():
        return ContentRefused(status=400, vendor_code=kind)
    meaning = STATUSES.get(response.status_code)
    error = meaning.error if meaning else VendorUnavailable if response.status_code >= 500 else VendorRejected
    return error(status=response.status_code, vendor_code=kind)


def _envelope(response: httpx.Response) -> tuple[str | None, str]:
    """The error's type and message, as far as the body has them. The message may quote a key: it is never kept."""
    try:
        error = response.json()["error"]
        return error.get("code") or error.get("type"), str(error.get("message") or "")
    except (ValueError, LookupError, TypeError, AttributeError):
        return None, response.text
