"""Avatars: the picture that chooseAvatar gave, made anew and kept in our own bucket."""

from collections.abc import Callable
from dataclasses import dataclass

from common.domain.avatars import MEDIA_TYPE, MOST_BYTES, avatar_key
from common.domain.users import UserId
from common.errors import FileTooLarge, MojianError
from common.services.accounts import AvatarLink, Profile, show_profile
from common.services.ports import CreditStore, Objects, Pictures, RateLimits, UserStore
from common.services.publishing import publish

PER_HOUR = 10


@dataclass(frozen=True)
class AvatarDesk:
    users: UserStore
    credits: CreditStore
    objects: Objects
    pictures: Pictures
    limits: RateLimits
    link: AvatarLink
    new_id: Callable[[str], str]


def take_avatar(content: bytes, *, user_id: UserId, desk: AvatarDesk) -> Profile:
    """The old one is deleted as soon as the new one counts. Raises FileRefused and its children, TooManyRequests."""
    if len(content) > MOST_BYTES:
        raise FileTooLarge(max_bytes=MOST_BYTES)
    desk.limits.hit(f"avatar:{user_id}", limit=PER_HOUR, window_s=3600)
    key = avatar_key(user_id, desk.new_id(""))
    publish(desk.objects, key, desk.pictures.avatar(content), media_type=MEDIA_TYPE)
    _replace(user_id, key, desk)
    return show_profile(user_id, users=desk.users, credits=desk.credits, link=desk.link)


def _replace(user_id: UserId, key: str, desk: AvatarDesk) -> None:
    """Whoever left meanwhile leaves nothing behind."""
    try:
        before = desk.users.set_avatar(user_id, key)
    except MojianError:
        desk.objects.delete(key)
        raise
    if before is not None:
        desk.objects.delete(before)
