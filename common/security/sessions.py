"""Session tokens: signed, self-contained, and worthless to anybody but this API."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import jwt

from common.domain.users import UserId
from common.errors import NotLoggedIn
from common.security.keyring import KeyRing

if TYPE_CHECKING:
    from jwt.types import Options

ALGORITHM = "HS256"
ISSUER = "mojian"
AUDIENCE = "mojian-api"

#: How far ahead of ours the clock of the instance that signed a token may be.
CLOCK_SKEW = timedelta(seconds=60)

#: Times are compared by ourselves: PyJWT would ask the machine's clock instead of ours.
_OPTIONS: "Options" = {
    "require": ["exp", "iat", "sub", "iss", "aud"],
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
}


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
        return jwt.encode(claims, ring.current_key, ALGORITHM, headers={"kid": ring.current}), ends_at

    def read(self, token: str, *, now: datetime) -> UserId:
        """Whose session it is. Raises NotLoggedIn, whatever the defect, without saying which."""
        claims = self._verified(token)
        exp, iat, sub = claims["exp"], claims["iat"], claims["sub"]
        is_time = all(type(value) is int for value in (exp, iat))
        if not is_time or not isinstance(sub, str) or not sub:
            raise NotLoggedIn
        if exp <= now.timestamp() or iat > (now + CLOCK_SKEW).timestamp():
            raise NotLoggedIn
        return UserId(sub)

    def _verified(self, token: str) -> Mapping[str, Any]:
        try:
            key = self._ring.keys.get(str(jwt.get_unverified_header(token).get("kid")))
            if key is None:
                raise NotLoggedIn
            return jwt.decode(token, key, algorithms=[ALGORITHM], audience=AUDIENCE, issuer=ISSUER, options=_OPTIONS)
        except (jwt.PyJWTError, ValueError, RecursionError):
            raise NotLoggedIn from None
