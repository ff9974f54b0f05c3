"""People who use the mini-program, as we know them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType

from pydantic import Field

from common.domain.phones import PhoneNumber
from common.lazy_model import LazyModel

UserId = NewType("UserId", str)
OpenId = NewType("OpenId", str)


@dataclass(frozen=True)
class WeChatIdentity:
    """What WeChat says about a login code. `session_key` never leaves the server."""

    openid: OpenId
    session_key: str
    unionid: str | None = None


@dataclass(frozen=True)
class User:
    id: UserId
    openid: OpenId
    created_at: datetime
    unionid: str | None = None
    nickname: str | None = None
    avatar_key: str | None = None
    phone: PhoneNumber | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Visitor:
    """Somebody who need not be logged in. `address` is empty where the platform does not tell it."""

    user_id: UserId | None
    address: str


class LogIn(LazyModel):
    """POST /auth/login."""

    code: str = Field(min_length=1, max_length=128)


class BindPhone(LazyModel):
    """POST /user/phone: the code of the phone number button, which is not the one of wx.login."""

    code: str = Field(min_length=1, max_length=512)
