"""Who somebody is, how often they may ask, and what was asked before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from common.domain.users import OpenId, User, UserId, WeChatIdentity


class Identities(Protocol):
    """Who a login code belongs to (WeChat)."""

    def exchange_code(self, code: str) -> WeChatIdentity:
        """Not safe to repeat: a code works once. Raises LoginCodeInvalid, AccountRefused."""


class UserStore(Protocol):
    def find_or_create(self, identity: WeChatIdentity, *, now: datetime) -> tuple[User, bool]:
        """The user of this openid and whether it is new; keeps the newest session_key, encrypted. Safe to race."""

    def find(self, user_id: UserId) -> User | None: ...

    def find_by_openid(self, openid: OpenId) -> User | None: ...

    def session_key(self, user_id: UserId) -> str | None:
        """Of the newest login; None for somebody we do not know."""


class Sessions(Protocol):
    def issue(self, user_id: UserId, *, now: datetime) -> tuple[str, datetime]:
        """A bearer token and when it ends."""

    def read(self, token: str, *, now: datetime) -> UserId:
        """Raises NotLoggedIn."""


class RateLimits(Protocol):
    def hit(self, key: str, *, limit: int, window_s: int, fail_open: bool = True) -> None:
        """Count one use of `key`; raises TooManyRequests(retry_after_s=…) beyond `limit` in a window.

        While the counter is out of reach, `fail_open` lets everybody through; without it StoreUnavailable is raised.
        """

    def hit_all(self, uses: Sequence[tuple[str, int]], *, window_s: int) -> None:
        """Count one use of each (key, limit) at once; as `hit` with `fail_open`."""


class IdempotencyStore(Protocol):
    def begin(self, key: str, *, fingerprint: str, now: datetime, lease_s: float) -> tuple[int, str] | None:
        """None: go ahead. Else the first answer (status, body). Raises IdempotencyKeyReused, RequestInProgress."""

    def finish(self, key: str, *, status: int, body: str, now: datetime) -> None: ...

    def purge(self, *, before: datetime, limit: int) -> int:
        """Forget keys that began before `before`; how many."""

    def abandon(self, key: str) -> None:
        """The request failed in a way that changed nothing: the key is free again."""
