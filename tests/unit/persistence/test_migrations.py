"""Migrations: they build exactly what the schema says, once, even when two run at a time."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from alembic import command
from sqlalchemy import inspect, select, text

from common.persistence import migrate
from common.persistence.database import Database
from common.persistence.schema import metadata
from common.persistence.tables.credits import credit_ledger
from common.persistence.tables.messages import outbox
from common.persistence.tables.orders import orders


def described(url):
    """All tables as the database itself describes them, with the parts that Alembic does not compare."""
    with closing(Database(url)) as database:
        inspector = inspect(database.engine)
        return {name: table(inspector, name) for name in inspector.get_table_names() if name != "alembic_version"}


def table(inspector, name):
    return {
        "columns": [{**column, "type": str(column["type"])} for column in inspector.get_columns(name)],
        "checks": sorted(inspector.get_check_constraints(name), key=by_name),
        "indexes": sorted(inspector.get_indexes(name), key=by_name),
        "foreign_keys": sorted(inspector.get_foreign_keys(name), key=by_name),
        "primary_key": inspector.get_pk_constraint(name),
        "options": inspector.get_table_options(name) if inspector.dialect.name == "mysql" else None,
    }


def by_name(part):
    return part["name"]


def test_migrations_build_exactly_the_tables_when_run_on_nothing(empty_url):
    assert migrate.differences(empty_url) != []

    migrate.upgrade(empty_url)

    assert migrate.differences(empty_url) == []


def test_migrations_build_the_same_constraints_as_the_tables(empty_url, url):
    with closing(Database(empty_url)) as database:
        metadata.create_all(database.engine)

    migrated, intended = described(url), described(empty_url)

    assert set(migrated) == set(metadata.tables)
    assert migrated == intended


def test_migrations_change_nothing_when_run_again(empty_url):
    migrate.upgrade(empty_url)
    before = described(empty_url)

    migrate.upgrade(empty_url)

    assert described(empty_url) == before


def test_rows_are_kept_when_the_tables_are_rebuilt(empty_url):
    with migrate._exclusive(empty_url) as connection:
        command.upgrade(migrate._config(connection=connection), "0001")
    at = {"at": "2026-03-01 09:30:15.123456"}
    with closing(Database(empty_url)) as database, database.transaction() as connection:
        for statement in OLD_ROWS:
            statement = statement.format(key=connection.dialect.identifier_preparer.quote("key"))
            connection.execute(text(statement), at if ":at" in statement else {})

    migrate.upgrade(empty_url)

    with closing(Database(empty_url)) as database, database.transaction(write=False) as connection:
        kept = connection.execute(select(orders)).mappings().one()
        entry = connection.execute(select(credit_ledger)).mappings().one()
        message = connection.execute(select(outbox)).mappings().one()
    assert (kept["number"], kept["state"], kept["next_question_at"].microsecond) == ("o1", "created", 123456)
    assert (entry["entry_key"], entry["amount"]) == ("welcome/u_1", 5)
    assert (message["title"], message["kind"], message["channel"]) == ("李雷", "ready", "subscription")


OLD_ROWS = (
    "INSERT INTO users (id, openid, created_at, seen_at) VALUES ('u_1', 'oAlice', :at, :at)",
    "INSERT INTO credit_accounts (user_id, ledger, held) VALUES ('u_1', 5, 0)",
    "INSERT INTO credit_ledger (id, user_id, entry_key, reason, amount, created_at)"
    " VALUES ('l_1', 'u_1', 'welcome/u_1', 'welcome', 5, :at)",
    "INSERT INTO orders (number, user_id, openid, product_id, description, amount_fen, credits, provider, state, created_at,"
    " expires_at, next_question_at) VALUES ('o1', 'u_1', 'oAlice', 'credits_10', 'x', 990, 10, 'v3', 'created', :at, :at, :at)",
    "INSERT INTO resumes (id, user_id, filename, extension, size_bytes, template, optimise, created_at, revision, revised_at)"
    " VALUES ('s_1', 'u_1', 'a.pdf', 'pdf', 1, 'classic', true, :at, 'r1', :at)",
    "INSERT INTO outbox (id, {key}, user_id, openid, resume_id, title, created_at, state, attempts, due_at)"
    " VALUES ('m_1', 'ready/s_1/r1', 'u_1', 'oAlice', 's_1', '李雷', :at, 'sent', 1, :at)",
)


def test_migrations_end_well_when_two_processes_run_them_at_once(empty_url):
    with ThreadPoolExecutor(2) as pool:
        codes = list(pool.map(lambda _: migrate.main(["up"], empty_url), range(2)))

    assert codes == [0, 0]
    assert migrate.differences(empty_url) == []


def test_check_fails_and_names_the_table_when_nothing_was_migrated(empty_url, capsys):
    code = migrate.main(["check"], empty_url)

    assert code == 1
    assert "credit_ledger" in capsys.readouterr().err


def test_up_says_so_when_the_schema_is_current(empty_url, capsys):
    assert migrate.main([], empty_url) == 0
    assert capsys.readouterr().out == "the database schema is current\n"


def test_sql_is_printed_for_the_database_when_asked(empty_url, capsys):
    assert migrate.main(["sql"], empty_url) == 0

    printed = capsys.readouterr().out
    assert "CREATE TABLE credit_ledger" in printed
    created = set(re.findall(r"CREATE TABLE (\w+)", printed))
    assert {name for name in created if not name.startswith("_alembic")} == {*metadata.tables, "alembic_version"}


def test_call_is_refused_when_the_verb_is_unknown(empty_url, capsys):
    assert migrate.main(["sideways"], empty_url) == 2
    assert "usage" in capsys.readouterr().err


def test_trouble_is_one_line_without_the_password_when_the_server_is_missing(capsys):
    code = migrate.main(["up"], "mysql://me:hush@127.0.0.1:1/x")

    err = capsys.readouterr().err
    assert code == 1
    assert err.count("\n") == 1
    assert "hush" not in err
