"""From an HTTP answer, or the lack of one, to an error of ours: what is the same for every vendor.

Facts by convention: `status` when there was an answer; `delivered` says whether the vendor may have acted on the request
("no" or "unknown"), so that what must not happen twice is repeated only when it surely did not happen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.errors import VendorBusy, VendorError, VendorRejected, VendorUnavailable

if TYPE_CHECKING:
    import httpx


def lost(error: httpx.HTTPError) -> VendorUnavailable:
    """No answer: connection refused, dropped, timed out, or bytes that are not HTTP."""
    import httpx

    not_sent = (
        httpx.ConnectError,
        httpx.ConnectTimeout,
        httpx.PoolTimeout,
        httpx.UnsupportedProtocol,
        httpx.ProxyError,
    )
    delivered = "no" if isinstance(error, not_sent) else "unknown"
    return VendorUnavailable(reason=type(error).__name__, delivered=delivered)


def refused(response: httpx.Response) -> VendorError | None:
    """The meaning of the status alone, for what the vendor's own table did not explain; None below 400."""
    status = response.status_code
    if status < 400:
        return None
    if status == 429:
        return VendorBusy(status=status, delivered="no")
    if status >= 500:
        return VendorUnavailable(status=status, delivered="unknown")
    return VendorRejected(status=status)


def retry_after_s(response: httpx.Response) -> float | None:
    """Retry-After in seconds; its date form is not used by any vendor of ours and is ignored."""
    wished = response.headers.get("retry-after", "").strip()
    return float(wished) if wished.isdecimal() else None
