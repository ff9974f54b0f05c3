"""Every minute: measure, compare with the thresholds, and tell an operator once when an incident begins and once when it ends.

What cannot be measured is not judged: its incidents go on until somebody can see again. While the database is down no incident
can be written, so that one alert is counted in Redis instead.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from common.domain.messages import EXPIRED
from common.domain.monitoring import readings
from common.domain.monitoring.incidents import KEPT, QUIET, Alert, Incident, alert_of
from common.domain.monitoring.readings import Taken
from common.domain.monitoring.thresholds import WINDOW_MINUTES, findings, judged_names
from common.errors import MojianError, StoreUnavailable, TooManyRequests
from common.services.ports import (
    AlertChannel,
    Backlog,
    CallWindows,
    Incidents,
    OrderStore,
    Outbox,
    RateLimits,
    ResumeStore,
)

#: A stage waits so long before it counts as stuck; sweep has tried several times by then.
GRACE_S = 300.0
FAILED_WITHIN = timedelta(minutes=10)
DEAD_WITHIN = timedelta(hours=1)
OVERDUE_AFTER = timedelta(minutes=5)
ERASURES_TAKE = timedelta(days=1)

#: One monitor has so long to tell; then another may.
LEASE_S = 45.0
MOST_ALERTS = 20
MOST_COUNTED = 100

#: Without a database nobody knows what was told: not more often than this.
BLIND_PAUSE_S = 1800
BLIND = "alert:database"

#: (channel, what went wrong).
Report = Callable[[str, MojianError], None]


@dataclass(frozen=True)
class Watch:
    """What watching takes. `stores` is what health finds of the dependencies: name → ok, or what is wrong."""

    stage: str
    stores: Mapping[str, str]
    calls: CallWindows
    backlog: Backlog
    resumes: ResumeStore
    orders: OrderStore
    outbox: Outbox
    incidents: Incidents
    limits: RateLimits
    channels: Sequence[AlertChannel]
    report: Report
    note: Callable[[Incident], None]
    now: datetime


def watch(desk: Watch) -> dict[str, int]:
    """Counts for the log line. Raises StoreUnavailable when the database is down, after having told so."""
    try:
        counts, taken = _measured(desk)
        desk.incidents.see(findings(taken), now=desk.now)
        desk.incidents.end(judged_names(taken), quiet_since=desk.now - QUIET, now=desk.now)
        desk.incidents.forget(before=desk.now - KEPT)
        told = _tell_all(desk)
        return {**counts, "incidents": len(desk.incidents.live()), "told": told}
    except StoreUnavailable as error:
        if desk.stores.get("database") not in (None, "ok"):
            _tell_blindly(desk, error)
        raise


def _measured(desk: Watch) -> tuple[dict[str, int], Taken]:
    stuck = len(desk.resumes.stuck(now=desk.now, grace_s=GRACE_S, limit=MOST_COUNTED))
    counts = {
        "stuck": stuck,
        "open_orders": len(desk.orders.due(now=desk.now, limit=MOST_COUNTED)),
        "waiting_messages": len(desk.outbox.due(now=desk.now, limit=MOST_COUNTED)),
    }
    oldest = desk.backlog.oldest_message_due(now=desk.now)
    waited_s = int((desk.now - oldest).total_seconds()) if oldest else 0
    failed = desk.backlog.failed_stages(since=desk.now - FAILED_WITHIN)
    dead = desk.backlog.ended_messages(EXPIRED, since=desk.now - DEAD_WITHIN)
    overdue = desk.backlog.overdue_orders(since=desk.now - OVERDUE_AFTER)
    late = desk.backlog.late_erasures(asked_before=desk.now - ERASURES_TAKE)
    return counts, {
        **readings.of_stores(desk.stores),
        **_calls(desk),
        **readings.of_number("stuck_stages", stuck),
        **readings.of_codes("failed_stages", failed),
        **readings.of_number("queue_age_s", waited_s),
        **readings.of_number("dead_messages", dead),
        **readings.of_number("overdue_orders", overdue),
        **readings.of_number("late_erasures", late),
    }


def _calls(desk: Watch) -> Taken:
    """Nothing while Redis is down, which is an incident of its own."""
    try:
        return readings.of_calls(desk.calls.recent(now=desk.now, minutes=WINDOW_MINUTES))
    except StoreUnavailable:
        return {}


def _tell_all(desk: Watch) -> int:
    """How many incidents were told. One that no channel took is tried again when its lease has ended."""
    told = 0
    for incident in desk.incidents.claim_untold(now=desk.now, lease_s=LEASE_S, limit=MOST_ALERTS):
        desk.note(incident)
        if _told(alert_of(incident, stage=desk.stage), desk):
            desk.incidents.told(incident, now=desk.now)
            told += 1
    return told


def _told(alert: Alert, desk: Watch) -> bool:
    """Whether somebody knows now. Each channel fails alone; with none at all the log is what there is."""
    channels = [channel for channel in desk.channels if alert.urgent or not channel.only_urgent]
    heard = [_heard(channel, alert, desk) for channel in channels]
    return not channels or any(heard)


def _heard(channel: AlertChannel, alert: Alert, desk: Watch) -> bool:
    try:
        channel.tell(alert)
    except MojianError as error:
        desk.report(channel.name, error)
        return False
    return True


def _tell_blindly(desk: Watch, error: StoreUnavailable) -> None:
    try:
        desk.limits.hit(BLIND, limit=1, window_s=BLIND_PAUSE_S, fail_open=False)
    except (TooManyRequests, StoreUnavailable):
        return
    began = Incident("", "store_down", "database", 1, began_at=desk.now, seen_at=desk.now, ended_at=None)
    desk.report("database", error)
    _told(alert_of(began, stage=desk.stage), desk)
