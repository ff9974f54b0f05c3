"""Sharing a resume: make a share, open it, see one's own, take it back, get its mini-program code."""

import json
from datetime import timedelta
from typing import Any

from common.domain.moderation import TRY_AGAIN_AFTER, Scene
from common.domain.pipeline import ResumeRow
from common.domain.resume import Resume
from common.domain.sharing import CreateShare, Share, ShareId, shared_page, texts_of, viewer_digest
from common.domain.sharing.card import title_of
from common.domain.users import UserId, Visitor
from common.errors import ContentRefused, NotFound, ResumeNotReady, ShareGone, ShareNotReady, VendorObjectMissing
from common.services import checking_pictures
from common.services.erasing import erase_under
from common.services.library import Shelf
from common.services.ports import Objects
from common.services.publishing import JSON, MAX_JSON_BYTES
from common.services.sharing_desk import (
    LINK_LIFETIME_S,
    OwnShare,
    ShareDesk,
    SharedPage,
    card_for,
    card_picture_link,
    own_share,
    photo_link,
    store_once,
)

MOST_LISTED = 100
HOUR_S = 3600


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
    store_once(desk.rules.card_key, desk.rules.card, "image/png", desk)
    desk.shares.add(share, next_check_at=desk.now + TRY_AGAIN_AFTER if state == "held" else None)
    if share.photo:
        checking_pictures.request_check(
            str(row.photo_key), row.user_id, scene=Scene.SOCIAL_LOG, resume_id=row.id, desk=desk.pictures
        )
    return own_share(share, page, desk)


def open_share(token: str, visitor: Visitor, *, desk: ShareDesk) -> SharedPage:
    """The owner sees a held share too, and is not counted.

    Raises NotFound, ShareNotReady, ShareGone.
    """
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
    photo = photo_link(share, desk) if share.photo else None
    card = card_for(share, page, desk)
    return SharedPage(token, share.title, page, photo, share.created_at, share.expires_at, card, is_mine)


def list_shares(user_id: UserId, *, desk: ShareDesk) -> list[OwnShare]:
    """Those that can be opened or are waiting for their check, newest first."""
    found = desk.shares.list_of(user_id, now=desk.now, limit=MOST_LISTED)
    return [own_share(share, None, desk) for share in found]


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
        store_once(drawn, picture, media_type, desk)
    filename = f"{share.title}.{drawn.rpartition('.')[2]}"
    return desk.objects.download_url(drawn, filename=filename, now=desk.now, lifetime_s=LINK_LIFETIME_S)


def card_link(desk: ShareDesk) -> str:
    """A link of a day to the picture of every card; nothing of anybody is in it."""
    store_once(desk.rules.card_key, desk.rules.card, "image/png", desk)
    return card_picture_link(desk)


def erase_files(share: Share, objects: Objects) -> None:
    """Safe to repeat, and to repeat after it was cut off half way."""
    erase_under(share.folder, objects=objects)


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


def _count(share: Share, viewer: str, desk: ShareDesk) -> None:
    if desk.visits.is_first(viewer_digest(share.token, viewer, desk.now.date())):
        desk.shares.count_view(share.id)
