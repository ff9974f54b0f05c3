"""Where Tencent Cloud's OCR is asked; the SDK is loaded with the first call."""

from typing import Any

from common.http.tencent_cloud import Place
from common.vendors.ocr.settings import OcrSettings


def place_of(settings: OcrSettings) -> Place:
    return Place(_client, settings.base_url, settings.region)


def _client() -> Any:
    from tencentcloud.ocr.v20181119.ocr_client import OcrClient

    return OcrClient
