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
from common.persistence.driver_errors import meaning_of, worth_repeating
from common.persistence.engines import WRITES, Limits, build_engine, database_url

T = TypeVar("T")

REPEATS = 5
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
        with _by_meaning():
            for repeats, pause_s in enumerate(_pauses()):
                try:
                    with self._begin(write=write, snapshot=snapshot) as connection:
                        return work(connection)
                except SQLAlchemyError as error:
                    if not worth_repeating(error, repeats=repeats):
                        raise
                self._sleep(pause_s)
            with self._begin(write=write, snapshot=snapshot) as connection:
                return work(connection)

    @contextmanager
    def _begin(self, *, write: bool, snapshot: bool = False) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            connection.execution_options(**{WRITES: write})
            if snapshot and connection.dialect.name != "sqlite":  # whose transactions are snapshots anyway
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection


def _pauses() -> Iterator[float]:
    """Growing and uneven, so that transactions that met once do not meet again."""
    give_up_at = time.monotonic() + PATIENCE_S
    for repeat in range(REPEATS):
        if time.monotonic() < give_up_at:
            yield 0.02 * 2**repeat * random.uniform(0.5, 1.5)


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
