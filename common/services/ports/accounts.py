"""Who somebody is, how often they may ask, and what was asked before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from common.domain.phones import PhoneNumber
    from common.domain.profiles import SignedProfile, ToldProfile
    from common.domain.users import OpenId, User, UserId, WeChatIdentity


class Identities(Protocol):
    """Who a login code belongs to (WeChat)."""

    def exchange_code(self, code: str) -> WeChatIdentity:
        """Not safe to repeat: a code works once. Raises LoginCodeInvalid, AccountRefused."""


class OpenData(Protocol):
    """What WeChat says about its own session keys, and the phone numbers behind its codes."""

    def open_profile(self, signed: SignedProfile, *, session_key: str, now: datetime) -> ToldProfile:
        """Verified, decrypted, and sealed for this app just now. Raises OpenDataRefused."""

    def session_lives(self, openid: OpenId, session_key: str) -> bool:
        """Whether a session_key is still the one of the phone. Safe to repeat. Raises VendorError."""

    def exchange_phone_code(self, code: str, *, openid: OpenId) -> PhoneNumber:
        """Not safe to repeat: a code works once. Raises PhoneCodeInvalid, VendorError."""


class UserStore(Protocol):
    def find_or_create(self, identity: WeChatIdentity, *, now: datetime) -> tuple[User, bool]:
        """The user of this openid and whether it is new; keeps the newest session_key, encrypted. Safe to race."""

    def find(self, user_id: UserId) -> User | None:
        """None also for somebody who has left."""

    def is_there(self, user_id: UserId) -> bool:
        """Whether sessions of this user count."""

    def set_nickname(self, user_id: UserId, nickname: str) -> None: ...

    def set_avatar(self, user_id: UserId, key: str) -> str | None:
        """The key of the one before. Raises NotLoggedIn for somebody who has left meanwhile."""

    def set_phone(self, user_id: UserId, phone: PhoneNumber, *, now: datetime) -> None:
        """Encrypted at rest; the one before is forgotten. Raises NotLoggedIn for somebody who has left meanwhile."""

    def find_by_openid(self, openid: OpenId) -> User | None: ...

    def forget_profile(self, openid: OpenId) -> str | None:
        """Nickname and avatar; the key of the picture there was. Safe to repeat, and for somebody we do not know."""

    def session_key(self, user_id: UserId) -> str | None:
        """Of the newest login; None for somebody we do not know."""


class Pictures(Protocol):
    def avatar(self, content: bytes) -> bytes:
        """A square JPEG without metadata, of whatever picture this is. Raises FileRefused and its children."""


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
    def begin(
        self, key: str, *, fingerprint: str, now: datetime, lease_s: float, owner: UserId | None = None
    ) -> tuple[int, str] | None:
        """None: go ahead. Else the first answer (status, body). Raises IdempotencyKeyReused, RequestInProgress."""

    def finish(self, key: str, *, status: int, body: str, now: datetime) -> None: ...

    def purge(self, *, before: datetime, limit: int) -> int:
        """Forget keys that began before `before`; how many."""

    def abandon(self, key: str) -> None:
        """The request failed in a way that changed nothing: the key is free again."""
