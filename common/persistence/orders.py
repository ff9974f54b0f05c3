"""Orders: opened, settled exactly once on evidence, or closed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, RowMapping, Update, insert, or_, select, update

from common.domain.orders import Order, OrderNumber, PaymentEvidence, PrepayId
from common.domain.users import UserId
from common.errors import NotFound, NotificationRefused
from common.persistence import ledger
from common.persistence.store import Store, as_record, reading, writing
from common.persistence.tables import orders


class SqlOrderStore(Store):
    @writing
    def add(self, connection: Connection, order: Order) -> None:
        """The vendor can be asked about it at once. Raises Conflict for a number that exists."""
        connection.execute(insert(orders).values(**vars(order), next_question_at=order.created_at))

    @writing
    def set_prepay(self, connection: Connection, number: OrderNumber, prepay_id: PrepayId) -> None:
        """Raises NotFound."""
        if not connection.execute(_order(number).values(prepay_id=prepay_id)).rowcount:
            raise NotFound(what="order")

    @reading
    def find(self, connection: Connection, number: OrderNumber) -> Order | None:
        row = _row(connection, number)
        return as_record(Order, row) if row else None

    @reading
    def list_of(self, connection: Connection, user_id: UserId, *, limit: int) -> list[Order]:
        """Newest first."""
        query = select(orders).where(orders.c.user_id == user_id)
        newest = query.order_by(orders.c.created_at.desc(), orders.c.number.desc()).limit(limit)
        return _records(connection.execute(newest).mappings().all())

    @writing
    def settle(
        self, connection: Connection, evidence: PaymentEvidence, *, now: datetime
    ) -> Literal["granted", "repeated"]:
        """created|paid|closed → granted with its ledger entry, in one transaction; "repeated" when granted before.

        The caller has compared the evidence with the order. A payment that arrives after we closed is granted too:
        the money was taken. Raises NotFound, NotificationRefused for another transaction_id.
        """
        row = _row(connection, evidence.number)
        if row is None:
            raise NotFound(what="order")
        _refuse_reused(connection, evidence, provider=row["provider"])
        if not connection.execute(_granting(evidence, now)).rowcount:
            return _repeated(connection, evidence)
        amount = int(row["credits"])
        ledger.grant(connection, UserId(row["user_id"]), f"order/{evidence.number}", "purchase", amount, now=now)
        return "granted"

    @writing
    def close(self, connection: Connection, number: OrderNumber, *, now: datetime) -> bool:
        """created → closed; False when the order was not open any more."""
        open_order = _order(number).where(orders.c.state == "created")
        return connection.execute(open_order.values(state="closed", ended_at=now)).rowcount == 1

    @reading
    def open_orders(self, connection: Connection, *, now: datetime, limit: int) -> list[Order]:
        """Orders in `created` whose next question to the vendor is due, oldest first."""
        query = select(orders).where(orders.c.state == "created", orders.c.next_question_at <= now)
        oldest = query.order_by(orders.c.created_at, orders.c.number).limit(limit)
        return _records(connection.execute(oldest).mappings().all())

    @writing
    def asked(self, connection: Connection, number: OrderNumber, *, next_at: datetime) -> None:
        """Remember when to ask the vendor again."""
        connection.execute(_order(number).values(next_question_at=next_at))


def _row(connection: Connection, number: OrderNumber) -> RowMapping | None:
    return connection.execute(select(orders).where(orders.c.number == number)).mappings().one_or_none()


def _records(rows: Sequence[RowMapping]) -> list[Order]:
    return [as_record(Order, row) for row in rows]


def _order(number: OrderNumber) -> Update:
    return update(orders).where(orders.c.number == number)


def _granting(evidence: PaymentEvidence, now: datetime) -> Update:
    """Of many who run this for one order at once, the database lets one change the row."""
    theirs = or_(orders.c.transaction_id.is_(None), orders.c.transaction_id == evidence.transaction_id)
    return (
        _order(evidence.number)
        .where(orders.c.state.in_(("created", "paid", "closed")), theirs)
        .values(state="granted", transaction_id=evidence.transaction_id, paid_at=evidence.paid_at, ended_at=now)
    )


def _refuse_reused(connection: Connection, evidence: PaymentEvidence, *, provider: str) -> None:
    """One payment pays for one order; two orders at the same moment are kept apart by the unique index."""
    reused = select(orders.c.number).where(
        orders.c.provider == provider,
        orders.c.transaction_id == evidence.transaction_id,
        orders.c.number != evidence.number,
    )
    if connection.execute(reused).first() is not None:
        raise NotificationRefused(mismatch="transaction_of_another_order")


def _repeated(connection: Connection, evidence: PaymentEvidence) -> Literal["repeated"]:
    row = _row(connection, evidence.number)
    if row is None or row["transaction_id"] != evidence.transaction_id:
        raise NotificationRefused(mismatch="transaction")
    return "repeated"
