"""Throughput: settling an order through the store, beside the very same SQL sent straight through the driver."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import Connection, event, insert

from common.domain.orders import Order, OrderNumber, PaymentEvidence
from common.domain.users import OpenId, User, UserId
from common.persistence.database import Database
from common.persistence.orders import SqlOrderStore
from common.persistence.tables.accounts import users
from common.persistence.tables.credits import credit_accounts
from scripts.benchmarks.figures import Figure
from scripts.benchmarks.money.databases import fresh_database
from scripts.benchmarks.money.scene import PRODUCT

ORDERS = 250
AT_MOST = 2.0
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=timezone.utc)
BUYER = User(UserId("u_buyer"), OpenId("oBuyer"), NOW)

Statement = tuple[str, Any]


@dataclass
class Recorder:
    """What a database is told meanwhile, as the driver gets it."""

    statements: list[Statement] = field(default_factory=list)

    @contextmanager
    def listening(self, database: Database) -> Iterator[None]:
        def execute(_connection: Connection, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
            self.statements.append((statement, parameters))

        event.listen(database.engine, "before_cursor_execute", execute)
        try:
            yield
        finally:
            event.remove(database.engine, "before_cursor_execute", execute)


def figures(backends: list[str]) -> Iterator[Figure]:
    for backend in backends:
        stored_s, bare_s = measure(backend, orders=ORDERS)
        note = f"{1 / stored_s:,.0f} a second on one connection; medians of {ORDERS}, taking turns"
        yield Figure(
            f"settle, {backend}",
            1000 * stored_s,
            "ms",
            "the same SQL through the driver",
            1000 * bare_s,
            AT_MOST,
            note=note,
        )


def measure(backend: str, *, orders: int) -> tuple[float, float]:
    """Median seconds for one order, through the store and through the driver, in two databases that begin alike.

    Order by order they take turns, so that whatever else the machine does slows both. What the driver is to send was
    recorded from the store before, in a database of its own.
    """
    with fresh_database(backend) as url:
        recorded = record(url, orders)
    with fresh_database(backend) as first_url, fresh_database(backend) as second_url:
        first, second = _opened(first_url, orders), _opened(second_url, orders)
        with _bare(second, backend) as driver:
            stored, bare = [], []
            for number, statements in enumerate(recorded):
                stored.append(_settle(first, number))
                bare.append(driver(statements))
        first.close()
        second.close()
    return statistics.median(stored), statistics.median(bare)


def _opened(url: str, count: int) -> Database:
    """One buyer with `count` open orders."""
    database = Database(url)
    with database.transaction() as connection:
        connection.execute(insert(users).values(id=BUYER.id, openid=BUYER.openid, created_at=NOW, seen_at=NOW))
        connection.execute(insert(credit_accounts).values(user_id=BUYER.id, ledger=0, held=0))
    store = SqlOrderStore(database)
    for number in range(count):
        lifetime = timedelta(minutes=30)
        store.add(Order.of(PRODUCT, BUYER, number=_number(number), provider="v3", now=NOW, lifetime=lifetime))
    return database


def _number(number: int) -> OrderNumber:
    return OrderNumber(f"M{number:08d}")


def record(url: str, orders: int) -> list[list[Statement]]:
    """What settling each order tells the driver."""
    database, recorded = _opened(url, orders), []
    for number in range(orders):
        recorder = Recorder()
        with recorder.listening(database):
            _settle(database, number)
        recorded.append(recorder.statements)
    database.close()
    return recorded


def _settle(database: Database, number: int) -> float:
    store, evidence = SqlOrderStore(database), _evidence(number)
    started = time.perf_counter()
    store.settle(evidence, source="notification", now=NOW, ask_at=None)
    return time.perf_counter() - started


def _evidence(number: int) -> PaymentEvidence:
    transaction_id = f"4200{number:024d}"
    return PaymentEvidence(_number(number), transaction_id, "wx0", "1900000001", 990, "CNY", BUYER.openid, NOW)


@contextmanager
def _bare(database: Database, backend: str) -> Iterator[Any]:
    """Seconds for the same statements and a commit, over one open connection without SQLAlchemy."""
    connection = database.engine.raw_connection()

    def run(statements: list[Statement]) -> float:
        started = time.perf_counter()
        cursor = connection.cursor()
        for statement, parameters in statements:
            cursor.execute(statement, parameters or ())
            if cursor.description:
                cursor.fetchall()
        if backend == "sqlite":
            cursor.execute("COMMIT")
        else:
            connection.commit()
        cursor.close()
        return time.perf_counter() - started

    try:
        yield run
    finally:
        connection.close()
