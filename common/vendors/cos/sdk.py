"""cos-python-sdk-v5 with its traps closed; imported on first use, because that takes a quarter of a second.

Closed: its own retries (up to four tries with sleeps), its 30 s timeout, its log lines (whole URLs, headers, error
bodies, and signing keys at debug level), https-only endpoints, proxies out of the environment, signatures that live for hours,
and redirects, which it follows with the session token in a header, or takes for success.
"""

import logging
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from common.vendors.cos.models import CosCredentials
from common.vendors.cos.settings import CosSettings

CONNECT_S = 3
READ_S = 10
#: The SDK's own is 10,000 s; a request takes less than a minute.
SIGNATURE_S = 300


def open_client(settings: CosSettings, credentials: CosCredentials, left_s: float) -> Any:
    """A CosS3Client for these credentials that waits no longer than `left_s` for a chunk.

    Connections are pooled by the SDK, so a client costs nothing.
    """
    from qcloud_cos import CosConfig

    logging.getLogger("qcloud_cos").setLevel(logging.CRITICAL + 1)
    config = CosConfig(
        Region=settings.region,
        SecretId=credentials.secret_id,
        SecretKey=credentials.secret_key,
        Token=credentials.token or None,
        Proxies={"http": None, "https": None},
        Timeout=(min(CONNECT_S, left_s), min(READ_S, left_s)),
        AllowRedirects=False,
        **_where(settings),
    )
    return _client_class()(config, retry=0)


@cache
def _client_class() -> Any:
    """The SDK's client with two habits changed where every request passes."""
    from qcloud_cos import CosClientError, CosS3Client

    class Client(CosS3Client):  # type: ignore[misc]
        def send_request(self, method: str, url: str, **how: Any) -> Any:
            self._session.trust_env = False  # Proxies alone would leave ALL_PROXY and .netrc
            if "auth" in how:
                how["auth"]._expire = SIGNATURE_S
            reply = super().send_request(method, url, **how)
            if reply.status_code >= 300:  # what is 4xx or 5xx has been raised already
                raise CosClientError("redirected")
            return reply

    return Client


def _where(settings: CosSettings) -> dict[str, Any]:
    """IP and Port replace the address only: the Host header, which is signed, stays the bucket's own."""
    if not settings.endpoint:
        return {"Scheme": "https"}
    endpoint = urlsplit(settings.endpoint)
    return {"Scheme": endpoint.scheme, "IP": endpoint.hostname, "Port": endpoint.port}
