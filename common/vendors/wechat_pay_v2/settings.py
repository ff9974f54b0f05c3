"""WECHAT_PAY_V2_*: the merchant, as the older API knows it."""

from typing import Literal

from pydantic import ConfigDict, SecretStr, field_validator

from common.lazy_model import LazyModel

SignType = Literal["MD5", "HMAC-SHA256"]

#: Source: pay.weixin.qq.com, 安全规范 (v2): the merchant chooses 32 characters.
API_KEY_CHARACTERS = 32


class WeChatPayV2Settings(LazyModel):
    """`api_key` signs everything in both directions; what comes signed the other way than `sign_type` is refused.

    `client_certificate` and `client_key` are the merchant certificate that refunds have to show, PEM or base64 DER on one
    line; whoever never refunds can do without. Wiring takes v3's private key, which is the same one, where `client_key` is
    absent, and puts in `appid` and `notify_url` (no query), which follow from other groups.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    mchid: str
    api_key: SecretStr
    sign_type: SignType = "HMAC-SHA256"
    client_certificate: str = ""
    client_key: SecretStr = SecretStr("")
    base_url: str = "https://api.mch.weixin.qq.com"
    appid: str = ""
    notify_url: str = ""

    @field_validator("api_key")
    @classmethod
    def _is_a_key(cls, key: SecretStr) -> SecretStr:
        text = key.get_secret_value()
        if len(text) != API_KEY_CHARACTERS or not text.isascii():
            raise ValueError(f"must be {API_KEY_CHARACTERS} characters")
        return key
