"""API keys that travel as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx
    from pydantic import SecretStr

    from common.http.client import Sign


def key_in(header: str, key: SecretStr, *, scheme: str = "") -> Sign:
    """Puts the key on each request as it is sent: `header: scheme key`."""

    def sign(request: httpx.Request) -> httpx.Request:
        request.headers[header] = f"{scheme} {key.get_secret_value()}".strip()
        return request

    return sign


def bearer(key: SecretStr) -> Sign:
    return key_in("Authorization", key, scheme="Bearer")
