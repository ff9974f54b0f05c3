"""What watching ourselves needs: counts, backlogs, incidents, and ways to reach an operator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from common.domain.monitoring.incidents import Alert, Incident
    from common.domain.monitoring.thresholds import Finding


class CallWindows(Protocol):
    def recent(self, *, now: datetime, minutes: int) -> Mapping[str, int]:
        """Counts of calls to vendors (common/domain/monitoring/calls.py). Raises StoreUnavailable."""


class Backlog(Protocol):
    """Numbers only."""

    def failed_stages(self, *, since: datetime) -> Mapping[str, int]:
        """Error code → how many stages ended with it."""

    def oldest_message_due(self, *, now: datetime) -> datetime | None: ...

    def ended_messages(self, code: str, *, since: datetime) -> int: ...

    def overdue_orders(self, *, since: datetime) -> int: ...

    def late_erasures(self, *, asked_before: datetime) -> int: ...


class Incidents(Protocol):
    def see(self, found: Iterable[Finding], *, now: datetime) -> None:
        """Begin an incident, or go on with the live one; two monitors at a time begin one."""

    def end(self, names: Sequence[str], *, quiet_since: datetime, now: datetime) -> None:
        """Live incidents of these thresholds that were not seen since."""

    def claim_untold(self, *, now: datetime, lease_s: float, limit: int) -> list[Incident]:
        """Ours alone to tell, for `lease_s`."""

    def told(self, incident: Incident, *, now: datetime) -> None: ...

    def live(self) -> list[Incident]: ...

    def forget(self, *, before: datetime) -> None: ...


class AlertChannel(Protocol):
    """One way to an operator."""

    @property
    def name(self) -> str: ...

    @property
    def only_urgent(self) -> bool:
        """Whether this way is for what is worth waking somebody, and for nothing else."""

    def tell(self, alert: Alert, /) -> None:
        """Raises VendorError and what else the vendor's client raises; a second try may arrive twice."""
