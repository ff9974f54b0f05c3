"""Fresh databases of every kind for one trial: SQLite in a folder, MySQL and PostgreSQL on servers that are there."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine, delete, text
from sqlalchemy.exc import SQLAlchemyError

from common.persistence.database import Database
from common.persistence.engines import database_url
from common.persistence.migrate import upgrade
from common.persistence.schema import metadata

SERVERS = {
    "mysql": ("TEST_MYSQL_URL", "mysql://root@127.0.0.1:3306/test"),
    "postgresql": ("TEST_POSTGRES_URL", "postgresql://root@127.0.0.1:5432/test"),
}
BACKENDS = ("sqlite", *SERVERS)


def reachable(backend: str) -> bool:
    """SQLite always is."""
    if backend == "sqlite":
        return True
    engine = create_engine(_server(backend))
    try:
        with engine.connect():
            return True
    except (SQLAlchemyError, OSError):
        return False
    finally:
        engine.dispose()


@contextmanager
def fresh_database(backend: str) -> Iterator[str]:
    """The URL of an empty database with all tables, which is gone afterwards."""
    if backend == "sqlite":
        with TemporaryDirectory(prefix="mojian-money-") as folder:
            url = f"sqlite:///{Path(folder) / 'mojian.db'}"
            upgrade(url)
            yield url
        return
    name = f"mojian_money_{secrets.token_hex(6)}"
    engine = create_engine(_server(backend), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        url = database_url(_server(backend)).set(database=name).render_as_string(hide_password=False)
        upgrade(url)
        yield url
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name}" + (" WITH (FORCE)" if backend == "postgresql" else "")))
        engine.dispose()


def empty(url: str) -> None:
    """All tables of a database as they were in the beginning."""
    database = Database(url)
    with database.transaction() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(delete(table))
    database.close()


def _server(backend: str) -> str:
    variable, default = SERVERS[backend]
    return database_url(os.environ.get(variable, default)).render_as_string(hide_password=False)
