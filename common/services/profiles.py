"""What people change about themselves: nickname and phone number. Avatars are in avatars.py."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from common.domain.profiles import LONGEST_NICKNAME, NOBODY, SignedProfile, ToldProfile, UpdateProfile, clean_nickname
from common.domain.users import BindPhone, User, UserId
from common.errors import (
    InvalidField,
    MojianError,
    NotLoggedIn,
    OpenDataRefused,
    VendorError,
    WeChatSessionExpired,
)
from common.services.accounts import AvatarLink, Profile, show_profile
from common.services.moderating import Moderator
from common.services.ports import ContentCheck, CreditStore, OpenData, RateLimits, UserStore

CHANGES_PER_HOUR = 30
#: Every number that WeChat tells us costs money.
PHONES_PER_DAY = 5

#: Of these reasons a session_key that WeChat has replaced may be the cause.
_BY_SESSION_KEY = ("signature", "ciphertext")


@dataclass(frozen=True)
class ProfileDesk:
    """What changing a profile takes. `report` gets the user whose text or session could not be checked, and why."""

    user_id: UserId
    users: UserStore
    credits: CreditStore
    open_data: OpenData
    content: ContentCheck
    limits: RateLimits
    link: AvatarLink
    report: Callable[[str, MojianError], None]
    now: datetime

    @property
    def user(self) -> User:
        """Raises NotLoggedIn when the account behind a valid token is gone."""
        user = self.users.find(self.user_id)
        if user is None:
            raise NotLoggedIn
        return user

    @property
    def profile(self) -> Profile:
        return show_profile(self.user_id, users=self.users, credits=self.credits, link=self.link)


def update_profile(command: UpdateProfile, *, desk: ProfileDesk) -> Profile:
    """Whatever WeChat signed or sealed is verified first and counts before what is only claimed.

    A nickname is a text that others may see: it is checked always. The grey name of wx.getUserProfile changes nothing.
    Raises InvalidField, OpenDataRefused, WeChatSessionExpired, ContentRefused, TooManyRequests.
    """
    if command.missing:
        raise InvalidField(field=command.missing, reason="goes with the other one")
    user = desk.user
    desk.limits.hit(f"profile:{user.id}", limit=CHANGES_PER_HOUR, window_s=3600)
    told = _open(command.signed, user, desk) if command.signed else None
    claimed = command.user_info.nickname if command.user_info else None
    nickname = told.nickname if told else claimed
    if nickname is not None and nickname != NOBODY:
        _rename(user, nickname, desk)
    return desk.profile


def _open(signed: SignedProfile, user: User, desk: ProfileDesk) -> ToldProfile:
    session_key = desk.users.session_key(user.id)
    if session_key is None:
        raise WeChatSessionExpired
    try:
        told = desk.open_data.open_profile(signed, session_key=session_key, now=desk.now)
    except OpenDataRefused as error:
        if error.facts.get("reason") in _BY_SESSION_KEY and not _session_lives(user, session_key, desk):
            raise WeChatSessionExpired from None
        raise
    if told.openid not in (None, user.openid) or (user.unionid and told.unionid not in (None, user.unionid)):
        raise OpenDataRefused(reason="person")
    return told


def _session_lives(user: User, session_key: str, desk: ProfileDesk) -> bool:
    """When nobody can tell, the client had better log in again: that mends the one cause and does no harm with the other."""
    try:
        return desk.open_data.session_lives(user.openid, session_key)
    except VendorError as error:
        desk.report(user.id, error)
        return False


def _rename(user: User, told: str, desk: ProfileDesk) -> None:
    nickname = clean_nickname(told)
    if not 1 <= len(nickname) <= LONGEST_NICKNAME:
        raise InvalidField(field="userInfo.nickName", reason=f"1 to {LONGEST_NICKNAME} characters")
    if nickname != user.nickname:
        Moderator(desk.content, user.openid, desk.report, subject=user.id).require(nickname, "nickname")
        desk.users.set_nickname(user.id, nickname)


def bind_phone(command: BindPhone, *, desk: ProfileDesk) -> Profile:
    """Raises PhoneCodeInvalid, TooManyRequests, VendorError; StoreUnavailable while nobody counts, because it costs money."""
    user = desk.user
    desk.limits.hit(f"phone:{user.id}", limit=PHONES_PER_DAY, window_s=86_400, fail_open=False)
    phone = desk.open_data.exchange_phone_code(command.code, openid=user.openid)
    desk.users.set_phone(user.id, phone, now=desk.now)
    return desk.profile
