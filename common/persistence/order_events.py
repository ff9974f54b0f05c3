"""The history of an order: who told us what, and what came of it."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from common.domain.orders import OrderEvent, OrderNumber, Source
from common.persistence.store import as_record
from common.persistence.tables import order_events

OUTCOME_LENGTH = 64


def note(connection: Connection, number: OrderNumber, source: Source, outcome: str, *, now: datetime) -> None:
    """Inside somebody else's transaction, the first time only: a repetition reads and locks nothing.

    Two that meet at the same new event start again, and the second finds it.
    """
    key = {"order_number": number, "source": source, "outcome": outcome[:OUTCOME_LENGTH]}
    known = select(order_events.c.at).where(*(order_events.c[name] == value for name, value in key.items()))
    if connection.execute(known).first() is None:
        connection.execute(insert(order_events).values(**key, at=now))


def events_of(connection: Connection, number: OrderNumber) -> list[OrderEvent]:
    """Oldest first."""
    columns = order_events.c
    query = select(order_events).where(columns.order_number == number).order_by(columns.at, columns.outcome)
    return [as_record(OrderEvent, row) for row in connection.execute(query).mappings()]
