"""Orders: opened, settled exactly once on evidence, or closed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, RowMapping, Update, insert, or_, select, update

from common.domain.orders import Order, OrderEvent, OrderNumber, OrderState, PaymentEvidence, PrepayId, Source
from common.domain.users import UserId
from common.errors import NotFound, NotificationRefused
from common.persistence import ledger, order_events
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

    @reading
    def newest(self, connection: Connection, *, state: OrderState | None, limit: int) -> list[Order]:
        """Of all users, for the operator."""
        query = select(orders).where(orders.c.state == state) if state else select(orders)
        newest = query.order_by(orders.c.created_at.desc(), orders.c.number.desc()).limit(limit)
        return _records(connection.execute(newest).mappings().all())

    @writing
    def settle(
        self,
        connection: Connection,
        evidence: PaymentEvidence,
        *,
        source: Source,
        now: datetime,
        ask_at: datetime | None,
    ) -> Literal["granted", "repeated"]:
        """created|paid|closed → granted with its ledger entry, in one transaction; "repeated" when it had ended before.

        The caller has compared the evidence with the order. A payment that arrives after we closed is granted too:
        the money was taken; one that was refunded meanwhile is not. `ask_at`: when the vendor is to be told of the
        delivery. Raises NotFound, NotificationRefused for another transaction_id.
        """
        row = _row(connection, evidence.number)
        if row is None:
            raise NotFound(what="order")
        outcome: Literal["granted", "repeated"] = "repeated"
        if not _has_ended(row, evidence) and _end_paid(connection, row, evidence, "granted", now=now, ask_at=ask_at):
            outcome = "granted"
            user_id, amount = UserId(row["user_id"]), int(row["credits"])
            ledger.grant(connection, user_id, f"order/{evidence.number}", "purchase", amount, now=now)
        order_events.note(connection, evidence.number, source, outcome, now=now)
        return outcome

    @writing
    def settle_refunded(
        self, connection: Connection, evidence: PaymentEvidence, *, source: Source, now: datetime
    ) -> bool:
        """created|closed → refunded: paid and paid back before we knew of it, so it buys nothing.

        False when we knew. Raises NotFound, NotificationRefused for another transaction_id.
        """
        row = _row(connection, evidence.number)
        if row is None:
            raise NotFound(what="order")
        ended = _end_paid(connection, row, evidence, "refunded", now=now, ask_at=None)
        if ended:
            order_events.note(connection, evidence.number, source, "refunded before it was granted", now=now)
        return ended

    @writing
    def close(self, connection: Connection, number: OrderNumber, *, now: datetime, ask_at: datetime | None) -> bool:
        """created → closed, and a last look at `ask_at`; False when the order was not open any more."""
        open_order = _order(number).where(orders.c.state == "created")
        closed = open_order.values(state="closed", ended_at=now, next_question_at=ask_at)
        return connection.execute(closed).rowcount == 1

    @reading
    def due(self, connection: Connection, *, now: datetime, limit: int) -> list[Order]:
        """Orders about which there is something to ask or tell by now, longest due first."""
        query = select(orders).where(orders.c.next_question_at <= now)
        oldest = query.order_by(orders.c.next_question_at, orders.c.number).limit(limit)
        return _records(connection.execute(oldest).mappings().all())

    @writing
    def asked(self, connection: Connection, order: Order, *, next_at: datetime | None) -> None:
        """Remember when to ask again, unless the order has got further since it was read."""
        same = _order(order.number).where(orders.c.state == order.state)
        connection.execute(same.values(next_question_at=next_at))

    @writing
    def note(self, connection: Connection, number: OrderNumber, source: Source, outcome: str, *, now: datetime) -> None:
        """Keep that somebody told us of this order, and what came of it. Nothing for an order we do not have."""
        if _row(connection, number) is not None:
            order_events.note(connection, number, source, outcome, now=now)

    @reading
    def events(self, connection: Connection, number: OrderNumber) -> list[OrderEvent]:
        """Oldest first."""
        return order_events.events_of(connection, number)


def _row(connection: Connection, number: OrderNumber) -> RowMapping | None:
    return connection.execute(select(orders).where(orders.c.number == number)).mappings().one_or_none()


def _records(rows: Sequence[RowMapping]) -> list[Order]:
    return [as_record(Order, row) for row in rows]


def _order(number: OrderNumber) -> Update:
    return update(orders).where(orders.c.number == number)


def _has_ended(row: RowMapping, evidence: PaymentEvidence) -> bool:
    """Repetitions are the commonest notifications, so they only read."""
    return row["state"] in ("granted", "refunded") and row["transaction_id"] == evidence.transaction_id


def _end_paid(
    connection: Connection,
    order: RowMapping,
    evidence: PaymentEvidence,
    state: Literal["granted", "refunded"],
    *,
    now: datetime,
    ask_at: datetime | None,
) -> bool:
    """Of many who run this for one order at once, the database lets one change the row."""
    _refuse_reused(connection, evidence, provider=order["provider"])
    theirs = or_(orders.c.transaction_id.is_(None), orders.c.transaction_id == evidence.transaction_id)
    ending = (
        _order(evidence.number)
        .where(orders.c.state.in_(("created", "paid", "closed")), theirs)
        .values(
            state=state,
            transaction_id=evidence.transaction_id,
            paid_at=evidence.paid_at,
            ended_at=now,
            next_question_at=ask_at,
        )
    )
    if connection.execute(ending).rowcount:
        return True
    row = _row(connection, evidence.number)
    if row is None or row["transaction_id"] != evidence.transaction_id:
        raise NotificationRefused(mismatch="transaction")
    return False


def _refuse_reused(connection: Connection, evidence: PaymentEvidence, *, provider: str) -> None:
    """One payment pays for one order; two orders at the same moment are kept apart by the unique index."""
    reused = select(orders.c.number).where(
        orders.c.provider == provider,
        orders.c.transaction_id == evidence.transaction_id,
        orders.c.number != evidence.number,
    )
    if connection.execute(reused).first() is not None:
        raise NotificationRefused(mismatch="transaction_of_another_order")
