"""The books check: every row that money or credits hang on is found again where it has to be, in one snapshot."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, literal, or_, select
from sqlalchemy.sql.selectable import FromClause

from common.domain.books import Discrepancy, Totals
from common.persistence.store import Store
from common.persistence.tables.accounts import users
from common.persistence.tables.credits import credit_accounts, credit_holds, credit_ledger
from common.persistence.tables.orders import orders, refunds

#: So many rows of each rule are named; a broken migration could break them all.
MOST = 100

#: What is broken, and a query for the names of the rows that break it.
Rule = tuple[str, Select[Any]]

_entries, _holds, _orders, _refunds = credit_ledger.c, credit_holds.c, orders.c, refunds.c


class SqlBooks(Store):
    def discrepancies(self) -> list[Discrepancy]:
        """Empty when all is well. What other transactions do meanwhile is not seen."""
        return self._database.run(_all_discrepancies, write=False, snapshot=True)

    def totals(self) -> Totals:
        """Sums over everything, from one snapshot."""
        return self._database.run(_totals, write=False, snapshot=True)


def _all_discrepancies(connection: Connection) -> list[Discrepancy]:
    return [
        Discrepancy(rule, str(row))
        for rule, query in (*_accounts(), *_captures(), *_purchases(), *_refunded())
        for row in connection.scalars(query.limit(MOST))
    ]


def _accounts() -> Iterator[Rule]:
    """Balances against the rows they are the sum of."""
    accounts = credit_accounts.c
    yield (
        "balance is not the sum of the user's ledger",
        _sum_differs(accounts.ledger, select(_entries.user_id, func.sum(_entries.amount).label("total"))),
    )
    live = select(_holds.user_id, func.sum(_holds.amount).label("total")).where(_holds.state == "held")
    yield "held credits are not the sum of the user's live holds", _sum_differs(accounts.held, live)
    owner = exists().where(accounts.user_id == users.c.id)
    yield "user has no credit account", select(users.c.id).where(~owner)
    welcomed = select(_entries.user_id).where(_entries.reason == "welcome").group_by(_entries.user_id)
    yield "user was welcomed more than once", welcomed.having(func.count() > 1)


def _sum_differs(kept: ColumnElement[int], sums: Select[Any]) -> Select[Any]:
    summed = sums.group_by(sums.selected_columns[0]).subquery()
    accounts = credit_accounts.c
    joined = credit_accounts.outerjoin(summed, summed.c.user_id == accounts.user_id)
    return select(accounts.user_id).select_from(joined).where(kept != func.coalesce(summed.c.total, 0))


def _captures() -> Iterator[Rule]:
    """Captured holds and what was spent are the same rows seen from two sides."""
    captured = _holds.state == "captured"
    own = and_(_entries.user_id == _holds.user_id, _entries.amount == -_holds.amount)
    yield from _two_sides("capture", "hold", credit_holds, _holds.key, captured, own)


def _purchases() -> Iterator[Rule]:
    """An order grants exactly its credits; one that was refunded before we knew of it never did."""
    paid_back = exists().where(_refunds.order_number == _orders.number, _refunds.state == "done")
    granted = or_(_orders.state == "granted", and_(_orders.state == "refunded", paid_back))
    own = and_(_entries.user_id == _orders.user_id, _entries.amount == _orders.credits)
    yield from _two_sides("purchase", "order", orders, _orders.number, granted, own)


def _refunded() -> Iterator[Rule]:
    """A refund takes its credits, gives them back if it failed, and ends its order if it did not."""
    of_refund = refunds.join(orders, _orders.number == _refunds.order_number)
    taken = and_(_entries.user_id == _orders.user_id, _entries.amount == -_refunds.credits)
    yield from _two_sides("refund", "refund", of_refund, _refunds.number, _refunds.credits > 0, taken)
    given_back = and_(_entries.user_id == _orders.user_id, _entries.amount == _refunds.credits)
    failed = and_(_refunds.state == "failed", _refunds.credits > 0)
    yield from _two_sides("refund_failed", "refund_failed", of_refund, _refunds.number, failed, given_back)
    joined = select(_refunds.number).select_from(of_refund)
    yield (
        "refund is done and its order is not refunded",
        joined.where(_refunds.state == "done", _orders.state != "refunded"),
    )
    yield (
        "refund is under way and its order not granted",
        joined.where(_refunds.state == "asked", _orders.state != "granted"),
    )
    yield "refund is of another amount than its order", joined.where(_refunds.amount_fen != _orders.amount_fen)
    yield "refund takes more credits than its order gave", joined.where(_refunds.credits > _orders.credits)


def _two_sides(
    reason: str,
    prefix: str,
    rows: FromClause,
    key: ColumnElement[str],
    counts: ColumnElement[bool],
    own: ColumnElement[bool],
) -> Iterator[Rule]:
    """Every row that counts has its own entry, and every entry its row. Each side is looked up by its unique key."""
    of_reason = and_(_entries.reason == reason, own)
    entry = exists().where(_entries.entry_key == literal(f"{prefix}/") + key, of_reason)
    yield f"{prefix} has no {reason} in the ledger", select(key).select_from(rows).where(counts, ~entry)
    row = exists().select_from(rows).where(key == func.substr(_entries.entry_key, len(prefix) + 2), counts, own)
    yield f"{reason} in the ledger has no {prefix}", select(_entries.entry_key).where(_entries.reason == reason, ~row)


def _totals(connection: Connection) -> Totals:
    def total(amount: ColumnElement[int], *conditions: ColumnElement[bool]) -> int:
        return int(connection.scalar(select(func.coalesce(func.sum(amount), 0)).where(*conditions)) or 0)

    paid_back = exists().where(_refunds.order_number == _orders.number, _refunds.state == "done")
    return Totals(
        balances=total(credit_accounts.c.ledger),
        ledger=total(_entries.amount),
        welcome=total(_entries.amount, _entries.reason == "welcome"),
        orders=total(case((or_(_orders.state == "granted", paid_back), _orders.credits), else_=0)),
        captured=total(_holds.amount, _holds.state == "captured"),
        refunds=total(_refunds.credits, _refunds.state.in_(("asked", "done"))),
    )
