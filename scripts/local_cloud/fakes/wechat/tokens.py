"""Access tokens: the plain family and the stable one, which do not touch each other."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from scripts.local_cloud.fakes.wechat.errors import WeChatError
from scripts.local_cloud.fakes.wechat.limits import Counters, Limits

LIFE_S = 7200
OVERLAP_S = 300
FORCE_GAP_S = 30


@dataclass
class Token:
    """One issued token. A revoked one is unknown to WeChat (40001); one that outlived itself is expired (42001)."""

    value: str
    expires_at: float
    revoked: bool = False

    def left_s(self, now: float) -> int:
        return max(0, round(self.expires_at - now))


class Tokens:
    """Issues and checks tokens. Not thread-safe: the caller holds the fake's lock."""

    def __init__(self) -> None:
        self._issued: dict[str, Token] = {}
        self._plain: Token | None = None
        self._stable: Token | None = None
        self._stable_alive: list[Token] = []
        self._forced_at: float | None = None

    def plain(self, now: float) -> Token:
        """A new token every time; the one before lives five more minutes at most."""
        if self._plain is not None:
            self._plain.expires_at = min(self._plain.expires_at, now + OVERLAP_S)
        self._plain = self._issue(now)
        return self._plain

    def stable(self, now: float) -> Token:
        """The same token while more than five minutes are left; then the next one, with both valid meanwhile."""
        if self._stable is None or self._stable.revoked or self._stable.expires_at - now <= OVERLAP_S:
            self._stable = self._issue(now)
            self._stable_alive.append(self._stable)
        return self._stable

    def force(self, now: float, limits: Limits, counters: Counters) -> Token:
        """Revoke every stable token at once; within 30 s of the last time nothing happens. 45009 beyond the quota."""
        if self._forced_at is not None and now - self._forced_at < FORCE_GAP_S:
            return self.stable(now)
        if not counters.within_day("force", now, limits.forced_refreshes_per_day):
            raise WeChatError(45009)
        self._forced_at = now
        for token in self._stable_alive:
            token.revoked = True
        self._stable_alive.clear()
        return self.stable(now)

    def check(self, value: str | None, now: float) -> None:
        """Raises 41001 without a token, 40001 for one WeChat does not know, 42001 for an expired one."""
        if not value:
            raise WeChatError(41001)
        token = self._issued.get(value)
        if token is None or token.revoked:
            raise WeChatError(40001)
        if token.expires_at <= now:
            raise WeChatError(42001)

    def expire_all(self, now: float) -> None:
        """Let every token die of age, for tests of the client's refresh."""
        for token in self._issued.values():
            token.expires_at = min(token.expires_at, now)

    def _issue(self, now: float) -> Token:
        token = Token(f"{secrets.randbelow(90) + 10}_{secrets.token_urlsafe(100)}", now + LIFE_S)
        self._issued[token.value] = token
        return token
