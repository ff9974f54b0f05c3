"""Text out of pictures."""

from common.vendors.ocr.client import WeChatOcr
from common.vendors.ocr.settings import OcrSettings

__all__ = ["OcrSettings", "WeChatOcr"]
