"""Orders: opened, settled exactly once on evidence, or closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, RowMapping, Update, bindparam, insert, or_, select, update

from common.domain.orders import Order
from common.domain.users import UserId
from common.errors import Conflict, NotFound, NotificationRefused
from common.persistence import ledger, order_events
from common.persistence.store import Store, as_record, reading, writing
from common.persistence.tables.orders import orders

if TYPE_CHECKING:
    from common.domain.orders import OrderEvent, OrderNumber, OrderState, PaymentEvidence, PrepayId, Source

#: Built once: putting a statement together takes longer than sending it.
_FIND = select(orders).where(orders.c.number == bindparam("wanted"))
_TERMS = select(orders.c.user_id, orders.c.credits, orders.c.state, orders.c.transaction_id).where(
    orders.c.number == bindparam("wanted")
)
_END = update(orders).where(
    orders.c.number == bindparam("wanted"),
    or_(orders.c.state == "created", orders.c.state == "paid", orders.c.state == "closed"),
    or_(orders.c.transaction_id.is_(None), orders.c.transaction_id == bindparam("payment")),
)


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

    def settle(
        self, evidence: PaymentEvidence, *, source: Source, now: datetime, ask_at: datetime | None
    ) -> Literal["granted", "repeated"]:
        """created|paid|closed → granted with its ledger entry, in one transaction; "repeated" when it had ended before.

        The caller has compared the evidence with the order. A payment that arrives after we closed is granted too:
        the money was taken; one that was refunded meanwhile is not. `ask_at`: when the vendor is to be told of the
        delivery. Raises NotFound, NotificationRefused for another transaction_id.
        """
        with _one_payment_for_one_order():
            return self._settle(evidence, source, now, ask_at)

    def settle_refunded(self, evidence: PaymentEvidence, *, source: Source, now: datetime) -> bool:
        """created|closed → refunded: paid and paid back before we knew of it, so it buys nothing.

        False when we knew. Raises NotFound, NotificationRefused for another transaction_id.
        """
        with _one_payment_for_one_order():
            return self._settle_refunded(evidence, source, now)

    @writing
    def _settle(
        self, connection: Connection, evidence: PaymentEvidence, source: Source, now: datetime, ask_at: datetime | None
    ) -> Literal["granted", "repeated"]:
        terms = _terms(connection, evidence.number)
        if _has_ended(terms, evidence) or not _end_paid(connection, evidence, "granted", now=now, ask_at=ask_at):
            order_events.note(connection, evidence.number, source, "repeated", now=now)
            return "repeated"
        key, user_id = f"order/{evidence.number}", UserId(terms.user_id)
        ledger.add(connection, user_id, key, "purchase", int(terms.credits), now=now)
        order_events.add(connection, evidence.number, source, "granted", now=now)
        return "granted"

    @writing
    def _settle_refunded(
        self, connection: Connection, evidence: PaymentEvidence, source: Source, now: datetime
    ) -> bool:
        terms = _terms(connection, evidence.number)
        if _has_ended(terms, evidence) or not _end_paid(connection, evidence, "refunded", now=now, ask_at=None):
            return False
        order_events.add(connection, evidence.number, source, "refunded before it was granted", now=now)
        return True

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


@contextmanager
def _one_payment_for_one_order() -> Iterator[None]:
    """The unique index refuses a transaction_id that is taken; this says what that means."""
    try:
        yield
    except Conflict:
        raise NotificationRefused(mismatch="transaction_of_another_order") from None


def _row(connection: Connection, number: OrderNumber) -> RowMapping | None:
    return connection.execute(_FIND, {"wanted": number}).mappings().one_or_none()


def _terms(connection: Connection, number: OrderNumber) -> Any:
    """What settling has to know of an order."""
    row = connection.execute(_TERMS, {"wanted": number}).one_or_none()
    if row is None:
        raise NotFound(what="order")
    return row


def _records(rows: Sequence[RowMapping]) -> list[Order]:
    return [as_record(Order, row) for row in rows]


def _order(number: OrderNumber) -> Update:
    return update(orders).where(orders.c.number == number)


def _has_ended(terms: Any, evidence: PaymentEvidence) -> bool:
    """Repetitions are the commonest notifications, so they only read."""
    return terms.state in ("granted", "refunded") and terms.transaction_id == evidence.transaction_id


def _end_paid(
    connection: Connection,
    evidence: PaymentEvidence,
    state: Literal["granted", "refunded"],
    *,
    now: datetime,
    ask_at: datetime | None,
) -> bool:
    """Of many who run this for one order at once, the database lets one change the row."""
    paid = {"transaction_id": evidence.transaction_id, "paid_at": evidence.paid_at}
    ended = {"state": state, "ended_at": now, "next_question_at": ask_at}
    if connection.execute(
        _END, {"wanted": evidence.number, "payment": evidence.transaction_id, **paid, **ended}
    ).rowcount:
        return True
    if _terms(connection, evidence.number).transaction_id != evidence.transaction_id:
        raise NotificationRefused(mismatch="transaction")
    return False
