"""OCR_*: who recognises text in pictures, who helps out, and the account at Tencent Cloud."""

from typing import Literal
from urllib.parse import urlsplit

from pydantic import ConfigDict, SecretStr, model_validator

from common.lazy_model import LazyModel

Provider = Literal["wechat", "tencent", "local"]


class OcrSettings(LazyModel):
    """Address, region and keys are those of Tencent Cloud; WeChat's OCR is asked where WeChat is (WECHAT_BASE_URL).

    Without keys the function's own role signs; it then needs the right to call ocr:GeneralAccurateOCR.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    provider: Provider = "wechat"
    fallback_provider: Provider | None = None
    base_url: str = "https://ocr.tencentcloudapi.com"
    region: str = "ap-guangzhou"
    secret_id: str = ""
    secret_key: SecretStr = SecretStr("")

    @model_validator(mode="after")
    def _fits_together(self) -> "OcrSettings":
        address = urlsplit(self.base_url)
        if address.scheme not in ("http", "https") or not address.hostname or address.path not in ("", "/"):
            raise ValueError("OCR_BASE_URL must look like https://host")
        if bool(self.secret_id) != bool(self.secret_key.get_secret_value()):
            raise ValueError("OCR_SECRET_ID and OCR_SECRET_KEY go together")
        if self.fallback_provider == self.provider:
            raise ValueError("OCR_FALLBACK_PROVIDER must be another one than OCR_PROVIDER")
        return self
