"""Virtual payment's codes: code → our error → what the operator does. Source: the errcode tables of 虚拟支付 (query_order …)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.errors import (
    CredentialRejected,
    MojianError,
    VendorBusy,
    VendorError,
    VendorObjectMissing,
    VendorQuotaExhausted,
    VendorRejected,
    VendorReplyInvalid,
    VendorUnavailable,
    WeChatSessionExpired,
)
from common.http.meanings import Meaning

if TYPE_CHECKING:
    import httpx

_TOKEN = "nothing: one repetition with a fresh token is made"  # noqa: S105 - an instruction
_BUG = "a bug in our request: see the message"
_KEYS = "check XPAY_OFFER_ID, XPAY_ENV and the AppKey of that environment"
_CONSOLE = "look into the mini-program console under 虚拟支付: the account is limited or not opened"
_WAIT = "wait; the same request may be sent again"
_LOGIN = "nothing: the client calls wx.login again"

UNKNOWN_OPENID = 268490001
DONE_BEFORE = 268490004

ERRORS: dict[int, Meaning] = {
    -1: Meaning(VendorUnavailable, _WAIT),
    40001: Meaning(CredentialRejected, _TOKEN),
    40014: Meaning(CredentialRejected, _TOKEN),
    42001: Meaning(CredentialRejected, _TOKEN),
    41001: Meaning(CredentialRejected, _BUG),
    45009: Meaning(VendorQuotaExhausted, "wait for tomorrow or call clear_quota (ten times a month)"),
    45011: Meaning(VendorBusy, _WAIT),
    48001: Meaning(CredentialRejected, _CONSOLE),
    87009: Meaning(WeChatSessionExpired, _LOGIN),
    UNKNOWN_OPENID: Meaning(VendorRejected, "a bug: an openid of another app"),
    268490002: Meaning(VendorObjectMissing, "nothing: nobody has begun to pay this order (or a bug in our request)"),
    268490003: Meaning(CredentialRejected, _KEYS),
    DONE_BEFORE: Meaning(VendorRejected, "nothing: it was done before"),
    268490005: Meaning(VendorRejected, "nothing: it was refunded another way"),
    268490006: Meaning(VendorRejected, "look into the console: the balance does not cover it"),
    268490007: Meaning(VendorRejected, "shorten the reason of the refund: it holds a sensitive word"),
    268490008: Meaning(VendorRejected, "publish the product in the console"),
    268490009: Meaning(WeChatSessionExpired, _LOGIN),
    268490011: Meaning(VendorBusy, _WAIT),
    268490013: Meaning(VendorRejected, "refund outside WeChat: the money of this order was settled"),
    268490014: Meaning(VendorBusy, _WAIT),
    268490015: Meaning(VendorBusy, _WAIT),
    268490016: Meaning(VendorBusy, "nothing: it is asked for again with what is left by then"),
    268490021: Meaning(CredentialRejected, _CONSOLE),
    268447747: Meaning(CredentialRejected, _KEYS),
    268447748: Meaning(CredentialRejected, _KEYS),
    268447749: Meaning(CredentialRejected, _CONSOLE),
}

#: The token is wrong, malformed or expired, so the call was not executed.
TOKEN_CODES = frozenset({40001, 40014, 42001})
KEPT_CHARACTERS = 200


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


def is_code(error: MojianError, code: int) -> bool:
    return error.facts.get("vendor_code") == code


def is_token_error(error: CredentialRejected) -> bool:
    return error.facts.get("vendor_code") in TOKEN_CODES


def reply_invalid(operation: str, reason: str) -> VendorReplyInvalid:
    return VendorReplyInvalid(vendor="xpay", operation=operation, reason=reason)


def _error_of(errcode: object, errmsg: str) -> MojianError:
    """A code means that nothing was done."""
    meaning = ERRORS.get(errcode) if isinstance(errcode, int) else None
    kind = meaning.error if meaning else VendorRejected
    if not issubclass(kind, VendorError):
        return kind()  # facts of a caller's error are shown to the caller
    return kind(vendor_code=errcode, vendor_message=errmsg[:KEPT_CHARACTERS], delivered="no")
