"""WECHAT_PAY_*: the merchant. Keys are PEM, or base64 DER on one line."""

from pydantic import ConfigDict, SecretStr, field_validator

from common.lazy_model import LazyModel

#: AES-256-GCM: the APIv3 key is 32 ASCII characters.
API_V3_KEY_BYTES = 32


class WeChatPaySettings(LazyModel):
    """`cert_serial` is of the merchant's certificate, `public_key_id` (PUB_KEY_ID_...) of WeChat Pay's public key.

    Several keys of WeChat Pay may be held at once, separated by commas, the current one first; `platform_certificates` are
    for merchants that still have them. At least one key is needed, or WeChatPay refuses to be built.

    `appid` is the mini-program's and `notify_url` (https, no query) leads to our POST /pay/notify/v3: they follow from
    other groups, so wiring puts them in; WeChatPay refuses to be built without them.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    mchid: str
    cert_serial: str
    private_key: SecretStr
    api_v3_key: SecretStr
    public_key_id: str = ""
    public_key: str = ""
    platform_certificates: str = ""
    base_url: str = "https://api.mch.weixin.qq.com"
    appid: str = ""
    notify_url: str = ""

    @field_validator("api_v3_key")
    @classmethod
    def _is_an_aes_key(cls, key: SecretStr) -> SecretStr:
        if len(key.get_secret_value().encode()) != API_V3_KEY_BYTES:
            raise ValueError(f"must be {API_V3_KEY_BYTES} characters")
        return key
