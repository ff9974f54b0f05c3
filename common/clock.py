"""Time and identity: the things tests replace. Everything else asks here."""

import secrets
import time
from datetime import datetime, timezone


def now() -> datetime:
    """The current time, aware, UTC."""
    return datetime.now(timezone.utc)


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def new_id(prefix: str = "") -> str:
    """26 characters that sort by creation time and cannot be guessed (48 bits of time, 80 random), after `prefix`."""
    value = (int(time.time() * 1000) << 80) | secrets.randbits(80)
    return prefix + "".join(_ALPHABET[(value >> shift) & 31] for shift in range(125, -1, -5))


def new_token() -> str:
    """27 characters of base64url: 160 random bits, whoever has them may come in."""
    return secrets.token_urlsafe(20)


_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
