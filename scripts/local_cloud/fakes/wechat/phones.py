"""Phone numbers of users and the codes of the phone number button: a family of their own, good once and for five minutes."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from scripts.local_cloud.fakes.wechat.errors import WeChatError
from scripts.local_cloud.fakes.wechat.users import User

CODE_LIFE_S = 300


@dataclass
class PhoneCode:
    """What `bindgetphonenumber` gave to the page of the mini-program `appid`."""

    user: User
    appid: str
    issued_at: float
    used: bool = False


class Phones:
    """`country` is text by WeChat's table and a number in its sample, so both can be set."""

    def __init__(self) -> None:
        self._numbers: dict[str, tuple[str | int, str] | None] = {}
        self._codes: dict[str, PhoneCode] = {}

    def number_of(self, user: User) -> tuple[str | int, str] | None:
        """(country, national number); None for a WeChat account without one. The same name always has the same one."""
        digits = int(hashlib.sha256(user.name.encode()).hexdigest(), 16) % 10**8
        return self._numbers.get(user.openid, ("86", f"139{digits:08d}"))

    def set_number(self, user: User, country: str | int, national: str | None) -> None:
        self._numbers[user.openid] = (country, national) if national else None

    def new_code(self, user: User, appid: str, now: float) -> str | None:
        """None for a user without a number: there is nothing to allow."""
        if self.number_of(user) is None:
            return None
        code = secrets.token_hex(32)
        self._codes[code] = PhoneCode(user, appid, now)
        return code

    def spend(self, code: object, openid: object, appid: str, now: float) -> dict[str, Any]:
        """The answer's phone_info. Raises 40029: unknown, expired, of a login, of another app or of another user; 40163: used."""
        found = self._codes.get(code) if isinstance(code, str) else None
        if found is None or found.appid != appid or now - found.issued_at > CODE_LIFE_S:
            raise WeChatError(40029)
        if openid is not None and openid != found.user.openid:
            raise WeChatError(40029)
        number = self.number_of(found.user)
        if found.used or number is None:
            raise WeChatError(40163 if found.used else 40029)
        found.used = True
        country, national = number
        full = national if str(country) == "86" else f"+{country}{national}"
        watermark = {"timestamp": int(now), "appid": appid}
        return {"phoneNumber": full, "purePhoneNumber": national, "countryCode": country, "watermark": watermark}
