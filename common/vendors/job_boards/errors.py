"""A board's answers → our errors → what the operator does. Codes of an envelope are in the mapping's `errors`.

A page instead of JSON is a captcha or a login: the board wants no machine there. It counts as an outage, so the breaker stops
us from knocking on.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from common.errors import (
    CredentialRejected,
    MojianError,
    VendorBusy,
    VendorObjectMissing,
    VendorRejected,
    VendorReplyInvalid,
    VendorUnavailable,
)
from common.http.meanings import Meaning
from common.vendors.job_boards.mapping import Mapping
from common.vendors.job_boards.paths import value_at

if TYPE_CHECKING:
    import httpx

TROUBLES: dict[str, Meaning] = {
    "auth": Meaning(
        CredentialRejected, "compare KEY_ID and SECRET with the contract, and its list of allowed addresses"
    ),
    "rate_limited": Meaning(VendorBusy, "lower PER_MINUTE of this board, or ask it for more"),
    "not_found": Meaning(VendorObjectMissing, "nothing: the job is gone"),
    "captcha": Meaning(VendorUnavailable, "call the board: it takes us for a robot where the contract allows one"),
    "upstream": Meaning(VendorUnavailable, "wait; ask the board when it stays"),
    "rejected": Meaning(VendorRejected, "the board's contract has changed: compare the mapping file"),
}
STATUSES: dict[int, str] = {401: "auth", 403: "auth", 404: "not_found", 410: "not_found", 429: "rate_limited"}
#: An answer longer than this is none of a page of jobs.
MOST_BYTES = 4 * 1024 * 1024


def answer_of(response: httpx.Response) -> Any:
    """The JSON of an answer. Raises VendorReplyInvalid, VendorUnavailable for a page."""
    if len(response.content) > MOST_BYTES:
        raise VendorReplyInvalid(status=response.status_code, reason="too long")
    if _is_page(response):
        raise VendorUnavailable(status=response.status_code, reason="captcha")
    try:
        return json.loads(response.content)
    except (ValueError, RecursionError):
        raise VendorReplyInvalid(status=response.status_code, reason="not json") from None


def _is_page(response: httpx.Response) -> bool:
    kind = response.headers.get("content-type", "").lower()
    return "html" in kind or response.content.lstrip()[:1] == b"<"


def check(response: httpx.Response, mapping: Mapping) -> None:
    """Raise what the answer means; return for a good one. The board's own words stay out of facts."""
    trouble = STATUSES.get(response.status_code)
    if trouble is None and response.status_code >= 500:
        trouble = "upstream"
    if response.status_code >= 400:
        raise _error(trouble or "rejected", response, _code_of(response, mapping))
    if response.status_code >= 300:
        raise VendorUnavailable(status=response.status_code, reason="captcha")
    answer = answer_of(response)
    if isinstance(answer, dict) and "access_token" in answer:
        return
    code = value_at(answer, mapping.success.path)
    if code not in mapping.success.values:
        raise _error(mapping.errors.get(str(code), "rejected"), response, code)


def _code_of(response: httpx.Response, mapping: Mapping) -> object:
    try:
        return value_at(answer_of(response), mapping.success.path)
    except MojianError:
        return None


def _error(trouble: str, response: httpx.Response, code: object) -> MojianError:
    facts: dict[str, object] = {"status": response.status_code, "reason": trouble}
    if isinstance(code, int | str):
        facts["vendor_code"] = str(code)[:40]
    return TROUBLES[trouble].error(**facts)
