"""COS's own signature (q-sign, HMAC-SHA1) for what phones get: upload policies and download links.

Source: cloud.tencent.com/document/product/436/7778 (requests), /document/api/436/14690 (POST policy).
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode

from common.vendors.cos.models import CosCredentials

#: A phone's clock does not matter, but COS's may be behind ours.
BACKDATED = timedelta(seconds=60)


def key_time(now: datetime, lifetime_s: int) -> str:
    """`start;end` in unix seconds."""
    return f"{int((now - BACKDATED).timestamp())};{int(now.timestamp()) + lifetime_s}"


def sign_request(
    secret_key: str,
    period: str,
    *,
    method: str,
    path: str,
    query: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> str:
    """q-signature over the given query and headers. `path` is raw text, not percent-encoded, with its slash."""
    lines = [method.lower(), path, _joined(query or {}), _joined(headers or {}), ""]
    text = "\n".join(["sha1", period, _sha1("\n".join(lines)), ""])
    return _hmac(_hmac(secret_key, period), text)


def sign_policy(secret_key: str, period: str, policy: str) -> str:
    """q-signature of a POST Object policy: its JSON text, before base64."""
    return _hmac(_hmac(secret_key, period), _sha1(policy))


def presigned_query(credentials: CosCredentials, period: str, *, path: str, host: str, query: Mapping[str, str]) -> str:
    """The query string of a GET link. The token of temporary keys is in it, and signed like the rest."""
    signed = {**query, **({"x-cos-security-token": credentials.token} if credentials.token else {})}
    signature = sign_request(
        credentials.secret_key, period, method="get", path=path, query=signed, headers={"host": host}
    )
    parts = {
        "q-sign-algorithm": "sha1",
        "q-ak": credentials.secret_id,
        "q-sign-time": period,
        "q-key-time": period,
        "q-header-list": "host",
        "q-url-param-list": ";".join(sorted(_encoded(name).lower() for name in signed)),
        "q-signature": signature,
    }
    return urlencode({**parts, **signed}, quote_via=quote, safe="-_.~")


def _joined(pairs: Mapping[str, str]) -> str:
    encoded = sorted((_encoded(name).lower(), _encoded(value)) for name, value in pairs.items())
    return "&".join(f"{name}={value}" for name, value in encoded)


def _encoded(text: str) -> str:
    return quote(text, safe="-_.~")


def _sha1(text: str) -> str:
    return hashlib.sha1(text.encode()).hexdigest()  # noqa: S324 - the vendor's algorithm


def _hmac(key: str, text: str) -> str:
    return hmac.new(key.encode(), text.encode(), hashlib.sha1).hexdigest()
