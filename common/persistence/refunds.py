"""Refunds: credits are taken back when one is asked for, and given back when it fails. Each step is one transaction."""

from datetime import datetime

from sqlalchemy import Connection, RowMapping, insert, select, update

from common.domain.orders import OrderNumber, Source
from common.domain.refunds import Refund, RefundNumber, RefundRequest
from common.domain.users import UserId
from common.errors import Conflict, CreditsExhausted, NotFound
from common.persistence import ledger, order_events
from common.persistence.store import Store, as_record, reading, writing
from common.persistence.tables.orders import orders, refunds


class SqlRefundStore(Store):
    @writing
    def open(self, connection: Connection, request: RefundRequest, *, now: datetime) -> Refund:
        """Take the credits back and remember that the money is to go back, all of it; the live refund if there is one.

        Raises NotFound, Conflict for an order that was not granted, and CreditsExhausted when some of the credits were
        spent or are held, unless forced: then what is there is taken.
        """
        order = _lock_order(connection, request.order_number)
        live = _live(connection, request.order_number)
        if live is not None:
            return live
        if order["state"] != "granted":
            raise Conflict(what="order", state=order["state"])
        needed, available = int(order["credits"]), ledger.lock_account(connection, UserId(order["user_id"])).available
        if available < needed and not request.force:
            raise CreditsExhausted(needed=needed, available=available)
        refund = Refund(
            request.number,
            request.order_number,
            order["amount_fen"],
            min(needed, available),
            request.reason,
            "asked",
            now,
        )
        _add(connection, refund, user_id=order["user_id"], ended_at=None)
        order_events.note(connection, request.order_number, "operator", "refund asked for", now=now)
        return refund

    @writing
    def record_outside(self, connection: Connection, request: RefundRequest, *, source: Source, now: datetime) -> bool:
        """A refund made at the vendor without us: what is left of the credits goes back, and the order is refunded.

        False when our books know of a refund of this order already, or never granted it. Raises NotFound.
        """
        order = _lock_order(connection, request.order_number)
        if order["state"] != "granted" or _live(connection, request.order_number) is not None:
            return False
        available = ledger.lock_account(connection, UserId(order["user_id"])).available
        taken = min(int(order["credits"]), available)
        refund = Refund(request.number, request.order_number, order["amount_fen"], taken, request.reason, "done", now)
        _add(connection, refund, user_id=order["user_id"], ended_at=now)
        _refund_order(connection, request.order_number, now)
        order_events.note(connection, request.order_number, source, "refunded at the vendor", now=now)
        return True

    @writing
    def done(self, connection: Connection, refund: Refund, *, source: Source, now: datetime) -> bool:
        """asked → done and the order refunded; False when it had ended before."""
        if not _end(connection, refund, now, state="done"):
            return False
        _refund_order(connection, refund.order_number, now)
        order_events.note(connection, refund.order_number, source, "refund done", now=now)
        return True

    @writing
    def failed(self, connection: Connection, refund: Refund, *, source: Source, now: datetime) -> bool:
        """asked → failed and the credits given back; False when it had ended before."""
        if not _end(connection, refund, now, state="failed", live_order=None):
            return False
        if refund.credits:
            order = _lock_order(connection, refund.order_number)
            key = f"refund_failed/{refund.number}"
            ledger.grant(connection, UserId(order["user_id"]), key, "refund_failed", refund.credits, now=now)
        order_events.note(connection, refund.order_number, source, "refund failed", now=now)
        return True

    @reading
    def find(self, connection: Connection, number: RefundNumber) -> Refund | None:
        row = connection.execute(select(refunds).where(refunds.c.number == number)).mappings().one_or_none()
        return as_record(Refund, row) if row else None

    @reading
    def of_order(self, connection: Connection, number: OrderNumber) -> list[Refund]:
        """Oldest first."""
        query = select(refunds).where(refunds.c.order_number == number).order_by(refunds.c.created_at)
        return [as_record(Refund, row) for row in connection.execute(query).mappings()]

    @reading
    def due(self, connection: Connection, *, now: datetime, limit: int) -> list[Refund]:
        """Refunds under way about which the vendor is to be asked by now, longest due first."""
        query = select(refunds).where(refunds.c.next_question_at <= now)
        oldest = query.order_by(refunds.c.next_question_at, refunds.c.number).limit(limit)
        return [as_record(Refund, row) for row in connection.execute(oldest).mappings()]

    @writing
    def asked(self, connection: Connection, refund: Refund, *, next_at: datetime) -> None:
        """Remember when to ask again, unless it has ended meanwhile."""
        open_refund = update(refunds).where(refunds.c.number == refund.number, refunds.c.state == "asked")
        connection.execute(open_refund.values(next_question_at=next_at))


def _lock_order(connection: Connection, number: OrderNumber) -> RowMapping:
    query = select(orders).where(orders.c.number == number).with_for_update()
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound(what="order")
    return row


def _live(connection: Connection, number: OrderNumber) -> Refund | None:
    row = connection.execute(select(refunds).where(refunds.c.live_order == number)).mappings().one_or_none()
    return as_record(Refund, row) if row else None


def _add(connection: Connection, refund: Refund, *, user_id: str, ended_at: datetime | None) -> None:
    if refund.credits:
        key = f"refund/{refund.number}"
        ledger.take(connection, UserId(user_id), key, "refund", refund.credits, now=refund.created_at)
    schedule = {"ended_at": ended_at, "next_question_at": None if ended_at else refund.created_at}
    connection.execute(insert(refunds).values(**vars(refund), live_order=refund.order_number, **schedule))


def _end(connection: Connection, refund: Refund, now: datetime, **values: str | None) -> bool:
    """The order first, then the refund: in the order in which everybody else locks them."""
    _lock_order(connection, refund.order_number)
    asked = update(refunds).where(refunds.c.number == refund.number, refunds.c.state == "asked")
    return connection.execute(asked.values(**values, ended_at=now, next_question_at=None)).rowcount == 1


def _refund_order(connection: Connection, number: OrderNumber, now: datetime) -> None:
    granted = update(orders).where(orders.c.number == number, orders.c.state == "granted")
    connection.execute(granted.values(state="refunded", ended_at=now, next_question_at=None))
