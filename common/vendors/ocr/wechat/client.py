"""WeChat's OCR of printed text. Implements the port Ocr."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.domain.parsing.source import OcrItem
from common.errors import FileTooLarge, NoTextFound
from common.http import HttpClient
from common.http.tokens import AccessTokens, call_with_token
from common.vendors.ocr.wechat.errors import check, is_token_error, read_recognition

if TYPE_CHECKING:
    import httpx

#: "Below 2 MB"; what is larger comes back as undecodable.
MAX_BYTES = 2 * 1024 * 1024 - 1
#: Every try costs quota, of which little is free.
ATTEMPTS = 2
READ_TIMEOUT_S = 60


class WeChatOcr:
    """`access_token` gets the token that was rejected, or None, and returns one to use."""

    def __init__(self, http: HttpClient, access_token: AccessTokens, *, base_url: str) -> None:
        self._access_token = access_token
        self._http = http.for_vendor("ocr", base_url=base_url, read_timeout_s=READ_TIMEOUT_S, check=check)

    def recognise(self, image: bytes, *, media_type: str) -> list[OcrItem]:
        """Lines of one picture (PNG, JPEG), in WeChat's order; corners in pixels; an empty list when there is no text.

        WeChat tells no confidence. Raises FileTooLarge from 2 MB on, FileDamaged, VendorQuotaExhausted, VendorError.
        """
        if len(image) > MAX_BYTES:
            raise FileTooLarge(max_bytes=MAX_BYTES)
        try:
            response = call_with_token(
                lambda token: self._send(token, image, media_type), self._access_token, is_token_error=is_token_error
            )
        except NoTextFound:  # of this page; the document may have others
            return []
        lines = [item.as_line() for item in read_recognition(response).items]
        return [line for line in lines if line.text]

    def _send(self, token: str, image: bytes, media_type: str) -> httpx.Response:
        extension = media_type.rpartition("/")[2]
        return self._http.request(
            "POST",
            "/cv/ocr/comm",
            operation="recognise",
            params={"access_token": token},
            files={"img": (f"image.{extension}", image, media_type)},
            attempts=ATTEMPTS,
        )
