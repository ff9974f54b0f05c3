"""Builds the SQLAlchemy engine for a database URL: drivers, time limits, and what each server has to be told first."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import URL, Connection, Dialect, Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from common.errors import SettingsInvalid

#: Younger than the idle cut of the cloud's network, so that a frozen instance does not wake up to a dead socket.
RECYCLE_AFTER_S = 240

#: The execution option that tells a writing transaction from a reading one.
WRITES = "mojian_writes"

_DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "mysql": "mysql+pymysql",
    "mariadb": "mysql+pymysql",
    "postgresql": "postgresql+pg8000",
    "postgres": "postgresql+pg8000",
}


@dataclass(frozen=True)
class Limits:
    """How long to wait, in seconds. Connecting may have to wake a paused serverless database."""

    connect_s: int = 10
    statement_s: int = 8
    lock_s: int = 5


def database_url(text: str) -> URL:
    """The URL with the driver we ship; a URL may name only the database. Raises SettingsInvalid."""
    try:
        url = make_url(text)
        return url.set(drivername=_DRIVERS[url.get_backend_name()])
    except (ArgumentError, ValueError, KeyError):
        problem = "DATABASE_URL: not a URL of SQLite, MySQL or PostgreSQL"
        raise SettingsInvalid(problems=[problem]) from None


def build_engine(url: URL, *, connections: int, limits: Limits) -> Engine:
    """Connects to nothing yet. Statements show no parameters in errors: they are personal data."""
    backend = url.get_backend_name()
    options: dict[str, Any] = {} if backend == "sqlite" else {"isolation_level": "READ COMMITTED"}
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=limits.connect_s,
        pool_recycle=RECYCLE_AFTER_S,
        pool_reset_on_return=None,  # Database ends every transaction itself, so a rollback would only cost a round trip
        pool_pre_ping=backend != "postgresql",
        hide_parameters=True,
        connect_args=_CONNECT_ARGS[backend](limits),
        **options,
    )
    if backend == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    if backend == "postgresql":
        event.listen(engine, "checkout", partial(_ping_postgresql, engine.dialect))
    return engine


def _sqlite(limits: Limits) -> dict[str, Any]:
    return {"timeout": limits.lock_s, "check_same_thread": False}


def _mysql(limits: Limits) -> dict[str, Any]:
    return {
        "charset": "utf8mb4",
        "connect_timeout": limits.connect_s,
        "read_timeout": limits.statement_s + 2,
        "write_timeout": limits.statement_s + 2,
        "init_command": f"SET SESSION time_zone = '+00:00', SESSION innodb_lock_wait_timeout = {limits.lock_s}",
    }


def _postgresql(limits: Limits) -> dict[str, Any]:
    """`timeout` bounds connecting and every answer, so it has to outlast the server's own limit."""
    return {
        "timeout": max(limits.connect_s, limits.statement_s + 2),
        "application_name": "mojian",
        "startup_params": {
            "statement_timeout": str(limits.statement_s * 1000),
            "lock_timeout": str(limits.lock_s * 1000),
            "TimeZone": "UTC",
        },
    }


_CONNECT_ARGS = {"sqlite": _sqlite, "mysql": _mysql, "postgresql": _postgresql}


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Readers beside one writer, constraints on, and no implicit BEGIN from the driver."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the write lock at once: upgrading from a read lock can only fail, never wait."""
    writes = connection.get_execution_options().get(WRITES, True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _ping_postgresql(dialect: Dialect, connection: DBAPIConnection, *_: object) -> None:
    """The pool's own ping would let some dead connections through: pg8000 raises the socket's errors as they are."""
    try:
        dialect.do_ping(connection)
    except (OSError, dialect.loaded_dbapi.Error) as error:
        raise DisconnectionError from error
