"""WeChat's error codes: code → our error → what the operator does.

Source: the errcode tables of jscode2session, checksession, getuserphonenumber, stable_token, subscribeMessage.send,
upload_shipping_info and msg_sec_check on developers.weixin.qq.com.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from common.errors import (
    AccountRefused,
    CredentialRejected,
    LoginCodeInvalid,
    MojianError,
    PersonNotSeen,
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

_CONFIG = "check WECHAT_APPID and WECHAT_SECRET"
_CONSOLE = "look into the mini-program console: the account is limited"
_ALLOW_IP = "put the functions' fixed outgoing IP on the list in the console"
_TOKEN = "nothing: one repetition with a fresh token is made"  # noqa: S105 - an instruction
_BUG = "a bug in our request: see the message"
_NEW_LOGIN = "nothing: the client calls wx.login again"
_TEMPLATE = "make WECHAT_TEMPLATE_READY fit the template in the console"

ERRORS: dict[int, Meaning] = {
    -1: Meaning(VendorUnavailable, "wait; WeChat is busy"),
    40001: Meaning(CredentialRejected, _TOKEN),
    40014: Meaning(CredentialRejected, _TOKEN),
    42001: Meaning(CredentialRejected, _TOKEN),
    40002: Meaning(VendorRejected, _BUG),
    40003: Meaning(VendorRejected, "nothing: an openid of another app"),
    40013: Meaning(CredentialRejected, _CONFIG),
    40125: Meaning(CredentialRejected, _CONFIG),
    41001: Meaning(CredentialRejected, _BUG),
    41002: Meaning(CredentialRejected, _CONFIG),
    41004: Meaning(CredentialRejected, _CONFIG),
    40029: Meaning(LoginCodeInvalid, _NEW_LOGIN),
    40163: Meaning(LoginCodeInvalid, "look for a client that submits a login twice"),
    41008: Meaning(LoginCodeInvalid, _NEW_LOGIN),
    40226: Meaning(AccountRefused, "nothing: WeChat blocks this user as high risk"),
    40037: Meaning(VendorRejected, _TEMPLATE),
    40097: Meaning(VendorRejected, _BUG),
    40169: Meaning(VendorRejected, _BUG),
    41030: Meaning(VendorRejected, "set WECHAT_PAGE_READY and WECHAT_PAGE_SHARE to pages of the released version"),
    43101: Meaning(VendorRejected, "nothing: the user accepted no message, or all are used up"),
    43107: Meaning(CredentialRejected, _CONSOLE),
    43108: Meaning(VendorBusy, "nothing: two messages to one user at once"),
    45168: Meaning(VendorRejected, "nothing: the title holds a sensitive word"),
    47003: Meaning(VendorRejected, _TEMPLATE),
    87009: Meaning(WeChatSessionExpired, _NEW_LOGIN),
    61010: Meaning(PersonNotSeen, "nothing: text of a user who has not opened the mini-program for two hours"),
    45002: Meaning(VendorRejected, _BUG),
    40004: Meaning(VendorRejected, _BUG),
    43001: Meaning(VendorRejected, _BUG),
    43002: Meaning(VendorRejected, _BUG),
    44002: Meaning(VendorRejected, _BUG),
    47001: Meaning(VendorRejected, _BUG),
    45009: Meaning(VendorQuotaExhausted, "wait for tomorrow or call clear_quota (ten times a month)"),
    45011: Meaning(VendorBusy, "nothing: the limit of one minute"),
    40164: Meaning(CredentialRejected, _ALLOW_IP),
    89503: Meaning(CredentialRejected, _ALLOW_IP),
    89506: Meaning(CredentialRejected, _ALLOW_IP),
    89507: Meaning(CredentialRejected, _ALLOW_IP),
    40243: Meaning(CredentialRejected, _CONSOLE),
    48001: Meaning(CredentialRejected, _CONSOLE),
    48004: Meaning(CredentialRejected, _CONSOLE),
    50002: Meaning(CredentialRejected, _CONSOLE),
    50004: Meaning(CredentialRejected, _CONSOLE),
    50007: Meaning(CredentialRejected, _CONSOLE),
    10060001: Meaning(VendorObjectMissing, "nothing: WeChat does not know the payment yet; it is reported again later"),
    10060002: Meaning(VendorRejected, "nothing: the delivery was reported before"),
    10060003: Meaning(VendorRejected, "nothing: the delivery was reported before, and corrected once"),
    10060004: Meaning(VendorRejected, "look at the order in the console: it was refunded or is under dispute"),
    10060012: Meaning(VendorUnavailable, "wait; WeChat is busy"),
    10060014: Meaning(VendorRejected, _BUG),
    10060023: Meaning(VendorRejected, "nothing: the delivery was reported before, with the same words"),
}

#: The token is wrong, malformed or expired, so the call was not executed.
TOKEN_CODES = frozenset({40001, 40014, 42001})

_RID = re.compile(r"rid: ?([0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8})")
KEPT_CHARACTERS = 200


def check(response: httpx.Response) -> None:
    """Errors come with status 200; a missing errcode is success. Other statuses are left to the common policy."""
    if response.status_code != 200:
        return
    reply = read_object(response)
    errcode = reply.get("errcode", 0)
    if errcode != 0:
        raise error_of(errcode, str(reply.get("errmsg", "")))


def read_object(response: httpx.Response) -> dict[str, object]:
    """The JSON of an answer, whatever its content type says (login says text/plain). Raises VendorReplyInvalid."""
    try:
        reply = response.json()
    except ValueError:
        reply = None
    if not isinstance(reply, dict):
        raise VendorReplyInvalid(status=response.status_code, reason="not a JSON object")
    return reply


def error_of(errcode: object, errmsg: str) -> MojianError:
    """The rid is what WeChat's support asks for. A code means that nothing was done."""
    meaning = ERRORS.get(errcode) if isinstance(errcode, int) else None
    kind = meaning.error if meaning else VendorRejected
    if not issubclass(kind, VendorError):
        return kind()  # facts of a caller's error are shown to the caller
    rid = _RID.search(errmsg)
    return kind(
        vendor_code=errcode,
        vendor_message=errmsg[:KEPT_CHARACTERS],
        request_id=rid[1] if rid else None,
        delivered="no",
    )


def is_token_error(error: CredentialRejected) -> bool:
    return error.facts.get("vendor_code") in TOKEN_CODES
