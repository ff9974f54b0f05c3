"""People who use the mini-program, as we know them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType

from pydantic import BaseModel, Field

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
    phone: "PhoneNumber | None" = field(default=None, repr=False)


@dataclass(frozen=True)
class PhoneNumber:
    """`country` is the calling code without its plus, `national` digits only."""

    country: str
    national: str

    def __str__(self) -> str:
        """E.164 for the mainland, as SMS want it; abroad a space keeps the calling code apart."""
        return f"+86{self.national}" if self.country == "86" else f"+{self.country} {self.national}"

    @staticmethod
    def parse(text: str) -> "PhoneNumber":
        country, space, national = text.removeprefix("+").partition(" ")
        return PhoneNumber(country, national) if space else PhoneNumber(country[:2], country[2:])

    @property
    def masked(self) -> str:
        """138****5678; short numbers keep two digits; abroad the calling code stands before it."""
        kept = 4 if len(self.national) >= 10 else 2
        shown = f"{self.national[:3] if kept == 4 else ''}****{self.national[-kept:]}"
        return shown if self.country == "86" else f"+{self.country} {shown}"


@dataclass(frozen=True)
class Visitor:
    """Somebody who need not be logged in. `address` is empty where the platform does not tell it."""

    user_id: UserId | None
    address: str


class LogIn(BaseModel):
    """POST /auth/login."""

    code: str = Field(min_length=1, max_length=128)


class BindPhone(BaseModel):
    """POST /user/phone: the code of the phone number button, which is not the one of wx.login."""

    code: str = Field(min_length=1, max_length=512)
