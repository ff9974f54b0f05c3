"""WeChat Pay v3's errors: code → our error → what the operator does. Source: the error tables of JSAPI下单, 查询, 关单.

Codes are spelt with and without underscores (SYSTEM_ERROR, SYSTEMERROR), so they are compared without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    import httpx

_BUG = "a bug in our request: the reply names the field"
_KEYS = "check WECHAT_PAY_MCHID, _CERT_SERIAL and _PRIVATE_KEY, and the clock"
_BINDING = "bind the mini-program to the merchant in the merchant console"
_CONSOLE = "look into the merchant console: the account or product is limited"
_WAIT = "wait; the same request may be sent again"
_QUERY = "nothing: the order is asked for and settled by its state"

ERRORS: dict[str, Meaning] = {
    "PARAMERROR": Meaning(VendorRejected, _BUG),
    "INVALIDREQUEST": Meaning(VendorRejected, _BUG),
    "APPIDMCHIDNOTMATCH": Meaning(CredentialRejected, _BINDING),
    "MCHNOTEXISTS": Meaning(CredentialRejected, _KEYS),
    "SIGNERROR": Meaning(CredentialRejected, _KEYS),
    "NOAUTH": Meaning(CredentialRejected, _CONSOLE),
    "ACCOUNTERROR": Meaning(VendorRejected, "nothing: the payer's account is limited"),
    "RULELIMIT": Meaning(VendorRejected, _CONSOLE),
    "TRADEERROR": Meaning(VendorRejected, _QUERY),
    "ORDERPAID": Meaning(VendorRejected, _QUERY),
    "ORDERCLOSED": Meaning(VendorRejected, "nothing: the user opens a new order"),
    "OUTTRADENOUSED": Meaning(VendorRejected, "a bug: an order number was used for another order"),
    "ORDERNOTEXIST": Meaning(VendorObjectMissing, "nothing: the order never reached WeChat Pay"),
    "RESOURCENOTEXISTS": Meaning(VendorObjectMissing, "check WECHAT_PAY_BASE_URL"),
    "NOTENOUGH": Meaning(VendorRejected, "top up the merchant account, then refund again"),
    "USERACCOUNTABNORMAL": Meaning(VendorRejected, "refund in the merchant console: the payer's account is closed"),
    "FREQUENCYLIMITED": Meaning(VendorBusy, _WAIT),
    "SYSTEMERROR": Meaning(VendorUnavailable, _WAIT),
    "BANKERROR": Meaning(VendorUnavailable, _WAIT),
    "OPENIDMISMATCH": Meaning(VendorRejected, _BUG),
    "INVALIDTRANSACTIONID": Meaning(VendorRejected, _BUG),
}


def raise_refusal(response: httpx.Response) -> None:
    """Refusals are unsigned, so they are advice: money is decided by the query alone.

    Returns for a status that the common policy should judge. 202 means accepted but not finished.
    """
    if response.status_code == 202:
        raise VendorUnavailable(status=202, reason="not finished", delivered="unknown")
    if response.status_code < 400:
        return
    code, field = _envelope(response)
    meaning = ERRORS.get(normalised(code))
    if meaning is not None:
        raise meaning.error(
            status=response.status_code,
            vendor_code=code,
            field=field,
            request_id=response.headers.get("request-id"),
            delivered="unknown" if response.status_code >= 500 else "no",
        )


def normalised(code: str) -> str:
    return code.replace("_", "").upper()


def is_code(error: MojianError, code: str) -> bool:
    return normalised(str(error.facts.get("vendor_code", ""))) == code


def reply_invalid(operation: str, reason: str) -> VendorReplyInvalid:
    return VendorReplyInvalid(vendor="wechat_pay", operation=operation, reason=reason)


def _envelope(response: httpx.Response) -> tuple[str, str | None]:
    """`code`, and the field that a PARAM_ERROR is about; gateways may answer without JSON."""
    try:
        reply = response.json()
        detail = reply.get("detail") or {}
        return str(reply.get("code") or ""), detail.get("field") if isinstance(detail, dict) else None
    except (ValueError, AttributeError):
        return "", None
