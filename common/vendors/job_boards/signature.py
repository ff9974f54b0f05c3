"""The signed API key: HMAC-SHA256 over what is sent, put on each request as it is sent, so a repetition is signed afresh.

The text is METHOD, path, query (sorted, percent-encoded), timestamp in seconds, nonce, and the SHA-256 of the body in hex, joined
by line feeds without one at the end. No board publishes such a contract; this is the form our mapping files describe.
"""

import hashlib
import hmac
import secrets
from collections.abc import Generator
from urllib.parse import quote

import httpx
from pydantic import SecretStr

from common import clock
from common.vendors.job_boards.mapping import ApiKey, Hmac


def canonical_query(pairs: list[tuple[str, str]]) -> str:
    """Sorted by name, then value; everything but RFC 3986's unreserved characters percent-encoded."""
    return "&".join(f"{quote(name, safe='-._~')}={quote(value, safe='-._~')}" for name, value in sorted(pairs))


def signature(secret: bytes, *, method: str, path: str, query: str, timestamp: str, nonce: str, body: bytes) -> str:
    """Hex, lower case."""
    text = "\n".join((method, path, query, timestamp, nonce, hashlib.sha256(body).hexdigest()))
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()


class SignedKey(httpx.Auth):
    requires_request_body = True

    def __init__(self, form: Hmac, *, key_id: str, secret: SecretStr) -> None:
        self._form = form
        self._key_id = key_id
        self._secret = secret

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        timestamp, nonce = str(int(clock.now().timestamp())), secrets.token_hex(16)
        sign = signature(
            self._secret.get_secret_value().encode(),
            method=request.method,
            path=request.url.raw_path.decode("ascii").partition("?")[0],
            query=canonical_query(request.url.params.multi_items()),
            timestamp=timestamp,
            nonce=nonce,
            body=request.content,
        )
        form = self._form
        request.headers[form.key_header] = self._key_id
        request.headers[form.timestamp_header] = timestamp
        request.headers[form.nonce_header] = nonce
        request.headers[form.sign_header] = sign
        yield request


class PlainKey(httpx.Auth):
    """The key in a header; for boards whose contract has nothing better."""

    def __init__(self, form: ApiKey, *, secret: SecretStr) -> None:
        self._form = form
        self._secret = secret

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers[self._form.key_header] = self._secret.get_secret_value()
        yield request
