"""What WeChat's events ask us to do, but for payments (push.py): checked pictures, withdrawn consent, punishments."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast, get_args

from common.domain.avatars import is_avatar
from common.domain.moderation import Finding, Suggestion
from common.domain.pushes import PushedEvent
from common.domain.users import OpenId
from common.errors import AccountLimited, MojianError
from common.services.checking_pictures import take_answer
from common.services.leaving import LeavingDesk, leave_later
from common.services.ports import MediaChecks, Phones, UserStore

#: Values of RevokeInfo: nickname and avatar, and the phone number. What else a user may take back, we do not keep.
#: Source: developers.weixin.qq.com, 安全指引, 授权用户信息变更.
PROFILE_REVOKED = frozenset({"6", "19", "20"})
PHONE_REVOKED = "8"


@dataclass(frozen=True)
class EventDesk:
    """`report` gets what an operator has to look at."""

    pictures: MediaChecks
    users: UserStore
    phones: Phones
    leaving: LeavingDesk
    report: Callable[[str, MojianError], None]
    now: datetime


def take_picture_answer(event: PushedEvent, *, desk: EventDesk) -> None:
    """wxa_media_check. Without a verdict (WeChat could not fetch the picture) sweep asks again. Safe to repeat."""
    trace_id, result = event.told.get("trace_id"), event.told.get("result")
    suggestion = result.get("suggest") if isinstance(result, Mapping) else None
    if isinstance(trace_id, str) and trace_id and isinstance(result, Mapping) and suggestion in get_args(Suggestion):
        finding = Finding(cast(Suggestion, suggestion), _label(result.get("label")))
        take_answer(trace_id, finding, checks=desk.pictures, now=desk.now)


def take_revocation(event: PushedEvent, *, desk: EventDesk) -> None:
    """user_authorization_revoke: nickname and avatar, or the phone number, go at once when the user took them back."""
    revoked = str(event.told.get("RevokeInfo", ""))
    if revoked in PROFILE_REVOKED:
        _forget_profile(event, desk)
    elif revoked == PHONE_REVOKED and (user := desk.users.find_by_openid(_person(event))) is not None:
        desk.phones.erase_user(user.id)


def take_change(event: PushedEvent, *, desk: EventDesk) -> None:
    """user_info_modified: WeChat cleaned a profile that broke its rules, so what we copied of it goes too."""
    _forget_profile(event, desk)


def take_cancellation(event: PushedEvent, *, desk: EventDesk) -> None:
    """user_authorization_cancellation: the WeChat account is gone, and so is ours. WeChat has no time: the timer erases."""
    user = desk.users.find_by_openid(_person(event))
    if user is not None:
        leave_later(user.id, desk=desk.leaving)


def take_punishment(event: PushedEvent, *, desk: EventDesk) -> None:
    """wxa_punish_event: WeChat warns the mini-program, or limits it."""
    desk.report(str(event.told.get("punish_id", "")), AccountLimited())


def _forget_profile(event: PushedEvent, desk: EventDesk) -> None:
    """Whatever else a key in the account might be, WeChat's word takes away a picture only; the role may no more either."""
    picture = desk.users.forget_profile(_person(event))
    if picture is not None and is_avatar(picture):
        desk.leaving.objects.delete(picture)


def _person(event: PushedEvent) -> OpenId:
    """The sender is WeChat; the person is OpenID, which one of its examples writes with a blank before it."""
    return OpenId(str(event.told.get("OpenID") or event.told.get(" OpenID") or "").strip())


def _label(value: object) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else 0
