"""Moves credits inside somebody else's transaction, so that money and what it was for commit together.

Everyone who moves a user's credits changes that user's account row and therefore queues for it: an entry, the balance
and the hold never disagree, and a conditional UPDATE, not a value read earlier, decides whether credits suffice.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Connection, RowMapping, Update, bindparam, insert, select, update

from common.clock import new_id
from common.domain.credits import Balance, Hold
from common.domain.users import UserId
from common.errors import NotFound
from common.persistence.store import as_record
from common.persistence.tables.credits import credit_accounts, credit_holds, credit_ledger

if TYPE_CHECKING:
    from common.domain.credits import HoldState, LedgerReason

#: Built once: putting a statement together takes longer than sending it.
_LOCK = select(credit_accounts).where(credit_accounts.c.user_id == bindparam("owner")).with_for_update()
_ADD = (
    update(credit_accounts)
    .where(credit_accounts.c.user_id == bindparam("owner"))
    .values(ledger=credit_accounts.c.ledger + bindparam("gain"))
)
_ENTER = insert(credit_ledger)


def account_of(user_id: UserId) -> Update:
    return update(credit_accounts).where(credit_accounts.c.user_id == user_id)


def lock_account(connection: Connection, user_id: UserId) -> Balance:
    """From here to the end of the transaction nobody else moves this user's credits. Raises NotFound."""
    row = connection.execute(_LOCK, {"owner": user_id}).one_or_none()
    if row is None:
        raise NotFound(what="user")
    return Balance(row.ledger, row.held)


def grant(
    connection: Connection, user_id: UserId, entry_key: str, reason: LedgerReason, amount: int, *, now: datetime
) -> bool:
    """Add `amount` (> 0) once per `entry_key`; False when that was done before. Raises NotFound."""
    lock_account(connection, user_id)
    known = select(credit_ledger.c.id).where(credit_ledger.c.entry_key == entry_key)
    if connection.execute(known).one_or_none():
        return False
    add(connection, user_id, entry_key, reason, amount, now=now)
    return True


def add(
    connection: Connection, user_id: UserId, entry_key: str, reason: LedgerReason, amount: int, *, now: datetime
) -> None:
    """Add `amount` (> 0) for an occasion that the caller knows to be new; the unique key stands behind that. Raises NotFound."""
    if not connection.execute(_ADD, {"owner": user_id, "gain": amount}).rowcount:
        raise NotFound(what="user")
    _enter(connection, user_id, entry_key, reason, amount, now)


def take(
    connection: Connection, user_id: UserId, entry_key: str, reason: LedgerReason, amount: int, *, now: datetime
) -> None:
    """Take `amount` (> 0) of what is available; the caller has locked the account and knows that it suffices."""
    _enter(connection, user_id, entry_key, reason, -amount, now)
    connection.execute(_ADD, {"owner": user_id, "gain": -amount})


def find_hold(connection: Connection, key: str) -> Hold | None:
    row = connection.execute(select(credit_holds).where(credit_holds.c.key == key)).mappings().one_or_none()
    return as_record(Hold, row) if row else None


def capture(connection: Connection, key: str, *, now: datetime) -> bool:
    """Spend a live hold; False when there is none."""
    hold = _end(connection, key, "captured", now)
    if hold is None:
        return False
    user_id, amount = UserId(hold["user_id"]), int(hold["amount"])
    columns = credit_accounts.c
    connection.execute(account_of(user_id).values(ledger=columns.ledger - amount, held=columns.held - amount))
    _enter(connection, user_id, f"hold/{key}", "capture", -amount, now)
    return True


def release(connection: Connection, key: str, *, now: datetime) -> bool:
    """Give a live hold back; False when there is none."""
    hold = _end(connection, key, "released", now)
    if hold is None:
        return False
    connection.execute(account_of(UserId(hold["user_id"])).values(held=credit_accounts.c.held - hold["amount"]))
    return True


def _end(connection: Connection, key: str, state: Literal["captured", "released"], now: datetime) -> RowMapping | None:
    live: HoldState = "held"
    ended = connection.execute(
        update(credit_holds)
        .where(credit_holds.c.key == key, credit_holds.c.state == live)
        .values(state=state, ended_at=now)
    )
    if not ended.rowcount:
        return None
    return connection.execute(select(credit_holds).where(credit_holds.c.key == key)).mappings().one()


def _enter(
    connection: Connection, user_id: UserId, entry_key: str, reason: LedgerReason, amount: int, now: datetime
) -> None:
    entry = {"id": new_id("l_"), "user_id": user_id, "entry_key": entry_key, "reason": reason}
    connection.execute(_ENTER, {**entry, "amount": amount, "created_at": now})
