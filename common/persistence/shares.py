"""Shares by the digest of their token; the token itself is encrypted, for the list of its owner."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, delete, insert, or_, select, update

from common.domain.pipeline import ResumeId
from common.domain.sharing import Share, ShareId, ShareState, token_digest
from common.domain.users import UserId
from common.persistence.database import Database
from common.persistence.store import Store, as_record, reading, writing
from common.persistence.tables.sharing import shares


class Encrypt(Protocol):
    """`context` binds a ciphertext to one column of one row."""

    def __call__(self, text: str, *, context: str) -> bytes: ...


class Decrypt(Protocol):
    def __call__(self, sealed: bytes, *, context: str) -> str: ...


class SqlShareStore(Store):
    def __init__(self, database: Database, *, encrypt: Encrypt, decrypt: Decrypt) -> None:
        super().__init__(database)
        self._encrypt, self._decrypt = encrypt, decrypt

    @writing
    def add(self, connection: Connection, share: Share, *, next_check_at: datetime | None) -> None:
        """`next_check_at`: when a held share is checked again."""
        sealed = self._encrypt(share.token, context=_place(share.id))
        own = {**vars(share), "token": sealed, "token_sha256": token_digest(share.token)}
        connection.execute(insert(shares).values(**own, next_check_at=next_check_at))

    @reading
    def find(self, connection: Connection, token: str) -> Share | None:
        """By its token, ended ones too."""
        row = connection.execute(_selected(shares.c.token_sha256 == token_digest(token))).mappings().one_or_none()
        return self._share(row) if row else None

    @reading
    def list_of(self, connection: Connection, user_id: UserId, *, now: datetime, limit: int) -> list[Share]:
        """Those that are not over, newest first."""
        live = _selected(shares.c.user_id == user_id, shares.c.ended_at.is_(None), shares.c.expires_at > now)
        newest = live.order_by(shares.c.created_at.desc(), shares.c.id).limit(limit)
        return [self._share(row) for row in connection.execute(newest).mappings()]

    @writing
    def withdraw(self, connection: Connection, share_id: ShareId, *, now: datetime) -> None:
        """Shown or held → withdrawn."""
        self._end(connection, share_id, ("shown", "held"), "withdrawn", now)

    @writing
    def checked(self, connection: Connection, share_id: ShareId, state: ShareState, *, now: datetime) -> None:
        """Held → shown or refused."""
        if state == "refused":
            self._end(connection, share_id, ("held",), "refused", now)
        else:
            held = update(shares).where(shares.c.id == share_id, shares.c.state == "held")
            connection.execute(held.values(state=state, next_check_at=None))

    @writing
    def check_later(self, connection: Connection, share_id: ShareId, *, at: datetime) -> None:
        held = update(shares).where(shares.c.id == share_id, shares.c.state == "held")
        connection.execute(held.values(next_check_at=at))

    @writing
    def count_view(self, connection: Connection, share_id: ShareId) -> None:
        connection.execute(update(shares).where(shares.c.id == share_id).values(views=shares.c.views + 1))

    @reading
    def due(self, connection: Connection, *, now: datetime, limit: int) -> list[Share]:
        """Held ones that are to be checked by now, the longest due first."""
        rows = connection.execute(
            _selected(shares.c.next_check_at <= now).order_by(shares.c.next_check_at).limit(limit)
        )
        return [self._share(row) for row in rows.mappings()]

    @reading
    def ended(self, connection: Connection, *, before: datetime, limit: int) -> list[Share]:
        """Over since before `before`: nobody needs to be told any more why they are gone."""
        over = _selected(or_(shares.c.ended_at < before, shares.c.expires_at < before))
        return [self._share(row) for row in connection.execute(over.order_by(shares.c.id).limit(limit)).mappings()]

    @writing
    def delete(self, connection: Connection, share_ids: Sequence[ShareId]) -> None:
        connection.execute(delete(shares).where(shares.c.id.in_(share_ids)))

    @reading
    def of_resume(self, connection: Connection, resume_id: ResumeId) -> list[Share]:
        return [self._share(row) for row in connection.execute(_selected(shares.c.resume_id == resume_id)).mappings()]

    def _end(
        self, connection: Connection, share_id: ShareId, states: Sequence[ShareState], to: ShareState, now: datetime
    ) -> None:
        live = update(shares).where(shares.c.id == share_id, shares.c.state.in_(states))
        connection.execute(live.values(state=to, ended_at=now, next_check_at=None))

    def _share(self, row: RowMapping) -> Share:
        return as_record(Share, {**row, "token": self._decrypt(row["token"], context=_place(row["id"]))})


def _selected(*conditions: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    return select(shares).where(*conditions)


def _place(share_id: str) -> str:
    return f"shares.token:{share_id}"
