"""The history of an order: who told us what, and what came of it."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from common.domain.orders import OrderEvent, OrderNumber, Source
from common.persistence.store import as_record
from common.persistence.tables.orders import order_events

OUTCOME_LENGTH = 64


_ADD = insert(order_events)


def note(connection: Connection, number: OrderNumber, source: Source, outcome: str, *, now: datetime) -> None:
    """Inside somebody else's transaction, the first time only: a repetition reads and locks nothing.

    Two that meet at the same new event start again, and the second finds it.
    """
    columns, told = order_events.c, outcome[:OUTCOME_LENGTH]
    same = (columns.order_number == number, columns.source == source, columns.outcome == told)
    if connection.execute(select(columns.at).where(*same)).first() is None:
        add(connection, number, source, told, now=now)


def add(connection: Connection, number: OrderNumber, source: Source, outcome: str, *, now: datetime) -> None:
    """For what can happen to an order only once."""
    connection.execute(_ADD, {"order_number": number, "source": source, "outcome": outcome, "at": now})


def events_of(connection: Connection, number: OrderNumber) -> list[OrderEvent]:
    """Oldest first."""
    columns = order_events.c
    query = select(order_events).where(columns.order_number == number).order_by(columns.at, columns.outcome)
    return [as_record(OrderEvent, row) for row in connection.execute(query).mappings()]
