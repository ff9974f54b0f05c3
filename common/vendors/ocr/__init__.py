"""Text out of pictures: two vendors behind one port, chosen by OCR_PROVIDER."""

from common.vendors.ocr.settings import OcrSettings
from common.vendors.ocr.tencent.client import TencentOcr
from common.vendors.ocr.wechat.client import WeChatOcr

__all__ = ["OcrSettings", "TencentOcr", "WeChatOcr"]
