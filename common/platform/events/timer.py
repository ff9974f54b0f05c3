"""A timer event. Times are UTC; `message` is the custom argument of the trigger."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from common.errors import BadRequest


@dataclass(frozen=True)
class TimerEvent:
    trigger_name: str
    fired_at: datetime
    message: str


def read_timer_event(event: Mapping[str, Any]) -> TimerEvent:
    """Raises BadRequest for anything that is not a timer event."""
    try:
        if event["Type"] != "Timer":
            raise BadRequest(reason="not a timer event")
        fired_at = datetime.fromisoformat(str(event["Time"]).replace("Z", "+00:00"))
        return TimerEvent(str(event["TriggerName"]), _aware(fired_at), str(event.get("Message") or ""))
    except (KeyError, ValueError):
        raise BadRequest(reason="not a timer event") from None


def _aware(time: datetime) -> datetime:
    return time if time.tzinfo else time.replace(tzinfo=timezone.utc)
