"""What WeChat knows of a user beside the login: profiles it signed, phone numbers, living sessions. Implements OpenData."""

from datetime import datetime

from pydantic import Field

from common.domain.phones import PhoneNumber
from common.domain.profiles import SignedProfile, ToldProfile
from common.domain.users import OpenId
from common.errors import (
    LoginCodeInvalid,
    OpenDataRefused,
    PhoneCodeInvalid,
    VendorReplyInvalid,
    VendorUnavailable,
    WeChatSessionExpired,
)
from common.http import HttpClient
from common.http.tokens import AccessTokens, call_with_token
from common.lazy_model import LazyModel
from common.vendors.wechat import open_data
from common.vendors.wechat.client import answer_was_lost, read_reply
from common.vendors.wechat.errors import check, is_token_error
from common.vendors.wechat.settings import WeChatSettings


class Watermark(LazyModel):
    appid: str


class PhoneInfo(LazyModel):
    """`countryCode` is text by the table of the documents, and a number in their sample."""

    purePhoneNumber: str = Field(pattern=r"^\d{4,15}$", repr=False)  # noqa: N815 - WeChat's name
    countryCode: str | int  # noqa: N815
    watermark: Watermark


class Phone(LazyModel):
    """POST /wxa/business/getuserphonenumber."""

    phone_info: PhoneInfo


class WeChatPeople:
    """Calls to api.weixin.qq.com, and the two ways in which a phone carries WeChat's own words."""

    def __init__(self, settings: WeChatSettings, http: HttpClient, access_token: AccessTokens) -> None:
        self._appid = settings.appid
        self._access_token = access_token
        self._http = http.for_vendor("wechat", base_url=settings.base_url, check=check)

    def open_profile(self, signed: SignedProfile, *, session_key: str, now: datetime) -> ToldProfile:
        """What was sealed counts before what was signed; both are verified when both are there.

        Raises OpenDataRefused.
        """
        told: dict[str, object] = {}
        if signed.raw is not None:
            told.update(open_data.read_signed(signed.raw, signed.signature or "", session_key=session_key))
        if signed.sealed is not None:
            content = open_data.read_sealed(signed.sealed, signed.iv or "", session_key=session_key)
            open_data.check_watermark(content, appid=self._appid, now=now)
            told.update(content)
        return ToldProfile(*(_text(told.get(name)) for name in ("nickName", "openId", "unionId")))

    def session_lives(self, openid: OpenId, session_key: str) -> bool:
        """Safe to repeat. Raises VendorError."""
        query = {
            "openid": openid,
            "signature": open_data.session_signature(session_key),
            "sig_method": "hmac_sha256",
        }
        try:
            call_with_token(lambda token: self._ask(token, query), self._access_token, is_token_error=is_token_error)
        except WeChatSessionExpired:
            return False
        return True

    def exchange_phone_code(self, code: str, *, openid: OpenId) -> PhoneNumber:
        """With the openid WeChat refuses a code of somebody else. Each success costs money, and a code works once.

        Raises PhoneCodeInvalid, also when the answer was lost: the code may be spent. Raises VendorError.
        """
        body = {"code": code, "openid": openid}
        try:
            reply = call_with_token(
                lambda token: self._exchange(token, body), self._access_token, is_token_error=is_token_error
            )
        except LoginCodeInvalid:
            raise PhoneCodeInvalid from None
        except VendorUnavailable as error:
            if answer_was_lost(error):
                raise PhoneCodeInvalid from error
            raise
        found = reply.phone_info
        if found.watermark.appid != self._appid:
            raise VendorReplyInvalid(vendor="wechat", operation="exchange_phone_code", fields=["watermark"])
        return PhoneNumber(str(found.countryCode).removeprefix("+"), found.purePhoneNumber)

    def _exchange(self, token: str, body: dict[str, str]) -> Phone:
        response = self._http.request(
            "POST",
            "/wxa/business/getuserphonenumber",
            operation="exchange_phone_code",
            params={"access_token": token},
            json=body,
            attempts=2,
            safe_to_repeat=False,
        )
        return read_reply(Phone, response)

    def _ask(self, token: str, query: dict[str, str]) -> None:
        self._http.request(
            "GET",
            "/wxa/checksession",
            operation="check_session",
            params={"access_token": token, **query},
            attempts=2,
        )


def _text(value: object) -> str | None:
    """Raises OpenDataRefused for a field that is there and is no text."""
    if value is None or isinstance(value, str):
        return value
    raise OpenDataRefused(reason="signature")
