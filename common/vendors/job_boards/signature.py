"""The signed API key: HMAC-SHA256 over what is sent, put on each request as it is sent, so a repetition is signed afresh.

The text is METHOD, path, query (sorted, percent-encoded), timestamp in seconds, nonce, and the SHA-256 of the body in hex, joined
by line feeds without one at the end. No board publishes such a contract; this is the form our mapping files describe.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING
from urllib.parse import quote

from common import clock

if TYPE_CHECKING:
    import httpx
    from pydantic import SecretStr

    from common.vendors.job_boards.mapping import Hmac


def canonical_query(pairs: list[tuple[str, str]]) -> str:
    """Sorted by name, then value; everything but RFC 3986's unreserved characters percent-encoded."""
    return "&".join(f"{quote(name, safe='-._~')}={quote(value, safe='-._~')}" for name, value in sorted(pairs))


def signature(secret: bytes, *, method: str, path: str, query: str, timestamp: str, nonce: str, body: bytes) -> str:
    """Hex, lower case."""
    text = "\n".join((method, path, query, timestamp, nonce, hashlib.sha256(body).hexdigest()))
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()


class SignedKey:
    """What httpx takes as `auth`."""

    def __init__(self, form: Hmac, *, key_id: str, secret: SecretStr) -> None:
        self._form = form
        self._key_id = key_id
        self._secret = secret

    def __call__(self, request: httpx.Request) -> httpx.Request:
        timestamp, nonce = str(int(clock.now().timestamp())), secrets.token_hex(16)
        sign = signature(
            self._secret.get_secret_value().encode(),
            method=request.method,
            path=request.url.raw_path.decode("ascii").partition("?")[0],
            query=canonical_query(request.url.params.multi_items()),
            timestamp=timestamp,
            nonce=nonce,
            body=request.read(),
        )
        form = self._form
        request.headers[form.key_header] = self._key_id
        request.headers[form.timestamp_header] = timestamp
        request.headers[form.nonce_header] = nonce
        request.headers[form.sign_header] = sign
        return request
