"""Mini-program codes (getwxacodeunlimit): permanent, as many as wanted. Implements the port CodePictures.

Source: developers.weixin.qq.com, 获取不限制的小程序码: success is a picture, failure is JSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.errors import VendorReplyInvalid
from common.http import HttpClient
from common.http.tokens import AccessTokens, call_with_token
from common.vendors.wechat.client import ATTEMPTS
from common.vendors.wechat.errors import check, is_token_error
from common.vendors.wechat.settings import WeChatSettings

if TYPE_CHECKING:
    import httpx

PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
WIDTH_PX = 430
_VERSIONS = {"formal": "release", "trial": "trial", "developer": "develop"}


class MiniCodes:
    """`access_token` gets the token that was rejected, or None, and returns one to use."""

    def __init__(self, settings: WeChatSettings, http: HttpClient, access_token: AccessTokens) -> None:
        self._settings = settings
        self._access_token = access_token
        self._http = http.for_vendor("wechat", base_url=settings.base_url, check=check_picture)

    def draw(self, scene: str) -> bytes:
        """For the page that shows shares; `scene` is 1 to 32 visible characters, and arrives percent-encoded. Safe to repeat.

        Raises VendorRejected for a page that is not published (41030), VendorQuotaExhausted for 45009, VendorError.
        """
        wanted = {
            "scene": scene,
            "page": self._settings.page_share,
            "check_path": self._settings.miniprogram_state == "formal",  # others have pages that are not published yet
            "env_version": _VERSIONS[self._settings.miniprogram_state],
            "width": WIDTH_PX,
        }

        def ask(token: str) -> bytes:
            return self._http.request(
                "POST",
                "/wxa/getwxacodeunlimit",
                operation="draw_code",
                params={"access_token": token},
                json=wanted,
                attempts=ATTEMPTS,
            ).content

        return call_with_token(ask, self._access_token, is_token_error=is_token_error)


def check_picture(response: httpx.Response) -> None:
    """By its first bytes: the content type of a failure is not always JSON's. Raises VendorReplyInvalid for neither."""
    if response.status_code != 200 or response.content.startswith(PICTURES):
        return
    check(response)
    raise VendorReplyInvalid(reason="neither a picture nor an error")
