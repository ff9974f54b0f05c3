"""What WeChat's events ask us to do, but for payments (push.py): checked pictures, withdrawn consent, punishments."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast, get_args

from common.domain.moderation import Finding, Suggestion
from common.domain.pushes import PushedEvent
from common.domain.users import OpenId
from common.errors import AccountLimited, MojianError, UserLeftWeChat
from common.services.checking_pictures import take_answer
from common.services.ports import MediaChecks, UserStore

#: RevokeInfo → whether it is the nickname and the avatar. What else a user may take back, we do not keep.
#: Source: developers.weixin.qq.com, 安全指引, 授权用户信息变更.
PROFILE_REVOKED = frozenset({"6", "19", "20"})


@dataclass(frozen=True)
class EventDesk:
    """`report` gets what an operator has to look at."""

    pictures: MediaChecks
    users: UserStore
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
    """user_authorization_revoke: nickname and avatar go at once when the user took them back. Safe to repeat."""
    if str(event.told.get("RevokeInfo", "")) in PROFILE_REVOKED:
        _forget_profile(event, desk)


def take_change(event: PushedEvent, *, desk: EventDesk) -> None:
    """user_info_modified: WeChat cleaned a profile that broke its rules, so what we copied of it goes too."""
    _forget_profile(event, desk)


def take_cancellation(event: PushedEvent, *, desk: EventDesk) -> None:
    """user_authorization_cancellation: the WeChat account is gone. The profile goes at once, the rest is the operator's."""
    openid = _forget_profile(event, desk)
    user = desk.users.find_by_openid(openid)
    if user is not None:
        desk.report(user.id, UserLeftWeChat())


def take_punishment(event: PushedEvent, *, desk: EventDesk) -> None:
    """wxa_punish_event: WeChat warns the mini-program, or limits it."""
    desk.report(str(event.told.get("punish_id", "")), AccountLimited())


def _forget_profile(event: PushedEvent, desk: EventDesk) -> OpenId:
    """The sender is WeChat; the person is OpenID, which one of its examples writes with a blank before it."""
    openid = OpenId(str(event.told.get("OpenID") or event.told.get(" OpenID") or "").strip())
    desk.users.forget_profile(openid)
    return openid


def _label(value: object) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else 0
