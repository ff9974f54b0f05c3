"""Who may call: one permanent key pair, and the temporary ones that the emulator hands to functions."""

from __future__ import annotations

import hmac
import secrets
import threading
from dataclasses import dataclass

from scripts.local_cloud.fakes.tencent_cloud.errors import TencentCloudError


@dataclass(frozen=True)
class KeyPair:
    """Temporary pairs carry a `token` and end at `expires_at` (unix seconds)."""

    secret_id: str
    secret_key: str
    token: str = ""
    expires_at: float = float("inf")


class KeyRing:
    """The permanent pair is new with every start of the fake."""

    def __init__(self) -> None:
        self.permanent = KeyPair("AKID" + secrets.token_hex(16), secrets.token_hex(16))
        self._temporary: dict[str, KeyPair] = {}
        self._lock = threading.Lock()

    def admit(self, pair: KeyPair) -> None:
        with self._lock:
            self._temporary[pair.secret_id] = pair

    def find(self, secret_id: str, token: str, now: float) -> KeyPair:
        """Raises AuthFailure.SecretIdNotFound, AuthFailure.TokenFailure (missing, wrong or expired)."""
        with self._lock:
            pair = self.permanent if secret_id == self.permanent.secret_id else self._temporary.get(secret_id)
        if pair is None:
            raise TencentCloudError("AuthFailure.SecretIdNotFound")
        if now > pair.expires_at or not hmac.compare_digest(pair.token.encode(), token.encode()):
            raise TencentCloudError("AuthFailure.TokenFailure")
        return pair
