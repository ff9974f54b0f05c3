"""The history of an order: who told us what, what came of it and how often."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from common.domain.orders import OrderEvent, OrderNumber, Source
from common.persistence.store import as_record
from common.persistence.tables import order_events

OUTCOME_LENGTH = 64


def note(connection: Connection, number: OrderNumber, source: Source, outcome: str, *, now: datetime) -> None:
    """Inside somebody else's transaction; two that meet at the same new event start again and count."""
    columns = order_events.c
    key = {"order_number": number, "source": source, "outcome": outcome[:OUTCOME_LENGTH]}
    same = [columns[name] == value for name, value in key.items()]
    seen_again = update(order_events).where(*same).values(times=columns.times + 1, last_at=now)
    if not connection.execute(seen_again).rowcount:
        connection.execute(insert(order_events).values(**key, times=1, first_at=now, last_at=now))


def events_of(connection: Connection, number: OrderNumber) -> list[OrderEvent]:
    """Oldest first."""
    columns = order_events.c
    query = select(order_events).where(columns.order_number == number)
    rows = connection.execute(query.order_by(columns.first_at, columns.outcome)).mappings()
    return [as_record(OrderEvent, row) for row in rows]
