"""Login, subscription messages and text moderation. Implements the ports Identities, Messenger and ContentCheck."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from common.domain.users import OpenId, WeChatIdentity
from common.errors import LoginCodeInvalid, VendorReplyInvalid, VendorUnavailable
from common.http.tokens import call_with_token
from common.vendors.wechat.errors import check, is_token_error, read_object
from common.vendors.wechat.models import Session

if TYPE_CHECKING:
    import httpx

    from common.domain.messages import Message, MessageKind
    from common.domain.moderation import Finding, Scene
    from common.http import HttpClient
    from common.http.tokens import AccessTokens
    from common.vendors.wechat.settings import WeChatSettings
    from common.vendors.wechat.verdicts import Moderation

Model = TypeVar("Model", bound=BaseModel)

ATTEMPTS = 3

#: A text check stands between a person and their answer.
CHECK_TIMEOUT_S = 3.0


class WeChat:
    """Calls to api.weixin.qq.com. `access_token` gets the token that was rejected, or None, and returns one to use."""

    def __init__(self, settings: WeChatSettings, http: HttpClient, access_token: AccessTokens) -> None:
        self._settings = settings
        self._access_token = access_token
        self._http = http.for_vendor("wechat", base_url=settings.base_url, check=check)

    def exchange_code(self, code: str) -> WeChatIdentity:
        """A code from wx.login works once, so a call whose answer was lost may have spent it: the user logs in again.

        Raises LoginCodeInvalid, AccountRefused, VendorError.
        """
        try:
            response = self._http.request(
                "GET",
                "/sns/jscode2session",
                operation="exchange_code",
                params=self._login_query(code),
                attempts=2,
                safe_to_repeat=False,
            )
        except VendorUnavailable as error:
            if answer_was_lost(error):
                raise LoginCodeInvalid from error
            raise
        session = read_reply(Session, response)
        return WeChatIdentity(OpenId(session.openid), session.session_key, session.unionid)

    def template_of(self, kind: MessageKind) -> str:
        """Empty when this deployment has none for such messages."""
        from common.vendors.wechat.subscription import template_id

        return template_id(kind, self._settings)

    def send(self, message: Message) -> None:
        """One acceptance of the user is one message; 43101 (VendorRejected) when there is none left.

        Never sent twice: VendorUnavailable with delivered="unknown" says that it may have arrived.
        """
        from common.vendors.wechat.subscription import body_of

        body = body_of(message, self._settings)
        call_with_token(lambda token: self._send(token, body), self._access_token, is_token_error=is_token_error)

    def check_text(self, text: str, *, openid: OpenId, scene: Scene) -> Finding:
        """At most 2,500 characters, of somebody who opened the mini-program within two hours. Safe to repeat.

        Sent as raw UTF-8: escaped Chinese is never found risky. Raises PersonNotSeen, VendorError. Source: msg_sec_check
        version 2.
        """
        from common.domain.moderation import Finding

        body = {"content": text, "version": 2, "scene": int(scene), "openid": openid}
        verdict = call_with_token(
            lambda token: self._check(token, body), self._access_token, is_token_error=is_token_error
        ).result
        return Finding(verdict.suggest, verdict.label)

    def _check(self, token: str, body: Mapping[str, object]) -> Moderation:
        response = self._http.request(
            "POST",
            "/wxa/msg_sec_check",
            operation="check_text",
            params={"access_token": token},
            json=body,
            attempts=2,
            read_timeout_s=CHECK_TIMEOUT_S,
        )
        from common.vendors.wechat.verdicts import Moderation

        return read_reply(Moderation, response)

    def _send(self, token: str, message: Mapping[str, object]) -> None:
        self._http.request(
            "POST",
            "/cgi-bin/message/subscribe/send",
            operation="send_message",
            params={"access_token": token},
            json=message,
            attempts=ATTEMPTS,
            safe_to_repeat=False,
        )

    def _login_query(self, code: str) -> dict[str, str]:
        return {
            "appid": self._settings.appid,
            "secret": self._settings.secret.get_secret_value(),
            "js_code": code,
            "grant_type": "authorization_code",
        }


def answer_was_lost(error: VendorUnavailable) -> bool:
    return error.facts.get("delivered") == "unknown" and "status" not in error.facts


def read_reply(model: type[Model], response: httpx.Response) -> Model:
    """Raises VendorReplyInvalid naming the fields, never their values: they are secrets."""
    try:
        return model.model_validate(read_object(response))
    except ValidationError as error:
        fields = sorted({str(problem["loc"][0]) for problem in error.errors()})
        raise VendorReplyInvalid(vendor="wechat", fields=fields) from None
