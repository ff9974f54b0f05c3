"""Access tokens of the fake: given for client credentials, good for two hours, ended on request."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

LIFETIME_S = 7200


class TokenDesk:
    """One client. Tokens are forgotten when they end."""

    def __init__(self, client_id: str, client_secret: str, scope: str) -> None:
        self._client = (client_id, client_secret)
        self._scope = scope
        self._ends: dict[str, float] = {}
        self.lifetime_s = LIFETIME_S
        self.issued = 0

    def refusal(self, form: Mapping[str, str]) -> str | None:
        """The error code of RFC 6749 section 5.2, or None."""
        if form.get("grant_type") != "client_credentials":
            return "unsupported_grant_type"
        if (form.get("client_id"), form.get("client_secret")) != self._client:
            return "invalid_client"
        return None if form.get("scope", self._scope) == self._scope else "invalid_scope"

    def issue(self, now: float) -> str:
        self.issued += 1
        token = f"zp_{secrets.token_urlsafe(24)}"
        self._ends[token] = now + self.lifetime_s
        return token

    def is_good(self, header: str | None, now: float) -> bool:
        kind, _, token = (header or "").partition(" ")
        return kind == "Bearer" and self._ends.get(token, 0) > now

    def end_all(self) -> None:
        self._ends.clear()

    def forget(self) -> None:
        self._ends.clear()
        self.issued = 0
        self.lifetime_s = LIFETIME_S
