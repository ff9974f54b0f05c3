"""Pictures that others may see: asked about once, shown when WeChat says pass, which it says later and by push."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from common.domain.moderation import (
    ANSWER_WITHIN,
    GIVE_UP_AFTER,
    MOST_ASKED,
    TRY_AGAIN_AFTER,
    Finding,
    MediaCheck,
    MediaState,
    Scene,
)
from common.domain.users import UserId
from common.errors import OUT_OF_REACH, MojianError, NotLoggedIn
from common.services.ports import MediaChecks, Objects, PictureCheck, UserStore

#: The link that WeChat fetches a picture by: good for as long as an answer may take.
LINK_LIFETIME_S = int(ANSWER_WITHIN.total_seconds())

TRACES_KEPT = timedelta(days=7)
MOST = 100


@dataclass(frozen=True)
class PictureDesk:
    """`report` gets the key of a picture that nobody took a question about, and why."""

    checks: MediaChecks
    vendor: PictureCheck
    objects: Objects
    users: UserStore
    report: Callable[[str, MojianError], None]
    now: Callable[[], datetime]


def request_check(
    key: str, user_id: UserId, *, scene: Scene, resume_id: str | None = None, desk: PictureDesk
) -> MediaState:
    """Where the check of a picture stands; begins it when there is none. Raises NotLoggedIn.

    Nothing of WeChat's is raised: while it is out of reach the picture waits, and sweep asks again.
    """
    known = desk.checks.find(key)
    if known is not None:
        return known.state
    user = desk.users.find(user_id)
    if user is None:
        raise NotLoggedIn
    check = MediaCheck(key, user_id, resume_id, user.openid, scene, "waiting", 0, desk.now())
    if desk.checks.begin(check, next_check_at=desk.now() + TRY_AGAIN_AFTER):
        _ask(check, desk)
    found = desk.checks.find(key)
    return found.state if found else "waiting"


def state_of(key: str, *, checks: MediaChecks) -> MediaState | None:
    """None when nobody asked about the picture. It may be shown to others only when this is `passed`."""
    found = checks.find(key)
    return found.state if found else None


def take_answer(trace_id: str, finding: Finding, *, checks: MediaChecks, now: datetime) -> None:
    """What WeChat pushed. Safe to repeat, and to take before our own question is written down."""
    checks.told(trace_id, finding, now=now)


def ask_again(desk: PictureDesk) -> int:
    """For sweep: pictures without an answer in time; how many were looked at. One failure does not stop the others.

    Asked twice without an answer, or a day without anybody who takes the question: not shown.
    """
    due = desk.checks.due(now=desk.now(), limit=MOST)
    for check in due:
        if check.asked >= MOST_ASKED or desk.now() - check.created_at >= GIVE_UP_AFTER:
            desk.checks.give_up(check.key)
        else:
            _ask(check, desk)
    desk.checks.purge(before=desk.now() - TRACES_KEPT, limit=MOST)
    return len(due)


def _ask(check: MediaCheck, desk: PictureDesk) -> None:
    now = desk.now()
    link = desk.objects.download_url(check.key, filename="picture.jpg", now=now, lifetime_s=LINK_LIFETIME_S)
    try:
        trace_id = desk.vendor.check_picture(link, openid=check.openid, scene=check.scene)
    except OUT_OF_REACH as error:
        desk.report(check.key, error)
        desk.checks.check_later(check.key, at=now + TRY_AGAIN_AFTER)
    else:
        desk.checks.asked(check.key, trace_id, now=now, next_check_at=now + ANSWER_WITHIN)
