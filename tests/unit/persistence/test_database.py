"""Transactions: all or nothing, repeated when they collide, silent about what they hold."""

import socket
import traceback
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import insert, select, update

from common.domain.credits import Balance
from common.errors import Conflict, InternalError, SettingsInvalid, StoreUnavailable
from common.persistence.database import REPEATS, Database
from common.persistence.engines import Limits
from common.persistence.tables.accounts import users
from common.persistence.tables.credits import credit_accounts
from common.persistence.tables.operations import access_tokens
from tests.unit.persistence.builders import NOW

ON_SERVERS = pytest.mark.parametrize(
    "backend", [pytest.param(name, marks=pytest.mark.services) for name in ("mysql", "postgresql")], indirect=True
)
FIRST = {"name": "a", "value": "first", "expires_at": NOW}


def names(database):
    with database.transaction(write=False) as connection:
        return list(connection.scalars(select(access_tokens.c.name).order_by(access_tokens.c.name)))


def test_transaction_is_undone_when_it_ends_with_an_error(database):
    def work(connection):
        connection.execute(insert(access_tokens).values(FIRST))
        raise KeyError

    with pytest.raises(KeyError):
        database.run(work)

    assert names(database) == []


def test_duplicate_is_a_conflict_without_the_value_when_it_stays_one(database):
    database.run(lambda connection: connection.execute(insert(access_tokens).values(FIRST)))

    with pytest.raises(Conflict) as refusal:
        database.run(lambda connection: connection.execute(insert(access_tokens).values(FIRST)))

    assert refusal.value.facts == {}
    assert refusal.value.__cause__ is None


def test_work_is_repeated_as_a_whole_when_it_lost_a_race(database):
    tries = []

    def work(connection):
        tries.append(names_in(connection))
        if tries[-1]:
            return "found"
        connection.execute(insert(access_tokens).values({**FIRST, "name": "ours"}))
        connection.execute(insert(access_tokens).values({**FIRST, "name": "ours"}))
        return "not reached"

    def names_in(connection):
        return list(connection.scalars(select(access_tokens.c.name))) or (["won"] if len(tries) == 1 else [])

    assert database.run(work) == "found"
    assert len(tries) == 2
    assert names(database) == []


def test_transactions_end_well_when_they_would_deadlock(at_once, database):
    with database.transaction() as connection:
        connection.execute(insert(access_tokens), [{**FIRST, "name": name} for name in "ab"])
    orders = iter(["ab", "ba"] * 2)

    def cross(own):
        pair = next(orders)

        def work(connection):
            for name in pair:
                connection.execute(
                    update(access_tokens).where(access_tokens.c.name == name).values(value=access_tokens.c.value + "+")
                )

        own.run(work)

    outcomes = at_once(cross, times=4)

    assert outcomes == [None] * 4
    with database.transaction(write=False) as connection:
        assert set(connection.scalars(select(access_tokens.c.value))) == {"first++++"}


def test_time_comes_back_aware_and_exact_when_stored_in_another_zone(database):
    beijing = NOW.astimezone(timezone(timedelta(hours=8)))
    with database.transaction() as connection:
        connection.execute(insert(access_tokens).values({**FIRST, "expires_at": beijing}))

    with database.transaction(write=False) as connection:
        stored = connection.scalar(select(access_tokens.c.expires_at).where(access_tokens.c.expires_at <= beijing))

    assert stored == NOW
    assert stored.tzinfo is timezone.utc


def test_time_is_refused_when_it_has_no_zone(database):
    naive = datetime(2026, 3, 1)  # noqa: DTZ001

    with pytest.raises(Exception, match="without a zone"), database.transaction() as connection:
        connection.execute(insert(access_tokens).values({**FIRST, "expires_at": naive}))


def test_balance_below_zero_is_refused_by_the_database_itself(database, credits, alice):
    with pytest.raises(InternalError), database.transaction() as connection:
        connection.execute(update(credit_accounts).values(ledger=-1))

    assert credits.balance(alice) == Balance(0, 0)


def test_values_stay_out_of_the_error_when_the_database_refuses_them(database):
    person = {"openid": "oSecret", "created_at": NOW, "seen_at": NOW}

    with pytest.raises(InternalError) as refusal, database.transaction() as connection:
        connection.execute(insert(users).values(id=None, **person))

    assert "oSecret" not in "".join(traceback.format_exception(refusal.value))


def test_missing_tables_name_the_remedy_when_nobody_migrated(empty_url):
    database = Database(empty_url)

    with pytest.raises(SettingsInvalid) as problem, database.transaction() as connection:
        connection.execute(select(users))

    database.close()
    assert "./scripts/migrate" in str(problem.value)


@ON_SERVERS
def test_connection_is_replaced_when_the_server_dropped_it(backend, database):
    database.run(lambda connection: connection.execute(select(users.c.id)))
    kill = {"mysql": "SELECT CONNECTION_ID()", "postgresql": "SELECT pg_backend_pid()"}[backend]
    with database.transaction() as connection:
        number = connection.exec_driver_sql(kill).scalar()
    end = {"mysql": f"KILL {number}", "postgresql": f"SELECT pg_terminate_backend({number})"}[backend]
    other = Database(database.engine.url.render_as_string(hide_password=False))
    with other.transaction() as connection:
        connection.exec_driver_sql(end)
    other.close()

    assert names(database) == []


@ON_SERVERS
def test_lost_connection_is_not_repeated_when_it_breaks_midway(database):
    tries = []

    def work(connection):
        tries.append(1)
        _socket_of(connection.connection.driver_connection).shutdown(socket.SHUT_RDWR)
        connection.execute(select(users.c.id))

    with pytest.raises(StoreUnavailable):
        database.run(work)

    assert len(tries) == 1


def test_store_is_unavailable_when_the_connection_breaks_with_an_error_of_the_socket(database):
    def work(_connection):
        raise ConnectionResetError("by 10.0.0.7")

    with pytest.raises(StoreUnavailable) as trouble:
        database.run(work)

    assert trouble.value.facts == {"store": "sql", "code": "ConnectionResetError"}


def _socket_of(driver_connection):
    return getattr(driver_connection, "_usock", None) or driver_connection._sock


@pytest.mark.parametrize("url", ["mysql://root@127.0.0.1:1/test", "postgresql://root@127.0.0.1:1/test"])
def test_store_is_unavailable_when_nobody_listens(url):
    database = Database(url, limits=Limits(connect_s=1))

    with pytest.raises(StoreUnavailable) as trouble, database.transaction():
        pass

    database.close()
    assert "root" not in str(trouble.value)


def test_store_is_unavailable_when_the_lock_is_never_given(tmp_path):
    url = f"sqlite:///{tmp_path / 'x.db'}"
    pauses = []
    holder, waiter = Database(url), Database(url, limits=Limits(lock_s=0), sleep=pauses.append)

    with holder.transaction(), pytest.raises(StoreUnavailable):
        waiter.run(lambda connection: None)

    holder.close()
    waiter.close()
    assert len(pauses) == REPEATS


def test_reader_does_not_wait_when_a_writer_holds_the_lock(tmp_path):
    url = f"sqlite:///{tmp_path / 'x.db'}"
    writer, reader = Database(url), Database(url, limits=Limits(lock_s=0))

    with writer.transaction():
        answer = reader.run(lambda connection: connection.exec_driver_sql("SELECT 1").scalar(), write=False)

    writer.close()
    reader.close()
    assert answer == 1


@pytest.mark.parametrize("url", ["", "nonsense", "oracle://x/y", "mysql://host:port/x"])
def test_url_is_refused_by_its_setting_when_it_names_no_database_of_ours(url):
    with pytest.raises(SettingsInvalid) as problem:
        Database(url)

    assert "DATABASE_URL" in str(problem.value)


def test_nothing_is_opened_when_a_database_is_only_named(tmp_path):
    Database(f"sqlite:///{tmp_path / 'x.db'}").close()

    assert list(tmp_path.iterdir()) == []
