"""WECHAT_*: the mini-program, its subscription templates and the pages they open."""

from typing import Literal

from pydantic import ConfigDict, SecretStr

from common.lazy_model import LazyModel


class WeChatSettings(LazyModel):
    """Templates hold the keywords of message_templates.json (see README). An empty one: no such subscription message."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    appid: str
    secret: SecretStr
    base_url: str = "https://api.weixin.qq.com"
    template_ready: str = ""
    template_failed: str = ""
    template_refunded: str = ""
    page_ready: str = "pages/resume/resume"
    page_share: str = "pages/share/share"
    page_orders: str = "pages/orders/orders"
    miniprogram_state: Literal["developer", "trial", "formal"] = "formal"


class PushSettings(LazyModel):
    """WECHAT_PUSH_*: as entered in the console under 消息推送. `aes_key` (EncodingAESKey) makes secure mode the only one."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    token: SecretStr = SecretStr("")
    aes_key: SecretStr = SecretStr("")
