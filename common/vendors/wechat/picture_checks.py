"""Pictures are checked by media_check_async, version 2: the answer is an event of the message push. Port PictureCheck.

Source: developers.weixin.qq.com, 音视频内容安全识别: up to 10 MB, answered within 30 minutes; 2,000 a minute.
"""

from collections.abc import Mapping

from common.domain.moderation import Scene
from common.domain.users import OpenId
from common.http import HttpClient
from common.http.tokens import AccessTokens, call_with_token
from common.vendors.wechat.client import CHECK_TIMEOUT_S, read_reply
from common.vendors.wechat.errors import check, is_token_error
from common.vendors.wechat.models import MediaQuestion
from common.vendors.wechat.settings import WeChatSettings

PICTURE = 2
VERSION = 2


class PictureChecks:
    """`access_token` gets the token that was rejected, or None, and returns one to use."""

    def __init__(self, settings: WeChatSettings, http: HttpClient, access_token: AccessTokens) -> None:
        self._access_token = access_token
        self._http = http.for_vendor("wechat", base_url=settings.base_url, check=check)

    def check_picture(self, url: str, *, openid: OpenId, scene: Scene) -> str:
        """WeChat fetches `url` by itself; the trace id, by which it tells the answer. Safe to repeat, each time a new one.

        Raises PersonNotSeen, VendorError.
        """
        body = {"media_url": url, "media_type": PICTURE, "version": VERSION, "scene": int(scene), "openid": openid}
        return call_with_token(lambda token: self._ask(token, body), self._access_token, is_token_error=is_token_error)

    def _ask(self, token: str, body: Mapping[str, object]) -> str:
        response = self._http.request(
            "POST",
            "/wxa/media_check_async",
            operation="check_picture",
            params={"access_token": token},
            json=body,
            attempts=2,
            read_timeout_s=CHECK_TIMEOUT_S,
        )
        return read_reply(MediaQuestion, response).trace_id
