"""Keyed digests: for what has to be recognised and never read, and codes nobody can foresee."""

import hashlib
import hmac
import secrets

from common.security.keyring import KeyRing


class KeyedDigests:
    """HMAC-SHA256 under a key made from the ring for one purpose, so that digests of two purposes never meet."""

    def __init__(self, ring: KeyRing, *, purpose: str) -> None:
        keys = {key_id: hmac.digest(key, purpose.encode(), "sha256") for key_id, key in ring.keys.items()}
        self._current = keys[ring.current]
        self._keys = tuple(keys.values())

    def of(self, text: str) -> str:
        """64 hexadecimal digits, under the current key."""
        return _digest(self._current, text)

    def match(self, text: str, digest: str) -> bool:
        """Whether `digest` was made of `text` under any key of the ring; takes the same time for every digest."""
        found = [hmac.compare_digest(_digest(key, text).encode(), digest.encode()) for key in self._keys]
        return any(found)


def _digest(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def random_digits(count: int) -> str:
    """From the system's source of randomness, every combination as likely as any other."""
    return f"{secrets.randbelow(10**count):0{count}}"
