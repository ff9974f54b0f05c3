"""What a minute timer picks up: dead workers, events that never came, messages that wait, holds and answers nobody needs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from common.domain.pipeline import FIRST_REVISION, ObjectKey, ResumeRow, Stage
from common.errors import (
    InternalError,
    MojianError,
    SettingsInvalid,
    StoreUnavailable,
    UploadMissing,
    VendorObjectMissing,
)
from common.services.announcing import announce_untold
from common.services.checking_pictures import PictureDesk, ask_again
from common.services.exporting import purge_exports
from common.services.leaving import LeavingDesk, go_on_leaving
from common.services.messaging import MessageDesk, deliver_due
from common.services.ports import CreditStore, IdempotencyStore, News, Objects, ResumeStore
from common.services.sharing_again import ShareBroom, check_held, clear_ended

#: How long the platform may take to deliver an event before we ask the bucket to announce the object again.
GRACE_S = 180.0

MOST = 200

#: Kept answers are for clients that repeat a request, and may hold a session token.
ANSWERS_KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Broom:
    """What sweeping takes. `report…` get the id of what could not be helped this time, and why."""

    resumes: ResumeStore
    objects: Objects
    credits: CreditStore
    answers: IdempotencyStore
    desk: MessageDesk
    shares: ShareBroom
    pictures: PictureDesk
    news: News
    new_id: Callable[[], str]
    leaving: LeavingDesk
    report: Callable[[str, MojianError], None]
    report_message: Callable[[str, MojianError], None]
    report_step: Callable[[str, MojianError], None]
    now: datetime
    grace_s: float = GRACE_S


def sweep(broom: Broom) -> dict[str, int]:
    """Counts of what was done; every step is safe to repeat and independent of the others, the quick ones first.

    A step that fails is reported, and the others are done all the same. Raises StoreUnavailable and SettingsInvalid at once: with
    no database, or the wrong one, every step would only wait in vain, and the next minute tries again.
    """
    news, now = broom.news, broom.now
    steps: dict[str, tuple[Callable[[], int], ...]] = {
        "delivered": (lambda: deliver_due(desk=broom.desk, report=broom.report_message),),
        "announced": (
            lambda: announce_untold(news, desk=broom.desk, new_id=broom.new_id, report=broom.report_message),
        ),
        "released": (lambda: broom.credits.release_expired(now=now),),
        "purged": (
            lambda: broom.answers.purge(before=now - ANSWERS_KEPT, limit=MOST),
            lambda: clear_ended(broom.shares),
        ),
        "erased": (lambda: go_on_leaving(broom.leaving),),
        "redelivered": (lambda: _restart_stuck(broom), lambda: _announce_silent(broom)),
        "checked": (lambda: check_held(broom.shares), lambda: ask_again(broom.pictures)),
        "exports_purged": (lambda: purge_exports(broom.objects, now=now),),
    }
    return {name: sum(_tried(name, step, broom) for step in parts) for name, parts in steps.items()}


def _tried(name: str, step: Callable[[], int], broom: Broom) -> int:
    try:
        return step()
    except (StoreUnavailable, SettingsInvalid):
        raise
    except MojianError as error:
        broom.report_step(name, error)
        return 0


def _restart_stuck(broom: Broom) -> int:
    """Stages whose worker died, or whose event never came."""
    restarted = 0
    for row, stage in broom.resumes.stuck(now=broom.now, grace_s=broom.grace_s, limit=MOST):
        try:
            broom.objects.redeliver(str(input_key(row, stage)))
            restarted += 1
        except VendorObjectMissing as error:
            _give_up(broom, row, stage, UploadMissing.code)
            broom.report(row.id, error)
        except MojianError as error:
            broom.report(row.id, error)
    return restarted


def _announce_silent(broom: Broom) -> int:
    """Objects whose event never came, so that no stage knows of them. A revision without any object can never start."""
    announced = 0
    for row, keys in broom.resumes.silent(now=broom.now, grace_s=broom.grace_s, limit=MOST):
        try:
            waiting = next((str(key) for key in keys if broom.objects.exists(str(key))), None)
            if waiting:
                broom.objects.redeliver(waiting)
                announced += 1
            elif row.revision != FIRST_REVISION and keys[0].prefix != "rendered":
                _give_up(broom, row, "render", InternalError.code)
        except MojianError as error:
            broom.report(row.id, error)
    return announced


def _give_up(broom: Broom, row: ResumeRow, stage: Stage, error_code: str) -> None:
    """A stage whose input is gone can never end by itself: the user gets an answer and the credits back."""
    broom.resumes.claim_stage(row.id, row.revision, stage, now=broom.now, lease_s=0)
    refund_key = row.charge_key()
    broom.resumes.fail_stage(row.id, row.revision, stage, error_code=error_code, now=broom.now, refund_key=refund_key)


def input_key(row: ResumeRow, stage: Stage) -> ObjectKey:
    """The object whose announcement starts a stage."""
    if stage == "parse":
        return row.upload_key
    return row.key("parsed" if stage == "optimise" else "optimised", "json")
