"""What sweep does for shares: held ones are checked again, ended ones are cleared away."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from common.domain.moderation import GIVE_UP_AFTER, TRY_AGAIN_AFTER, Ruling
from common.domain.sharing import Share, texts_of
from common.domain.users import UserId
from common.errors import MojianError, VendorObjectMissing
from common.services.moderating import Moderator
from common.services.ports import Objects, ShareStore
from common.services.publishing import MAX_JSON_BYTES
from common.services.sharing import erase_files

MOST = 50

#: So long a late visitor reads why a share is gone; afterwards it never was.
ENDED_KEPT = timedelta(days=90)


@dataclass(frozen=True)
class ShareBroom:
    """`report` gets the id of a share that could not be helped this time, and why."""

    shares: ShareStore
    objects: Objects
    moderator: Callable[[UserId, str], Moderator]
    report: Callable[[str, MojianError], None]
    now: datetime


def check_held(broom: ShareBroom) -> int:
    """How many were decided. One failure does not stop the others; a day without an answer is a refusal."""
    decided = 0
    for share in broom.shares.due(now=broom.now, limit=MOST):
        try:
            decided += _check(share, broom)
        except MojianError as error:
            broom.report(share.id, error)
    return decided


def _check(share: Share, broom: ShareBroom) -> bool:
    ruling = _ruling(share, broom)
    if ruling == "held" and broom.now - share.created_at < GIVE_UP_AFTER:
        broom.shares.check_later(share.id, at=broom.now + TRY_AGAIN_AFTER)
        return False
    broom.shares.checked(share.id, "shown" if ruling == "shown" else "refused", now=broom.now)
    if ruling != "shown":
        erase_files(share, broom.objects)
    return True


def _ruling(share: Share, broom: ShareBroom) -> Ruling:
    try:
        page = json.loads(broom.objects.read(share.page_key, max_bytes=MAX_JSON_BYTES))
    except VendorObjectMissing:
        return "refused"
    text = "\n".join([share.title, *texts_of(page)])
    return broom.moderator(share.user_id, share.id).rule(text, "shared_page")


def clear_ended(broom: ShareBroom) -> int:
    """Files first, rows later, so that it can be repeated after it was cut off half way; how many."""
    over = broom.shares.ended(before=broom.now - ENDED_KEPT, limit=MOST)
    for share in over:
        erase_files(share, broom.objects)
    if over:
        broom.shares.delete([share.id for share in over])
    return len(over)
