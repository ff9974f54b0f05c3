"""Sharing a resume: make a share, open it, see one's own, take it back, get its mini-program code."""

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from common.domain.moderation import TRY_AGAIN_AFTER, MediaState, Scene
from common.domain.pipeline import ResumeRow, photo_key
from common.domain.resume import Resume
from common.domain.sharing import (
    Card,
    CreateShare,
    Share,
    ShareId,
    ShareState,
    card_of,
    shared_page,
    texts_of,
    viewer_digest,
)
from common.domain.sharing.card import description_of, title_of
from common.domain.users import UserId, Visitor
from common.errors import (
    ContentRefused,
    NotFound,
    ObjectAlreadyExists,
    ResumeNotReady,
    ShareGone,
    ShareNotReady,
    VendorObjectMissing,
)
from common.services import checking_pictures
from common.services.checking_pictures import PictureDesk
from common.services.library import Shelf
from common.services.moderating import Moderator
from common.services.ports import CodePictures, Objects, RateLimits, ShareStore, Visits
from common.services.publishing import JSON, MAX_JSON_BYTES

LINK_LIFETIME_S = 600
CARD_LIFETIME_S = 86_400
MOST_LISTED = 100
HOUR_S, MINUTE_S = 3600, 60


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
    views_per_minute: int
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


def share_resume(command: CreateShare, *, shelf: Shelf, desk: ShareDesk) -> OwnShare:
    """The revision that is current now, masked and checked. A later edit needs a share of its own.

    Raises TooManyRequests, NotFound, ResumeNotReady, and ContentRefused, after which nothing was stored.
    """
    desk.limits.hit(f"share:{shelf.user_id}", limit=desk.rules.per_hour, window_s=HOUR_S)
    row = shelf.own(command.resume_id)
    page = _page(shelf, row, command)
    share = _new_share(row, page, command, desk)
    state = desk.moderator(row.user_id, share.id).rule("\n".join([share.title, *texts_of(page)]), "shared_page")
    if state == "refused":
        raise ContentRefused(use="shared_page")
    share = Share(**{**vars(share), "state": state})
    content = json.dumps(page, ensure_ascii=False).encode()
    desk.objects.create(share.page_key, content, media_type=JSON)
    _store_once(desk.rules.card_key, desk.rules.card, "image/png", desk)
    desk.shares.add(share, next_check_at=desk.now + TRY_AGAIN_AFTER if state == "held" else None)
    if share.photo:
        checking_pictures.request_check(
            str(row.photo_key), row.user_id, scene=Scene.SOCIAL_LOG, resume_id=row.id, desk=desk.pictures
        )
    return _own(share, page, desk)


def open_share(token: str, visitor: Visitor, *, desk: ShareDesk) -> SharedPage:
    """The owner sees a held share too, and is not counted.

    Raises TooManyRequests, NotFound, ShareNotReady, ShareGone.
    """
    if visitor.address:
        desk.limits.hit(f"share-view:{visitor.address}", limit=desk.rules.views_per_minute, window_s=MINUTE_S)
    share = desk.shares.find(token)
    if share is None:
        raise NotFound(what="share")
    ending = share.ending(now=desk.now)
    if ending is not None:
        raise ShareGone(reason=ending)
    is_mine = visitor.user_id == share.user_id
    if share.state == "held" and not is_mine:
        raise ShareNotReady
    page = _stored_page(share, desk)
    if not is_mine:
        _count(share, visitor.user_id or visitor.address, desk)
    photo = _photo_link(share, desk) if share.photo else None
    card = _card(share, page, desk)
    return SharedPage(token, share.title, page, photo, share.created_at, share.expires_at, card, is_mine)


def list_shares(user_id: UserId, *, desk: ShareDesk) -> list[OwnShare]:
    """Those that can be opened or are waiting for their check, newest first."""
    found = desk.shares.list_of(user_id, now=desk.now, limit=MOST_LISTED)
    return [_own(share, None, desk) for share in found]


def withdraw(token: str, user_id: UserId, *, desk: ShareDesk) -> None:
    """Nobody can open it any more, and what was stored for it is gone. Safe to repeat. Raises NotFound."""
    share = desk.own(token, user_id)
    desk.shares.withdraw(share.id, now=desk.now)
    erase_files(share, desk.objects)


def code_link(token: str, user_id: UserId, *, desk: ShareDesk) -> str:
    """A link of ten minutes to the mini-program code, which is drawn once. Raises NotFound, ShareGone, VendorError."""
    share = desk.own(token, user_id)
    ending = share.ending(now=desk.now)
    if ending is not None:
        raise ShareGone(reason=ending)
    drawn = next((key for key in desk.objects.keys_under(f"{share.folder}code.")), None)
    if drawn is None:
        picture = desk.codes.draw(share.token)
        extension, media_type = ("png", "image/png") if picture[:1] == b"\x89" else ("jpg", "image/jpeg")
        drawn = f"{share.folder}code.{extension}"
        _store_once(drawn, picture, media_type, desk)
    filename = f"{share.title}.{drawn.rpartition('.')[2]}"
    return desk.objects.download_url(drawn, filename=filename, now=desk.now, lifetime_s=LINK_LIFETIME_S)


def card_link(desk: ShareDesk) -> str:
    """A link of a day to the picture of every card; nothing of anybody is in it."""
    _store_once(desk.rules.card_key, desk.rules.card, "image/png", desk)
    return _card_link(desk)


def erase_files(share: Share, objects: Objects) -> None:
    """Safe to repeat, and to repeat after it was cut off half way."""
    for key in list(objects.keys_under(share.folder)):
        objects.delete(key)


def _page(shelf: Shelf, row: ResumeRow, command: CreateShare) -> dict[str, Any]:
    optimised = shelf.content(row.key("optimised", "json"))
    if optimised is None:
        raise ResumeNotReady
    return shared_page(Resume.model_validate(optimised["resume"]), how=command.name)


def _new_share(row: ResumeRow, page: dict[str, Any], command: CreateShare, desk: ShareDesk) -> Share:
    return Share(
        id=ShareId(desk.new_id("sh_")),
        token=desk.new_token(),
        user_id=row.user_id,
        resume_id=row.id,
        revision=row.revision,
        title=title_of(page),
        photo=command.photo and desk.objects.exists(str(row.photo_key)),
        state="held",
        created_at=desk.now,
        expires_at=desk.now + timedelta(days=command.days),
    )


def _stored_page(share: Share, desk: ShareDesk) -> dict[str, Any]:
    try:
        page: dict[str, Any] = json.loads(desk.objects.read(share.page_key, max_bytes=MAX_JSON_BYTES))
    except VendorObjectMissing:
        raise ShareGone(reason="erased") from None
    return page


def _photo_key(share: Share) -> str:
    return str(photo_key(share.user_id, share.resume_id))


def _photo_link(share: Share, desk: ShareDesk) -> str | None:
    key = _photo_key(share)
    if checking_pictures.state_of(key, checks=desk.pictures.checks) != "passed":
        return None
    return desk.objects.download_url(key, filename="photo.jpg", now=desk.now, lifetime_s=LINK_LIFETIME_S)


def _count(share: Share, viewer: str, desk: ShareDesk) -> None:
    if desk.visits.is_first(viewer_digest(share.token, viewer, desk.now.date())):
        desk.shares.count_view(share.id)


def _card(share: Share, page: dict[str, Any] | None, desk: ShareDesk) -> Card:
    description = description_of(page) if page else share.title
    rules = desk.rules
    return card_of(
        share.title,
        description,
        token=share.token,
        page_path=rules.page_path,
        image_url=_card_link(desk),
        lasting_url=rules.card_url,
    )


def _card_link(desk: ShareDesk) -> str:
    key, lifetime_s = desk.rules.card_key, CARD_LIFETIME_S
    return desk.objects.download_url(key, filename="card.png", now=desk.now, lifetime_s=lifetime_s)


def _own(share: Share, page: dict[str, Any] | None, desk: ShareDesk) -> OwnShare:
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
        card=_card(share, page, desk),
    )


def _store_once(key: str, content: bytes, media_type: str, desk: ShareDesk) -> None:
    """Two who do it at once store the same."""
    if not desk.objects.exists(key):
        with suppress(ObjectAlreadyExists):
            desk.objects.create(key, content, media_type=media_type)
