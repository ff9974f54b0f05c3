"""One lazily opened database: transactions that repeat themselves when they collide, and errors by meaning."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from common import clock
from common.errors import StoreUnavailable
from common.persistence.driver_errors import fault_of, meaning_of
from common.persistence.engines import WRITES, Limits, build_engine, database_url

T = TypeVar("T")

REPEATS = 5
DUPLICATES = 2
#: Past this age a colliding transaction is given up: the invocation has other things to do.
PATIENCE_S = 6.0


class Database:
    """A SQLite file, MySQL or PostgreSQL by URL. Nothing is opened before the first transaction.

    `connections` is 1 because a function instance serves one request at a time; a threaded server needs more.
    Transactions must not be nested: the inner one would wait for the outer one's connection.
    """

    def __init__(
        self,
        url: str,
        *,
        connections: int = 1,
        limits: Limits | None = None,
        sleep: Callable[[float], None] = clock.sleep,
    ) -> None:
        self._url = database_url(url)
        self._connections = connections
        self._limits = limits or Limits()
        self._sleep = sleep
        self._opening = Lock()
        self._engine: Engine | None = None

    @property
    def engine(self) -> Engine:
        with self._opening:
            if self._engine is None:
                self._engine = build_engine(self._url, connections=self._connections, limits=self._limits)
            return self._engine

    def close(self) -> None:
        """Give all connections back; the next transaction opens a new one."""
        with self._opening:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None

    @contextmanager
    def transaction(self, *, write: bool = True) -> Iterator[Connection]:
        """One attempt: committed at the end, rolled back on any error. Raises StoreUnavailable, Conflict."""
        with _by_meaning(), self._begin(write=write) as connection:
            yield connection

    def run(self, work: Callable[[Connection], T], *, write: bool = True, snapshot: bool = False) -> T:
        """`work` in a transaction of its own, from the start again after a deadlock, a lock or a lost race.

        With `snapshot` all its reads see the database as it was at the first of them.

        `work` can run several times, so it touches nothing but the connection. A connection lost on the way is not
        repeated: nobody knows whether it was committed. Raises StoreUnavailable, Conflict.
        """
        patience = Patience()
        with _by_meaning():
            while True:
                try:
                    with self._begin(write=write, snapshot=snapshot) as connection:
                        return work(connection)
                except SQLAlchemyError as error:
                    if not patience.allows(error):
                        raise
                self._sleep(patience.pause_s())

    @contextmanager
    def _begin(self, *, write: bool, snapshot: bool = False) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            connection.execution_options(**{WRITES: write})
            if snapshot and connection.dialect.name != "sqlite":  # whose transactions are snapshots anyway
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection


class Patience:
    """How often one transaction may start again: until it has collided too often, or too late.

    A duplicate is reported when the winner has committed, so the next try finds the winner's row, however late it is: if it
    does not look for it and fails again, it always will.
    """

    def __init__(self) -> None:
        self._until = time.monotonic() + PATIENCE_S
        self._collisions = 0
        self._duplicates = 0

    def allows(self, error: SQLAlchemyError) -> bool:
        """Rolled back for sure, and another try can end otherwise."""
        fault = fault_of(error)
        self._duplicates += fault is not None and fault.kind == "duplicate"
        self._collisions += fault is not None and fault.kind == "contended"
        if fault is None or fault.kind not in ("duplicate", "contended") or self._duplicates > DUPLICATES:
            return False
        return fault.kind == "duplicate" or (self._collisions <= REPEATS and time.monotonic() < self._until)

    def pause_s(self) -> float:
        """Growing and uneven, so that transactions that met once do not meet again."""
        earlier = max(0, self._collisions + self._duplicates - 1)
        return 0.02 * 2.0**earlier * random.uniform(0.5, 1.5)


@contextmanager
def _by_meaning() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        meaning = meaning_of(error)
        if meaning is None:
            raise
        raise meaning from None
    except OSError as error:  # pg8000 lets a broken or silent socket's own error through
        raise StoreUnavailable(store="sql", code=type(error).__name__) from None
