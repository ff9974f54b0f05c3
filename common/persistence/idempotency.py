"""Idempotency keys: the first request with a key runs, later ones get its answer."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from common.domain.users import UserId
from common.errors import IdempotencyKeyReused, RequestInProgress
from common.persistence.store import Store, writing
from common.persistence.tables.operations import idempotency_keys


class SqlIdempotencyStore(Store):
    @writing
    def begin(
        self,
        connection: Connection,
        key: str,
        *,
        fingerprint: str,
        now: datetime,
        lease_s: float,
        owner: UserId | None = None,
    ) -> tuple[int, str] | None:
        """None: go ahead. Else the first answer (status, body). Raises IdempotencyKeyReused, RequestInProgress.

        The answer goes when its `owner` leaves. A request that died without an answer keeps its key for `lease_s` only.
        """
        row = connection.execute(select(idempotency_keys).where(_is(key)).with_for_update()).one_or_none()
        lease_until = now + timedelta(seconds=lease_s)
        if row is None:
            first = {"key_sha256": _digest(key), "fingerprint": fingerprint, "created_at": now}
            connection.execute(insert(idempotency_keys).values(**first, lease_until=lease_until, user_id=owner))
            return None
        answer = _answer(row, fingerprint, now)
        if answer is None:
            connection.execute(update(idempotency_keys).where(_is(key)).values(lease_until=lease_until))
        return answer

    @writing
    def finish(self, connection: Connection, key: str, *, status: int, body: str, now: datetime) -> None:
        """Keep the answer; the first one stays. `body` is stored as it is, so the caller encrypts what is private."""
        open_key = update(idempotency_keys).where(_is(key), idempotency_keys.c.status.is_(None))
        connection.execute(open_key.values(status=status, body=body, lease_until=now))

    @writing
    def purge(self, connection: Connection, *, before: datetime, limit: int) -> int:
        """Forget keys that began before `before`, oldest first and at most `limit`; how many."""
        columns = idempotency_keys.c
        old = select(columns.key_sha256).where(columns.created_at < before).order_by(columns.created_at).limit(limit)
        keys = list(connection.scalars(old))
        if keys:
            connection.execute(delete(idempotency_keys).where(columns.key_sha256.in_(keys)))
        return len(keys)

    @writing
    def abandon(self, connection: Connection, key: str) -> None:
        """The request failed in a way that changed nothing: the key is free again."""
        connection.execute(delete(idempotency_keys).where(_is(key), idempotency_keys.c.status.is_(None)))


def _digest(key: str) -> str:
    """Callers choose keys, so their length and characters are not left to a column."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _is(key: str) -> ColumnElement[bool]:
    return idempotency_keys.c.key_sha256 == _digest(key)


def _answer(row: Row[Any], fingerprint: str, now: datetime) -> tuple[int, str] | None:
    if row.fingerprint != fingerprint:
        raise IdempotencyKeyReused
    if row.status is not None:
        return row.status, row.body
    if row.lease_until > now:
        raise RequestInProgress
    return None
