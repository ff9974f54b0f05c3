"""Incidents: a threshold that one subject has gone over, from the first time it was seen until it stayed below."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Literal

from common.domain.monitoring.thresholds import threshold_of

#: Not seen for so long, an incident has ended: what comes and goes is one incident.
QUIET = timedelta(minutes=3)

#: Ended incidents are kept so long.
KEPT = timedelta(days=90)

Part = Literal["begin", "end"]

RUNBOOK = "docs/runbook.md"
_CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Incident:
    """One row. `value` is the worst that was seen. Names of ours, numbers and times: nothing of any user."""

    id: str
    name: str
    subject: str
    value: int
    began_at: datetime
    seen_at: datetime
    ended_at: datetime | None

    @property
    def part(self) -> Part:
        """What is to be told: an incident that ended before anybody was told is told as ended."""
        return "begin" if self.ended_at is None else "end"


@dataclass(frozen=True)
class Alert:
    """What a channel is given. `urgent` is worth waking somebody."""

    text: str
    urgent: bool


def alert_of(incident: Incident, *, stage: str) -> Alert:
    """A few lines of Chinese for a group chat; the last one says where to read on."""
    threshold = threshold_of(incident.name)
    limit = threshold.limit_of(incident.subject) if threshold else 0
    facts: Mapping[str, object] = {"subject": incident.subject, "value": incident.value, "limit": limit}
    says = threshold.says.format(**facts) if threshold else f"{incident.subject}: {incident.value}"
    lines = [f"【墨简 {stage}】{'告警' if incident.part == 'begin' else '恢复'}：{incident.name}", says]
    lines.append(f"开始于 {_clock(incident.began_at)}")
    if incident.ended_at is not None:
        lines.append(f"结束于 {_clock(incident.ended_at)}，持续 {_minutes(incident)} 分钟，以上为最坏时的情况")
    lines.append(f"处理办法：{RUNBOOK} 的 {incident.name}")
    is_urgent = incident.part == "begin" and threshold is not None and threshold.urgent
    return Alert("\n".join(lines), urgent=is_urgent)


def _clock(moment: datetime) -> str:
    return moment.astimezone(_CHINA).strftime("%m-%d %H:%M")


def _minutes(incident: Incident) -> int:
    return max(1, round(((incident.ended_at or incident.seen_at) - incident.began_at).total_seconds() / 60))
