"""What a minute timer picks up: stages whose worker died, events that never came, messages that wait, holds nobody needs."""

from collections.abc import Callable
from datetime import datetime

from common.domain.pipeline import ObjectKey, ResumeRow, Stage
from common.errors import MojianError, UploadMissing, VendorObjectMissing
from common.services.messaging import MessageDesk, deliver_due
from common.services.ports import CreditStore, Objects, ResumeStore

#: How long the platform may take to deliver an event before we ask the bucket to announce the object again.
GRACE_S = 180.0


def sweep(
    *,
    resumes: ResumeStore,
    objects: Objects,
    credits: CreditStore,
    desk: MessageDesk,
    report: Callable[[str, MojianError], None],
    now: datetime,
    grace_s: float = GRACE_S,
) -> dict[str, int]:
    """Counts of what was done; every step is safe to repeat and independent of the others."""
    redelivered = _announce_silent(resumes, objects, report, now=now, grace_s=grace_s)
    for row, stage in resumes.stuck(now=now, grace_s=grace_s, limit=50):
        try:
            objects.redeliver(str(input_key(row, stage)))
            redelivered += 1
        except VendorObjectMissing as error:
            _give_up(row, stage, resumes=resumes, now=now)
            report(row.id, error)
        except MojianError as error:
            report(row.id, error)
    return {
        "redelivered": redelivered,
        "delivered": deliver_due(desk=desk, report=report),
        "released": credits.release_expired(now=now),
    }


def _announce_silent(
    resumes: ResumeStore, objects: Objects, report: Callable[[str, MojianError], None], *, now: datetime, grace_s: float
) -> int:
    """Objects whose event never came, so that no stage knows of them."""
    redelivered = 0
    for row, keys in resumes.silent(now=now, grace_s=grace_s, limit=50):
        try:
            waiting = next((str(key) for key in keys if objects.exists(str(key))), None)
            if waiting:
                objects.redeliver(waiting)
                redelivered += 1
        except MojianError as error:
            report(row.id, error)
    return redelivered


def _give_up(row: ResumeRow, stage: Stage, *, resumes: ResumeStore, now: datetime) -> None:
    """A stage whose input is gone can never end by itself."""
    code, refund_key = UploadMissing.code, row.charge_key()
    resumes.fail_stage(row.id, row.revision, stage, error_code=code, now=now, refund_key=refund_key)


def input_key(row: ResumeRow, stage: Stage) -> ObjectKey:
    """The object whose announcement starts a stage."""
    if stage == "parse":
        return row.upload_key
    return row.key("parsed" if stage == "optimise" else "optimised", "json")
