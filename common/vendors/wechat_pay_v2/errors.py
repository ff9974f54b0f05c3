"""WeChat Pay v2's errors: code → our error → what the operator does. Source: the error tables of 统一下单, 查询, 关单, 退款 (v2).

An answer is judged in the vendor's order: `return_code` (was the request understood; unsigned when not), then the
signature, then `result_code` (was it done).
"""

from collections.abc import Mapping

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

_BUG = "a bug in our request"
_KEYS = "check WECHAT_PAY_V2_MCHID, _API_KEY and _SIGN_TYPE"
_BINDING = "bind the mini-program to the merchant in the merchant console"
_CONSOLE = "look into the merchant console: the account or product is limited"
_WAIT = "wait; the same request may be sent again"
_QUERY = "nothing: the order is asked for and settled by its state"
_NOTHING = "nothing: the user opens a new order"

ERRORS: dict[str, Meaning] = {
    "SYSTEMERROR": Meaning(VendorUnavailable, _WAIT),
    "BIZERR_NEED_RETRY": Meaning(VendorUnavailable, _WAIT),
    "FREQUENCY_LIMITED": Meaning(VendorBusy, _WAIT),
    "INVALID_REQ_TOO_MUCH": Meaning(VendorBusy, _WAIT),
    "ORDERPAID": Meaning(VendorRejected, _QUERY),
    "ORDERCLOSED": Meaning(VendorRejected, _NOTHING),
    "OUT_TRADE_NO_USED": Meaning(VendorRejected, "nothing: the order was repeated from another address, or a bug"),
    "INVALID_REQUEST": Meaning(VendorRejected, "nothing: the order was repeated from another address, or a bug"),
    "ORDERNOTEXIST": Meaning(VendorObjectMissing, "nothing: the order never reached WeChat Pay"),
    "REFUNDNOTEXIST": Meaning(VendorObjectMissing, "nothing: the refund never reached WeChat Pay"),
    "TRADE_OVERDUE": Meaning(VendorRejected, "pay the user back by hand: the order is older than a year"),
    "TRADE_STATE_ERROR": Meaning(VendorRejected, _QUERY),
    "NOTENOUGH": Meaning(VendorRejected, "top up the merchant account, then refund again"),
    "USER_ACCOUNT_ABNORMAL": Meaning(VendorRejected, "refund in the merchant console: the payer's account is closed"),
    "INVALID_TRANSACTIONID": Meaning(VendorRejected, _BUG),
    "NOAUTH": Meaning(CredentialRejected, _CONSOLE),
    "APPID_NOT_EXIST": Meaning(CredentialRejected, "check WECHAT_APPID"),
    "MCHID_NOT_EXIST": Meaning(CredentialRejected, _KEYS),
    "APPID_MCHID_NOT_MATCH": Meaning(CredentialRejected, _BINDING),
    "SIGNERROR": Meaning(CredentialRejected, _KEYS),
    "LACK_PARAMS": Meaning(VendorRejected, _BUG),
    "PARAM_ERROR": Meaning(VendorRejected, _BUG),
    "XML_FORMAT_ERROR": Meaning(VendorRejected, _BUG),
    "REQUIRE_POST_METHOD": Meaning(VendorRejected, _BUG),
    "POST_DATA_EMPTY": Meaning(VendorRejected, _BUG),
    "NOT_UTF8": Meaning(VendorRejected, _BUG),
}

#: What `return_msg` begins with when there is no code, as far as it is not about one of our fields.
MESSAGES: dict[str, Meaning] = {
    "签名错误": Meaning(CredentialRejected, _KEYS),
    "appid": Meaning(CredentialRejected, _BINDING),
    "商户号": Meaning(CredentialRejected, _KEYS),
    "系统": Meaning(VendorUnavailable, _WAIT),
}

SHOWN_CHARACTERS = 80


def raise_not_understood(fields: Mapping[str, str]) -> None:
    """For `return_code` FAIL. Unsigned, so it is advice: money is decided by the query alone."""
    if fields.get("return_code") == "SUCCESS":
        return
    if fields.get("return_code") != "FAIL":
        raise VendorReplyInvalid(reason="return_code")
    message = fields.get("return_msg", "")
    meaning = next((meaning for start, meaning in MESSAGES.items() if message.startswith(start)), None)
    error = meaning.error if meaning else VendorRejected
    raise error(vendor_code="FAIL", reason=message[:SHOWN_CHARACTERS], delivered="no")


def raise_not_done(fields: Mapping[str, str]) -> None:
    """For `result_code` FAIL; a code nobody documented is final."""
    if fields.get("result_code") == "SUCCESS":
        return
    if fields.get("result_code") != "FAIL":
        raise VendorReplyInvalid(reason="result_code")
    code = fields.get("err_code", "")
    meaning = ERRORS.get(code)
    error = meaning.error if meaning else VendorRejected
    raise error(vendor_code=code, delivered="unknown" if error is VendorUnavailable else "no")


def is_code(error: MojianError, *codes: str) -> bool:
    return error.facts.get("vendor_code") in codes
