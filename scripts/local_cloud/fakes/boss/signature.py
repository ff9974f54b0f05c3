"""The signed key as the fake checks it: its own reading of the contract, from the raw request line and bytes."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping

WINDOW_S = 300
_NONCE = re.compile(r"[0-9A-Za-z]{16,64}")


def signed_text(method: str, path: str, raw_query: str, timestamp: str, nonce: str, body: bytes) -> str:
    """The query's pairs are sorted as they stand on the wire, percent-encoding included."""
    pairs = sorted(pair.partition("=")[::2] for pair in raw_query.split("&") if pair)
    query = "&".join(f"{name}={value}" for name, value in pairs)
    return f"{method}\n{path}\n{query}\n{timestamp}\n{nonce}\n{hashlib.sha256(body).hexdigest()}"


class KeyDesk:
    """One key. A nonce is good once, a timestamp for five minutes."""

    def __init__(self, key: str, secret: str) -> None:
        self._key = key
        self._secret = secret.encode()
        self._nonces: dict[str, float] = {}

    def refusal(self, headers: Mapping[str, str], text_parts: tuple[str, str, str, bytes], now: float) -> str | None:
        """Why not, or None. `text_parts`: method, path, raw query, body."""
        timestamp, nonce = headers.get("X-Timestamp", ""), headers.get("X-Nonce", "")
        if headers.get("X-Api-Key") != self._key:
            return "unknown key"
        if not timestamp.isdecimal() or abs(now - int(timestamp)) > WINDOW_S:
            return "timestamp out of range"
        if not _NONCE.fullmatch(nonce) or nonce in self._nonces:
            return "nonce missing or used"
        method, path, query, body = text_parts
        text = signed_text(method, path, query, timestamp, nonce, body)
        wanted = hmac.digest(self._secret, text.encode(), "sha256").hex()
        if not hmac.compare_digest(wanted, headers.get("X-Signature", "")):
            return "signature does not match"
        self._nonces = {known: moment for known, moment in self._nonces.items() if moment > now - 2 * WINDOW_S}
        self._nonces[nonce] = now
        return None

    def forget(self) -> None:
        self._nonces.clear()
