"""Session tokens: signed, self-contained, and worthless to anybody but this API.

JWT (RFC 7519) with HS256 and nothing else, written out here: a library that knows every algorithm takes a tenth of a cold start,
and the attacks on tokens are about algorithms that nobody wanted.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from common.domain.users import UserId
from common.errors import NotLoggedIn
from common.security.keyring import KeyRing

ALGORITHM = "HS256"
ISSUER = "mojian"
AUDIENCE = "mojian-api"

#: How far ahead of ours the clock of the instance that signed a token may be.
CLOCK_SKEW = timedelta(seconds=60)

#: Ours have about 300 characters.
LONGEST_TOKEN = 4096


class SessionTokens:
    """JWT (RFC 7519) under a key ring: a key taken off the ring ends every session it signed."""

    def __init__(self, ring: KeyRing, *, lifetime: timedelta = timedelta(days=7)) -> None:
        self._ring = ring
        self._lifetime = lifetime

    def issue(self, user_id: UserId, *, now: datetime) -> tuple[str, datetime]:
        """A bearer token and when it ends, to the second."""
        ends_at = (now + self._lifetime).astimezone(timezone.utc).replace(microsecond=0)
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": user_id,
            "iat": int(now.timestamp()),
            "exp": int(ends_at.timestamp()),
        }
        ring = self._ring
        header = {"alg": ALGORITHM, "typ": "JWT", "kid": ring.current}
        signed = f"{_encoded(header)}.{_encoded(claims)}"
        return f"{signed}.{_base64url(_signature(ring.current_key, signed))}", ends_at

    def read(self, token: str, *, now: datetime) -> UserId:
        """Whose session it is. Raises NotLoggedIn, whatever the defect, without saying which."""
        claims = self._verified(token)
        exp, iat, sub = (claims.get(name) for name in ("exp", "iat", "sub"))
        if type(exp) is not int or type(iat) is not int or not isinstance(sub, str) or not sub:
            raise NotLoggedIn
        if exp <= now.timestamp() or iat > (now + CLOCK_SKEW).timestamp():
            raise NotLoggedIn
        return UserId(sub)

    def _verified(self, token: str) -> Mapping[str, Any]:
        """What one of our keys signed, by the one algorithm that we use, for this API."""
        signed, _, signature = token.rpartition(".")
        header, dot, claims = signed.partition(".")
        if len(token) > LONGEST_TOKEN or not dot:
            raise NotLoggedIn
        described = _decoded(header)
        key = self._ring.keys.get(str(described.get("kid")))
        if key is None or described.get("alg") != ALGORITHM or "crit" in described:
            raise NotLoggedIn
        if not hmac.compare_digest(_signature(key, signed), _bytes(signature)):
            raise NotLoggedIn
        told = _decoded(claims)
        if told.get("iss") != ISSUER or told.get("aud") != AUDIENCE:
            raise NotLoggedIn
        return told


def _signature(key: bytes, signed: str) -> bytes:
    return hmac.new(key, signed.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()


def _encoded(part: Mapping[str, object]) -> str:
    return _base64url(json.dumps(part, separators=(",", ":")).encode())


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def _decoded(part: str) -> Mapping[str, Any]:
    """A JSON object in base64url. Raises NotLoggedIn."""
    try:
        value = json.loads(_bytes(part))
    except (ValueError, RecursionError):
        raise NotLoggedIn from None
    if not isinstance(value, dict):
        raise NotLoggedIn
    return value


def _bytes(text: str) -> bytes:
    """Base64url without padding and without foreign characters, in its one canonical form. Raises NotLoggedIn."""
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise NotLoggedIn from None
    if _base64url(content) != text:
        raise NotLoggedIn
    return content
