"""Brings a database to the current schema: `python -m common.persistence.migrate [up|check|sql]`, DATABASE_URL set."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from common.errors import MojianError, StoreUnavailable
from common.persistence.database import Database
from common.persistence.engines import Limits, database_url
from common.persistence.schema import metadata

MIGRATIONS = Path(__file__).parent / "migrations"

#: Changing a large table takes minutes, and so does waiting for another process that does it.
PATIENT = Limits(statement_s=900, lock_s=600)

LOCK_NAME = "mojian_migrate"
LOCK_NUMBER = 0x6D6F6A69616E  # PostgreSQL's advisory locks have numbers for names


def upgrade(url: str) -> None:
    """Safe to repeat and to run twice at the same time: the second one waits and finds nothing to do."""
    with _exclusive(url) as connection:
        command.upgrade(_config(connection=connection), "head")


def differences(url: str) -> list[str]:
    """What the database lacks or has too much of, compared with the schema; empty when it is current."""
    with _database(url) as database, database.transaction(write=False) as connection:
        context = MigrationContext.configure(connection, opts={"target_metadata": metadata, "compare_type": True})
        return [str(difference) for difference in compare_metadata(context, metadata)]


def offline_sql(url: str) -> str:
    """The statements that build the schema from nothing, for people who run SQL themselves."""
    printed = StringIO()
    config = _config(dialect=database_url(url).get_backend_name())
    config.output_buffer = printed
    command.upgrade(config, "head", sql=True)
    return printed.getvalue()


def main(arguments: Sequence[str], url: str) -> int:
    """0 when all is well, 1 when `check` found differences or the database refused, 2 for a wrong call."""
    verb = arguments[0] if arguments else "up"
    if verb not in ("up", "check", "sql") or len(arguments) > 1:
        return _say("usage: migrate [up|check|sql]", 2)
    try:
        return _run(verb, url)
    except MojianError as error:
        return _say(f"migrate: {error}", 1)


def _run(verb: str, url: str) -> int:
    if verb == "sql":
        sys.stdout.write(offline_sql(url))
        return 0
    if verb == "up":
        upgrade(url)
    found = differences(url)
    return _say("\n".join(found) or "the database schema is current", 1 if found else 0)


def _say(line: str, code: int) -> int:
    (sys.stderr if code else sys.stdout).write(line + "\n")
    return code


def _config(**attributes: object) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes.update(attributes)
    return config


@contextmanager
def _database(url: str) -> Iterator[Database]:
    database = Database(url, limits=PATIENT)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def _exclusive(url: str) -> Iterator[Connection]:
    """A transaction that no other migration runs beside. SQLite needs no more than its own write lock."""
    with _database(url) as database, database.transaction() as connection:
        backend = connection.dialect.name
        if backend == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": LOCK_NUMBER})
        if backend != "mysql":
            yield connection
            return
        name = {"name": f"{LOCK_NAME}.{connection.engine.url.database}"[:64]}
        if connection.scalar(text("SELECT GET_LOCK(:name, :wait_s)"), {**name, "wait_s": PATIENT.lock_s}) != 1:
            raise StoreUnavailable(store="sql", code="migration_running")
        try:
            yield connection
        finally:
            connection.execute(text("SELECT RELEASE_LOCK(:name)"), name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ.get("DATABASE_URL", "")))
