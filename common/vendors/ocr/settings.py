"""OCR_*: who recognises text in pictures, and where."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class OcrSettings(BaseModel):
    """For `wechat` the address is the one of the mini-program's API."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    provider: Literal["wechat"] = "wechat"
    base_url: str = "https://api.weixin.qq.com"
