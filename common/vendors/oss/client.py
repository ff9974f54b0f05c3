"""Our assets on OSS, as functions read them: signed GET over the shared client; writing is publisher.py's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from common.errors import FileTooLarge
from common.http import HttpClient
from common.vendors.oss.errors import check
from common.vendors.oss.settings import OssSettings
from common.vendors.oss.signature import Signer

if TYPE_CHECKING:
    import httpx

VENDOR = "oss"
CONNECT_S = 1.0
READ_S = 2.0


class Oss:
    """Implements the port AssetStore. One attempt each: whoever reads has something to fall back to, and no time to lose."""

    def __init__(self, settings: OssSettings, http: HttpClient, now: Callable[[], datetime]) -> None:
        self._settings, self._now = settings, now
        secret = settings.access_key_secret.get_secret_value()
        self._signer = Signer(settings.access_key_id, secret, settings.signing_region)
        self._http = http.for_vendor(
            VENDOR,
            base_url=settings.origin,
            auth=self._sign,
            connect_timeout_s=CONNECT_S,
            read_timeout_s=READ_S,
            check=check,
        )

    def read(self, key: str, *, max_bytes: int) -> bytes:
        """Raises VendorObjectMissing, FileTooLarge, and VendorError within three seconds."""
        response = self._http.request("GET", _path(key), operation="read")
        if len(response.content) > max_bytes:
            raise FileTooLarge(max_bytes=max_bytes)
        return response.content

    def url(self, key: str, *, lifetime_s: int) -> str:
        """A link that opens for `lifetime_s` seconds, on our own host name where there is one. No request is made.

        What opens it sends the host it is told to open, so on this machine that is the one that is signed.
        """
        path = _path(key)
        host = urlsplit(self._settings.endpoint).netloc or self._settings.host
        query = self._signer.presigned_query(host=host, path=path, now=self._now(), lifetime_s=lifetime_s)
        return f"{self._settings.origin}{path}?{query}"

    def _sign(self, request: httpx.Request) -> httpx.Request:
        """Afresh for every attempt. The Host header is the bucket's, wherever the connection goes."""
        path = request.url.raw_path.decode("ascii")
        request.headers.update(self._signer.headers(host=self._settings.host, path=path, now=self._now()))
        return request


def _path(key: str) -> str:
    return f"/{quote(key, safe='/-_.~')}"
