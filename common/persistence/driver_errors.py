"""What the three drivers mean by their errors: the one place that knows MySQL's numbers and PostgreSQL's SQLSTATEs."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy.exc import DBAPIError, InterfaceError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from common.errors import Conflict, InternalError, MojianError, SettingsInvalid, StoreUnavailable

Kind = Literal["contended", "duplicate", "schema", "unreachable"]

_SQLITE: dict[str, Kind] = {
    "is locked": "contended",
    "UNIQUE constraint failed": "duplicate",
    "no such table": "schema",
    "no such column": "schema",
    "has no column": "schema",
    "unable to open": "unreachable",
    "disk I/O error": "unreachable",
    "disk is full": "unreachable",
    "readonly database": "unreachable",
}

#: MySQL 8 and MariaDB 10 server error numbers. 1020 is MariaDB's "record has changed since last read".
_MYSQL: dict[Kind, frozenset[int]] = {
    "contended": frozenset({1020, 1205, 1213}),
    "duplicate": frozenset({1062}),
    "schema": frozenset({1054, 1146}),
    "unreachable": frozenset({1040, 1044, 1045, 1049, 1053, 1129, 1203, 1226, 1290, 1836, 1927, 3024, 4031}),
}

#: SQLSTATEs, or their first two characters for a whole class (PostgreSQL manual, appendix A).
_POSTGRESQL: dict[str, Kind] = {
    "40001": "contended",
    "40P01": "contended",
    "55P03": "contended",
    "23505": "duplicate",
    "42P01": "schema",
    "42703": "schema",
    "25006": "unreachable",
    "08": "unreachable",
    "28": "unreachable",
    "3D": "unreachable",
    "53": "unreachable",
    "57": "unreachable",
    "58": "unreachable",
}


@dataclass(frozen=True)
class Fault:
    """`code` is the driver's own and holds no value of a row."""

    kind: Kind
    code: str


def fault_of(error: SQLAlchemyError) -> Fault | None:
    """None for an error that only a defect of ours can cause."""
    if isinstance(error, PoolTimeout):
        return Fault("unreachable", "pool_timeout")
    if not isinstance(error, DBAPIError) or error.orig is None:
        return None
    driver = type(error.orig).__module__.partition(".")[0]
    found = _READERS[driver](error.orig) if driver in _READERS else None
    lost = error.connection_invalidated or (isinstance(error, InterfaceError) and driver != "sqlite3")
    return found or (Fault("unreachable", "connection_lost") if lost else None)


def meaning_of(error: SQLAlchemyError) -> MojianError | None:
    """Our error for the driver's; the driver's text stays out, because it quotes row values and account names.

    None for an error that never reached a driver.
    """
    fault = fault_of(error)
    if fault is None:
        return InternalError(store="sql", code=type(error).__name__) if isinstance(error, DBAPIError) else None
    if fault.kind == "duplicate":
        return Conflict()
    if fault.kind == "schema":
        return SettingsInvalid(problems=["DATABASE_URL: tables are missing or old, run ./scripts/migrate"])
    return StoreUnavailable(store="sql", code=fault.code)


def _read_sqlite(error: BaseException) -> Fault | None:
    text = str(error)
    return next((Fault(kind, sign) for sign, kind in _SQLITE.items() if sign in text), None)


def _read_mysql(error: BaseException) -> Fault | None:
    number = error.args[0] if error.args else None
    if not isinstance(number, int):
        return None
    if 2000 <= number < 3000:  # the client library's own range: the connection
        return Fault("unreachable", str(number))
    return next((Fault(kind, str(number)) for kind, numbers in _MYSQL.items() if number in numbers), None)


def _read_postgresql(error: BaseException) -> Fault | None:
    reply = error.args[0] if error.args else None
    state = str(reply.get("C", "")) if isinstance(reply, dict) else ""
    kind = _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2])
    return Fault(kind, state) if kind else None


_READERS = {"sqlite3": _read_sqlite, "pymysql": _read_mysql, "pg8000": _read_postgresql}
