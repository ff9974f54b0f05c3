"""Credits of one user: balance, welcome gift, and holds that end captured or released."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, select

from common.clock import new_id
from common.domain.credits import Balance, Hold, HoldId, LedgerEntry
from common.errors import Conflict, CreditsExhausted
from common.persistence import ledger
from common.persistence.store import Store, as_record, reading, writing
from common.persistence.tables.accounts import past_welcomes, users
from common.persistence.tables.credits import credit_accounts, credit_holds, credit_ledger

if TYPE_CHECKING:
    from common.domain.users import UserId

#: How many expired holds one sweep gives back; the next sweep takes the rest.
RELEASED_AT_ONCE = 500


class SqlCreditStore(Store):
    @reading
    def balance(self, connection: Connection, user_id: UserId) -> Balance:
        """Nothing for a user we do not know."""
        row = connection.execute(select(credit_accounts).where(credit_accounts.c.user_id == user_id)).one_or_none()
        return Balance(row.ledger, row.held) if row else Balance(0, 0)

    @reading
    def entries(self, connection: Connection, keys: Sequence[str]) -> list[LedgerEntry]:
        """Of these occasions, oldest first."""
        query = select(credit_ledger).where(credit_ledger.c.entry_key.in_(keys)).order_by(credit_ledger.c.created_at)
        return [as_record(LedgerEntry, row) for row in connection.execute(query).mappings()]

    @writing
    def grant_welcome(self, connection: Connection, user_id: UserId, amount: int, *, now: datetime) -> bool:
        """Once per person, who is told by the openid: not again after the account was erased and made anew.

        Safe to call at every login; True when this call did it. Raises NotFound.
        """
        ledger.lock_account(connection, user_id)
        entries = credit_ledger.c
        welcomed = select(entries.id).where(entries.user_id == user_id, entries.reason == "welcome")
        if connection.execute(welcomed).first():
            return False
        openid = connection.execute(select(users.c.openid).where(users.c.id == user_id)).scalar_one()
        person = person_sha256(openid)
        if connection.execute(select(past_welcomes).where(past_welcomes.c.person_sha256 == person)).first():
            return False
        return ledger.grant(connection, user_id, f"welcome/{person}", "welcome", amount, now=now)

    @writing
    def place_hold(
        self, connection: Connection, user_id: UserId, key: str, amount: int, *, now: datetime, expires_at: datetime
    ) -> Hold:
        """Safe to repeat: the same key is the same hold, in whatever state it is by now.

        Raises CreditsExhausted, NotFound for an unknown user, Conflict for a key of somebody else.
        """
        available = ledger.lock_account(connection, user_id).available
        known = ledger.find_hold(connection, key)
        if known is not None:
            return _own(known, user_id)
        columns = credit_accounts.c
        enough = ledger.account_of(user_id).where(columns.ledger - columns.held >= amount)
        if not connection.execute(enough.values(held=columns.held + amount)).rowcount:
            raise CreditsExhausted(needed=amount, available=available)
        hold = Hold(HoldId(new_id("h_")), user_id, key, amount, "held", expires_at)
        connection.execute(insert(credit_holds).values(**vars(hold), created_at=now))
        return hold

    @writing
    def capture_hold(self, connection: Connection, key: str, *, now: datetime) -> bool:
        """Spend what is held; False when there is no live hold (already captured, released or never placed)."""
        return ledger.capture(connection, key, now=now)

    @writing
    def release_hold(self, connection: Connection, key: str, *, now: datetime) -> bool:
        """Give back what is held; False when there is no live hold."""
        return ledger.release(connection, key, now=now)

    def release_expired(self, *, now: datetime) -> int:
        """Give back the holds that nobody ended in time, each in its own transaction; how many there were."""
        return sum(self.release_hold(key, now=now) for key in self._expired(now))

    @reading
    def _expired(self, connection: Connection, now: datetime) -> list[str]:
        holds = credit_holds.c
        query = select(holds.key).where(holds.state == "held", holds.expires_at <= now)
        return list(connection.scalars(query.order_by(holds.expires_at).limit(RELEASED_AT_ONCE)))


def person_sha256(openid: str) -> str:
    """Somebody without their openid: all that is kept of people who left, so that nobody is welcomed twice."""
    return hashlib.sha256(openid.encode()).hexdigest()


def _own(hold: Hold, user_id: UserId) -> Hold:
    if hold.user_id != user_id:
        raise Conflict(what="hold")
    return hold
