"""What a minute timer picks up: stages whose worker died, events that never came, messages that wait, holds nobody needs."""

from collections.abc import Callable
from datetime import datetime

from common.domain.pipeline import ObjectKey, ResumeRow, Stage
from common.errors import MojianError
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
    redelivered = 0
    for row, stage in resumes.stuck(now=now, grace_s=grace_s, limit=50):
        try:
            objects.redeliver(str(input_key(row, stage)))
            redelivered += 1
        except MojianError as error:
            report(row.id, error)
    return {
        "redelivered": redelivered,
        "delivered": deliver_due(desk=desk, report=report),
        "released": credits.release_expired(now=now),
    }


def input_key(row: ResumeRow, stage: Stage) -> ObjectKey:
    """The object whose announcement starts a stage."""
    if stage == "parse":
        return row.upload_key
    return row.key("parsed" if stage == "optimise" else "optimised", "json")
