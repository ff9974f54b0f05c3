"""The robot's errcode, which comes in a 200: code → our error → what the operator does.

Source: developer.work.weixin.qq.com/document/path/91770 (robots of groups) and path/90313 (codes).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.errors import (
    CredentialRejected,
    VendorBusy,
    VendorRejected,
    VendorReplyInvalid,
    VendorUnavailable,
)
from common.http.meanings import Meaning

if TYPE_CHECKING:
    import httpx

_KEY = "compare ALERT_WECOM_KEY with the robot's address; a robot that was removed from its group needs a new one"
_BUG = "a bug in the request"

ERRORS: dict[int, Meaning] = {
    -1: Meaning(VendorUnavailable, "wait; WeCom is busy"),
    40008: Meaning(VendorRejected, _BUG),
    40058: Meaning(VendorRejected, _BUG),
    44004: Meaning(VendorRejected, _BUG),
    45002: Meaning(VendorRejected, _BUG),
    45009: Meaning(VendorBusy, "nothing: 20 messages a minute; it is told again in a minute"),
    45033: Meaning(VendorBusy, "nothing: too many requests at one time; it is told again in a minute"),
    93000: Meaning(CredentialRejected, _KEY),
    93004: Meaning(CredentialRejected, "the robot was switched off; switch it on in the group"),
    93008: Meaning(CredentialRejected, "the robot is not in the group any more; add it again"),
}


def check(response: httpx.Response) -> None:
    """Raise what the errcode means; other statuses than 200 are left to the common policy."""
    if response.status_code != 200:
        return
    try:
        reply = response.json()
        code = int(reply["errcode"])
    except (ValueError, KeyError, TypeError):
        raise VendorReplyInvalid(status=200, reason="no errcode") from None
    if code != 0:
        meaning = ERRORS.get(code)
        raise (meaning.error if meaning else VendorRejected)(vendor_code=code, delivered="no")
