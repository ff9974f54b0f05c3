"""People: logging in with a WeChat code, and what they see of themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from common.domain.users import UserId
from common.errors import NotLoggedIn

if TYPE_CHECKING:
    from common.domain.credits import Balance
    from common.domain.users import LogIn, User
    from common.services.ports import CreditStore, Identities, RateLimits, Sessions, UserStore

#: The key of an avatar in the bucket → a link that shows it.
AvatarLink = Callable[[str], str]


@dataclass(frozen=True)
class Profile:
    """What a user sees of themselves; the openid and the session_key stay with us. `phone` is masked, `avatar_url` a link."""

    id: UserId
    nickname: str | None
    avatar_url: str | None
    phone: str | None
    created_at: datetime
    credits: int
    credits_held: int


@dataclass(frozen=True)
class LoggedIn:
    token: str
    expires_at: datetime
    user: Profile


def log_in(
    command: LogIn,
    *,
    client_ip: str,
    identities: Identities,
    users: UserStore,
    credits: CreditStore,
    sessions: Sessions,
    limits: RateLimits,
    per_minute: int,
    welcome: int,
    link: AvatarLink,
    now: datetime,
) -> LoggedIn:
    """First login creates the user and grants the welcome credits once, however often it is called at the same time.

    `client_ip` is empty where the platform does not tell it; such callers are not counted, or they would share one limit.
    Raises TooManyRequests, LoginCodeInvalid, AccountRefused.
    """
    if client_ip:
        limits.hit(f"login:{client_ip}", limit=per_minute, window_s=60)
    identity = identities.exchange_code(command.code)
    user, _ = users.find_or_create(identity, now=now)
    if welcome:
        credits.grant_welcome(user.id, welcome, now=now)
    token, expires_at = sessions.issue(user.id, now=now)
    return LoggedIn(token, expires_at, _profile(user, credits.balance(user.id), link))


def show_profile(user_id: UserId, *, users: UserStore, credits: CreditStore, link: AvatarLink) -> Profile:
    """Raises NotLoggedIn when the account behind a valid token is gone."""
    user = users.find(user_id)
    if user is None:
        raise NotLoggedIn
    return _profile(user, credits.balance(user_id), link)


def _profile(user: User, balance: Balance, link: AvatarLink) -> Profile:
    return Profile(
        id=user.id,
        nickname=user.nickname,
        avatar_url=link(user.avatar_key) if user.avatar_key else None,
        phone=user.phone.masked if user.phone else None,
        created_at=user.created_at,
        credits=balance.available,
        credits_held=balance.held,
    )
