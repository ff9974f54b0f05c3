"""cos-python-sdk-v5 with its traps closed; imported on first use, because that takes a quarter of a second.

Closed: its own retries (up to four tries with sleeps), its 30 s timeout, its log lines (whole URLs, headers, error
bodies, and signing keys at debug level), https-only endpoints, and proxies out of the environment.
"""

import logging
from typing import Any
from urllib.parse import urlsplit

from common.vendors.cos.models import CosCredentials
from common.vendors.cos.settings import CosSettings

CONNECT_S = 3
READ_S = 10


def open_client(settings: CosSettings, credentials: CosCredentials, left_s: float) -> Any:
    """A CosS3Client for these credentials that waits no longer than `left_s` for a chunk.

    Connections are pooled by the SDK, so a client costs nothing.
    """
    from qcloud_cos import CosConfig, CosS3Client

    logging.getLogger("qcloud_cos").setLevel(logging.CRITICAL + 1)
    config = CosConfig(
        Region=settings.region,
        SecretId=credentials.secret_id,
        SecretKey=credentials.secret_key,
        Token=credentials.token or None,
        Proxies={"http": None, "https": None},
        Timeout=(min(CONNECT_S, left_s), min(READ_S, left_s)),
        **_where(settings),
    )
    return CosS3Client(config, retry=0)


def _where(settings: CosSettings) -> dict[str, Any]:
    """IP and Port replace the address only: the Host header, which is signed, stays the bucket's own."""
    if not settings.endpoint:
        return {"Scheme": "https"}
    endpoint = urlsplit(settings.endpoint)
    return {"Scheme": endpoint.scheme, "IP": endpoint.hostname, "Port": endpoint.port}
