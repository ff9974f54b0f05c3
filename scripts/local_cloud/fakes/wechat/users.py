"""The people who use the mini-program: openid, session_key, login codes and when they were last seen."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass

from scripts.local_cloud.fakes.wechat.errors import WeChatError

CODE_LIFE_S = 300
ACTIVE_S = 2 * 3600


@dataclass
class User:
    """One WeChat user as this mini-program sees them. `session_key` is None before the first login."""

    name: str
    openid: str
    last_seen: float
    session_key: str | None = None


@dataclass
class LoginCode:
    """What `wx.login` gave; good once and for five minutes."""

    user: User
    issued_at: float
    used: bool = False


class Users:
    """Everybody who ever opened the mini-program, by name (control routes) and by openid (the API)."""

    def __init__(self, appid: str) -> None:
        self._appid = appid
        self._by_openid: dict[str, User] = {}
        self._codes: dict[str, LoginCode] = {}

    def openid_of(self, name: str) -> str:
        """28 characters beginning with o; the same name always has the same one, restarts included."""
        digest = hashlib.sha256(f"{self._appid}/{name}".encode()).digest()
        return "o" + base64.urlsafe_b64encode(digest).decode()[:27]

    def see(self, name: str, now: float) -> User:
        """The user opens the mini-program."""
        openid = self.openid_of(name)
        user = self._by_openid.setdefault(openid, User(name, openid, now))
        user.last_seen = now
        return user

    def admit(self, user: User) -> None:
        """Somebody whose openid is given from outside."""
        self._by_openid[user.openid] = user

    def find(self, openid: object) -> User:
        """Raises 40003 for anything that is not the openid of a known user."""
        user = self._by_openid.get(openid) if isinstance(openid, str) else None
        if user is None:
            raise WeChatError(40003)
        return user

    def is_active(self, user: User, now: float) -> bool:
        return now - user.last_seen <= ACTIVE_S

    def new_code(self, name: str, now: float) -> str:
        code = "0" + secrets.token_urlsafe(24)[:31]
        self._codes[code] = LoginCode(self.see(name, now), now)
        return code

    def find_code(self, code: str, now: float) -> LoginCode:
        """The code, fit for use. Raises 40029 (unknown, expired) or 40163 (used)."""
        login = self._codes.get(code)
        if login is None or (not login.used and now - login.issued_at > CODE_LIFE_S):
            raise WeChatError(40029)
        if login.used:
            raise WeChatError(40163)
        return login

    def spend(self, login: LoginCode) -> User:
        """Every exchange makes a new session_key: 16 random bytes in base64."""
        login.used = True
        self.rotate(login.user)
        return login.user

    def rotate(self, user: User) -> None:
        user.session_key = base64.b64encode(secrets.token_bytes(16)).decode()

    def everybody(self) -> list[User]:
        return list(self._by_openid.values())

    def as_json(self) -> list[dict[str, object]]:
        """Without session keys: the state page is for reading over somebody's shoulder."""
        everybody = self._by_openid.values()
        return [{"user": user.name, "openid": user.openid, "last_seen": user.last_seen} for user in everybody]
