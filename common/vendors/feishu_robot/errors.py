"""The robot's code, which comes in a 200: code → our error → what the operator does.

Source: open.feishu.cn/document/client-docs/bot-v3/add-custom-bot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.errors import CredentialRejected, VendorBusy, VendorRejected, VendorReplyInvalid, VendorUnavailable
from common.http.meanings import Meaning

if TYPE_CHECKING:
    import httpx

ERRORS: dict[int, Meaning] = {
    9499: Meaning(VendorRejected, "a bug in the request"),
    11232: Meaning(VendorBusy, "nothing: 100 messages a minute, 5 a second; it is told again in a minute"),
    19001: Meaning(CredentialRejected, "compare ALERT_FEISHU_TOKEN with the robot's address"),
    19002: Meaning(VendorRejected, "a bug in the request"),
    19005: Meaning(VendorUnavailable, "wait; Feishu is busy"),
    19021: Meaning(CredentialRejected, "compare ALERT_FEISHU_SECRET with the robot's 签名校验; look at the clock"),
    19022: Meaning(CredentialRejected, "take the list of addresses off the robot: functions have none that stays"),
    19024: Meaning(CredentialRejected, "add 墨简 to the robot's keywords, or take them off"),
}


def check(response: httpx.Response) -> None:
    """Raise what the code means. Feishu answers refusals with 200 or 400; a body without a code is left to the status."""
    if response.status_code not in (200, 400):
        return
    try:
        code = int(response.json()["code"])
    except (ValueError, KeyError, TypeError):
        raise VendorReplyInvalid(status=response.status_code, reason="no code") from None
    if code != 0:
        meaning = ERRORS.get(code)
        raise (meaning.error if meaning else VendorRejected)(vendor_code=code, delivered="no")
