"""Is everything there that requests need, and is work piling up?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from common.errors import MojianError
from common.services.ports import OrderStore, Outbox, ResumeStore

GRACE_S = 300.0


@dataclass(frozen=True)
class Health:
    """`dependencies` maps a name to ok or the code of what is wrong."""

    status: str
    stage: str
    dependencies: dict[str, str]


def check_health(probes: Mapping[str, Callable[[], object]], *, stage: str) -> Health:
    """Asks every dependency once; one that is down does not hide the others."""
    found = {name: _probe(probe) for name, probe in probes.items()}
    return Health("ok" if set(found.values()) <= {"ok"} else "degraded", stage, found)


def _probe(probe: Callable[[], object]) -> str:
    try:
        probe()
    except MojianError as error:
        return error.code
    return "ok"


def count_backlog(*, resumes: ResumeStore, orders: OrderStore, outbox: Outbox, now: datetime) -> dict[str, int]:
    """For the log line that alarms watch."""
    return {
        "stuck": len(resumes.stuck(now=now, grace_s=GRACE_S, limit=100)),
        "open_orders": len(orders.due(now=now, limit=100)),
        "waiting_messages": len(outbox.due(now=now, limit=100)),
    }
