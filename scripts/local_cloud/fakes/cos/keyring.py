"""The access keys that the COS fake accepts: one permanent pair, and the temporary ones the emulator mints."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.local_cloud.fakes.cos.errors import CosError
from scripts.local_cloud.fakes.cos.signature import same_signature

PERMANENT_ID = "AKIDMOJIANLOCAL"


@dataclass(frozen=True)
class AccessKey:
    """A key pair; temporary ones carry a `token` and end at `expires_at` (unix seconds).

    Without a `policy` it may do everything.
    """

    secret_id: str
    secret_key: str
    token: str = ""
    expires_at: float = float("inf")
    policy: Mapping[str, Any] | None = None


class KeyRing:
    """Looks keys up by id. The permanent secret is kept in a file, so signed URLs outlive a restart."""

    def __init__(self, secret_file: Path) -> None:
        self.permanent = AccessKey(PERMANENT_ID, _kept_secret(secret_file))
        self._temporary: dict[str, AccessKey] = {}
        self._lock = threading.Lock()

    def admit(self, key: AccessKey) -> None:
        with self._lock:
            self._temporary[key.secret_id] = key

    def find(self, secret_id: str, token: str, now: float) -> AccessKey:
        """Return the key; InvalidAccessKeyId when unknown, AccessDenied when its token is missing, wrong or over."""
        with self._lock:
            key = self.permanent if secret_id == self.permanent.secret_id else self._temporary.get(secret_id)
        if key is None:
            raise CosError("InvalidAccessKeyId")
        if not same_signature(key.token, token):
            raise CosError("AccessDenied", "The security token is missing or does not belong to the access key.")
        if now > key.expires_at:
            raise CosError("AccessDenied", "The security token has expired.")
        return key


def _kept_secret(secret_file: Path) -> str:
    if not secret_file.exists():
        secret_file.parent.mkdir(parents=True, exist_ok=True)
        secret_file.touch(mode=0o600)
        secret_file.write_text(secrets.token_urlsafe(24), encoding="utf-8")
    return secret_file.read_text(encoding="utf-8")
