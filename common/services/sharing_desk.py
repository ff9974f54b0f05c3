"""What sharing takes, what it shows, and how a share looks to its owner: the parts that the uses in sharing.py are made of."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from common.domain.moderation import MediaState
from common.domain.pipeline import photo_key
from common.domain.sharing import Card, Share, ShareState, card_of
from common.domain.sharing.card import description_of
from common.domain.users import UserId
from common.errors import NotFound, ObjectAlreadyExists
from common.services import checking_pictures
from common.services.checking_pictures import PictureDesk
from common.services.moderating import Moderator
from common.services.ports import CodePictures, Objects, RateLimits, ShareStore, Visits

LINK_LIFETIME_S = 600
CARD_LIFETIME_S = 86_400


@dataclass(frozen=True)
class SharedPage:
    """What is shown. `photo` is a link of ten minutes, when the owner wants it shown and the check has passed it."""

    token: str
    title: str
    page: dict[str, Any]
    photo: str | None
    created_at: datetime
    expires_at: datetime
    card: Card
    is_mine: bool


@dataclass(frozen=True)
class OwnShare:
    """`photo`: None when it is not to be shown, else where its check stands."""

    token: str
    resume_id: str
    revision: str
    title: str
    state: ShareState
    photo: MediaState | None
    views: int
    created_at: datetime
    expires_at: datetime
    card: Card


@dataclass(frozen=True)
class ShareRules:
    """`page_path`: the mini-program's page that shows a share, with no leading slash.

    `card` is the picture of every card, `card_url` our own address that leads to it.
    """

    per_hour: int
    page_path: str
    card: bytes
    card_url: str

    @property
    def card_key(self) -> str:
        """Another picture has another key: objects never change."""
        return f"shared/card-{hashlib.sha256(self.card).hexdigest()[:12]}.png"


@dataclass(frozen=True)
class ShareDesk:
    """What sharing takes. `moderator` is for the texts of a user; `new_token` makes one that nobody can guess."""

    shares: ShareStore
    objects: Objects
    pictures: PictureDesk
    codes: CodePictures
    moderator: Callable[[UserId, str], Moderator]
    visits: Visits
    limits: RateLimits
    rules: ShareRules
    new_id: Callable[[str], str]
    new_token: Callable[[], str]
    now: datetime

    def own(self, token: str, user_id: UserId) -> Share:
        """Raises NotFound, for other people's shares too."""
        share = self.shares.find(token)
        if share is None or share.user_id != user_id:
            raise NotFound(what="share")
        return share


def own_share(share: Share, page: dict[str, Any] | None, desk: ShareDesk) -> OwnShare:
    photo = checking_pictures.state_of(_photo_key(share), checks=desk.pictures.checks) if share.photo else None
    return OwnShare(
        token=share.token,
        resume_id=share.resume_id,
        revision=share.revision,
        title=share.title,
        state=share.state,
        photo=photo,
        views=share.views,
        created_at=share.created_at,
        expires_at=share.expires_at,
        card=card_for(share, page, desk),
    )


def card_for(share: Share, page: dict[str, Any] | None, desk: ShareDesk) -> Card:
    description = description_of(page) if page else share.title
    rules = desk.rules
    return card_of(
        share.title,
        description,
        token=share.token,
        page_path=rules.page_path,
        image_url=card_picture_link(desk),
        lasting_url=rules.card_url,
    )


def card_picture_link(desk: ShareDesk) -> str:
    key, lifetime_s = desk.rules.card_key, CARD_LIFETIME_S
    return desk.objects.download_url(key, filename="card.png", now=desk.now, lifetime_s=lifetime_s)


def photo_link(share: Share, desk: ShareDesk) -> str | None:
    key = _photo_key(share)
    if checking_pictures.state_of(key, checks=desk.pictures.checks) != "passed":
        return None
    return desk.objects.download_url(key, filename="photo.jpg", now=desk.now, lifetime_s=LINK_LIFETIME_S)


def _photo_key(share: Share) -> str:
    return str(photo_key(share.user_id, share.resume_id))


def store_once(key: str, content: bytes, media_type: str, desk: ShareDesk) -> None:
    """Two who do it at once store the same."""
    if not desk.objects.exists(key):
        with suppress(ObjectAlreadyExists):
            desk.objects.create(key, content, media_type=media_type)
