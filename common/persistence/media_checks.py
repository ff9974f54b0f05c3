"""Checks of pictures: asked about, answered through the message push, whichever of the two is written first."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from common.domain.moderation import Finding, MediaCheck, MediaState, picture_state
from common.persistence.store import Store, as_record, reading, writing
from common.persistence.tables.sharing import media_checks, media_traces

COLUMNS = (
    media_checks.c.object_key.label("key"),
    media_checks.c.user_id,
    media_checks.c.resume_id,
    media_checks.c.openid,
    media_checks.c.scene,
    media_checks.c.state,
    media_checks.c.asked,
    media_checks.c.created_at,
)


class SqlMediaChecks(Store):
    @writing
    def begin(self, connection: Connection, check: MediaCheck, *, next_check_at: datetime) -> bool:
        """False when the picture is known: a picture never changes, so it is checked once."""
        if connection.execute(select(media_checks.c.state).where(_is(check.key))).first():
            return False
        known = {name: value for name, value in vars(check).items() if name != "key"}
        connection.execute(insert(media_checks).values(object_key=check.key, next_check_at=next_check_at, **known))
        return True

    @reading
    def find(self, connection: Connection, key: str) -> MediaCheck | None:
        row = connection.execute(select(*COLUMNS).where(_is(key))).mappings().one_or_none()
        return as_record(MediaCheck, row) if row else None

    @writing
    def asked(self, connection: Connection, key: str, trace_id: str, *, now: datetime, next_check_at: datetime) -> None:
        """WeChat took the question. Its answer may be here already."""
        again = {"asked": media_checks.c.asked + 1, "next_check_at": next_check_at}
        connection.execute(update(media_checks).where(_is(key), _waits()).values(again))
        told = self._trace(connection, trace_id, now=now, object_key=key)
        if told is not None:
            self._end(connection, key, picture_state(told.suggestion), told.label)

    @writing
    def told(self, connection: Connection, trace_id: str, finding: Finding, *, now: datetime) -> None:
        """WeChat's answer, also to a question that is not written down yet. Safe to repeat."""
        known = {"suggestion": finding.suggestion, "label": finding.label}
        self._trace(connection, trace_id, now=now, **known)
        key = connection.scalar(select(media_traces.c.object_key).where(media_traces.c.trace_id == trace_id))
        if key is not None:
            self._end(connection, key, picture_state(finding.suggestion), finding.label)

    @writing
    def check_later(self, connection: Connection, key: str, *, at: datetime) -> None:
        connection.execute(update(media_checks).where(_is(key), _waits()).values(next_check_at=at))

    @writing
    def give_up(self, connection: Connection, key: str) -> None:
        self._end(connection, key, "unanswered", None)

    @reading
    def due(self, connection: Connection, *, now: datetime, limit: int) -> list[MediaCheck]:
        """Waiting too long for an answer, or for somebody who takes the question."""
        waiting = select(*COLUMNS).where(media_checks.c.next_check_at <= now)
        rows = connection.execute(waiting.order_by(media_checks.c.next_check_at).limit(limit)).mappings()
        return [as_record(MediaCheck, row) for row in rows]

    @writing
    def purge(self, connection: Connection, *, before: datetime, limit: int) -> int:
        """Forget old traces: WeChat answers within half an hour."""
        old = select(media_traces.c.trace_id).where(media_traces.c.created_at < before)
        traces = list(connection.scalars(old.order_by(media_traces.c.created_at).limit(limit)))
        if traces:
            connection.execute(delete(media_traces).where(media_traces.c.trace_id.in_(traces)))
        return len(traces)

    @writing
    def forget(self, connection: Connection, key: str) -> None:
        """The picture is gone."""
        connection.execute(delete(media_traces).where(media_traces.c.object_key == key))
        connection.execute(delete(media_checks).where(_is(key)))

    def _trace(self, connection: Connection, trace_id: str, *, now: datetime, **known: str | int) -> Finding | None:
        """What is known of the question, with `known` added; the answer, if it was there before.

        Two that write the same trace at once: the later one meets the primary key, starts again and finds the row.
        """
        of_it = media_traces.c.trace_id == trace_id
        row = connection.execute(select(media_traces).where(of_it).with_for_update()).mappings().one_or_none()
        if row is None:
            connection.execute(insert(media_traces).values(trace_id=trace_id, created_at=now, **known))
            return None
        connection.execute(update(media_traces).where(of_it).values(known))
        return Finding(row["suggestion"], row["label"]) if row["suggestion"] else None

    def _end(self, connection: Connection, key: str, state: MediaState, label: int | None) -> None:
        """The first answer stays, but one that comes late is better than none."""
        open_one = media_checks.c.state.in_(("waiting", "unanswered"))
        ended = {"state": state, "label": label, "next_check_at": None}
        connection.execute(update(media_checks).where(_is(key), open_one).values(ended))


def _is(key: str) -> ColumnElement[bool]:
    return media_checks.c.object_key == key


def _waits() -> ColumnElement[bool]:
    return media_checks.c.state == "waiting"
