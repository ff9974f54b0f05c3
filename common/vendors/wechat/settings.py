"""WECHAT_*: the mini-program, and the subscription template that tells of a finished resume."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, SecretStr


class WeChatSettings(BaseModel):
    """`template_ready` must hold the keywords thing1 and time2 (see README); functions that send nothing need none."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    appid: str
    secret: SecretStr
    base_url: str = "https://api.weixin.qq.com"
    template_ready: str = ""
    page_ready: str = "pages/resume/resume"
    page_share: str = "pages/share/share"
    miniprogram_state: Literal["developer", "trial", "formal"] = "formal"


class PushSettings(BaseModel):
    """WECHAT_PUSH_*: as entered in the console under 消息推送. `aes_key` (EncodingAESKey) makes secure mode the only one."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    token: SecretStr = SecretStr("")
    aes_key: SecretStr = SecretStr("")
