"""Incidents: one live row a threshold and subject, told by one monitor at a time."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, delete, insert, or_, select, update

from common.domain.monitoring.incidents import Incident
from common.domain.monitoring.thresholds import Finding
from common.persistence.database import Database
from common.persistence.store import Store, as_record, reading, writing
from common.persistence.tables.operations import incidents


class SqlIncidents(Store):
    def __init__(self, database: Database, new_id: Callable[[], str]) -> None:
        super().__init__(database)
        self._new_id = new_id

    def see(self, found: Iterable[Finding], *, now: datetime) -> None:
        """Each finding begins an incident, or is the one that goes on. A lost race begins again and finds the winner's row."""
        for finding in found:
            self._see(finding, now=now)

    @writing
    def _see(self, connection: Connection, finding: Finding, *, now: datetime) -> None:
        live = f"{finding.name}/{finding.subject}"
        mine = select(incidents.c.id, incidents.c.value).where(incidents.c.live == live).with_for_update()
        row = connection.execute(mine).one_or_none()
        if row is not None:
            worst = {"seen_at": now, "value": max(row.value, finding.value)}
            connection.execute(update(incidents).where(incidents.c.id == row.id).values(worst))
            return
        began = {"began_at": now, "seen_at": now, "lease_until": now}
        connection.execute(insert(incidents).values(id=self._new_id(), live=live, **vars(finding), **began))

    @writing
    def end(self, connection: Connection, names: Sequence[str], *, quiet_since: datetime, now: datetime) -> None:
        """Live incidents of these thresholds that were not seen since: they have ended."""
        over = (incidents.c.live.is_not(None), incidents.c.name.in_(names), incidents.c.seen_at < quiet_since)
        connection.execute(update(incidents).where(*over).values(live=None, ended_at=now))

    @writing
    def claim_untold(self, connection: Connection, *, now: datetime, lease_s: float, limit: int) -> list[Incident]:
        """What nobody was told of and nobody is telling, the oldest first, now ours to tell for `lease_s`."""
        is_new = and_(incidents.c.ended_at.is_(None), incidents.c.begin_told_at.is_(None))
        is_over = and_(incidents.c.ended_at.is_not(None), incidents.c.end_told_at.is_(None))
        free = select(incidents).where(or_(is_new, is_over), incidents.c.lease_until <= now)
        rows = connection.execute(free.order_by(incidents.c.began_at).limit(limit).with_for_update()).mappings().all()
        mine = incidents.c.id.in_([row["id"] for row in rows])
        connection.execute(update(incidents).where(mine).values(lease_until=now + timedelta(seconds=lease_s)))
        return [as_record(Incident, row) for row in rows]

    @writing
    def told(self, connection: Connection, incident: Incident, *, now: datetime) -> None:
        """Somebody knows of its begin, or of its end. An end that came meanwhile is told next."""
        column = "begin_told_at" if incident.part == "begin" else "end_told_at"
        mine = update(incidents).where(incidents.c.id == incident.id)
        connection.execute(mine.values({column: now, "lease_until": now}))

    @reading
    def live(self, connection: Connection) -> list[Incident]:
        """The oldest first."""
        rows = connection.execute(select(incidents).where(incidents.c.live.is_not(None)).order_by(incidents.c.began_at))
        return [as_record(Incident, row) for row in rows.mappings()]

    @writing
    def forget(self, connection: Connection, *, before: datetime) -> None:
        """Incidents that ended before."""
        connection.execute(delete(incidents).where(incidents.c.ended_at < before))
