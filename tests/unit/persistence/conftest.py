"""Runs one suite on every engine: SQLite always; MySQL, PostgreSQL and a real Redis with --services.

Every run works in databases and under a key prefix of its own, and removes them.
"""

import os
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Thread

import pytest
from fakeredis import TcpFakeServer
from sqlalchemy import create_engine, delete, text

from common.domain.users import OpenId, User, UserId, WeChatIdentity
from common.persistence.credits import SqlCreditStore
from common.persistence.database import Database
from common.persistence.engines import database_url
from common.persistence.idempotency import SqlIdempotencyStore
from common.persistence.migrate import upgrade
from common.persistence.orders import SqlOrderStore
from common.persistence.outbox import SqlOutbox
from common.persistence.redis_connection import RedisConnection
from common.persistence.resumes import SqlResumeStore
from common.persistence.schema import metadata
from common.persistence.tokens import SqlTokenStore
from common.persistence.users import SqlUserStore
from tests.unit.persistence.builders import NOW, open_decryption, open_encryption

SERVERS = {
    "mysql": ("TEST_MYSQL_URL", "mysql://root@127.0.0.1:3306/test"),
    "postgresql": ("TEST_POSTGRES_URL", "postgresql://root@127.0.0.1:5432/test"),
}
ENGINES = [
    "sqlite",
    pytest.param("mysql", marks=pytest.mark.services),
    pytest.param("postgresql", marks=pytest.mark.services),
]


@pytest.fixture(params=ENGINES, scope="session")
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def empty_url(backend: str, tmp_path: Path) -> Iterator[str]:
    """A database without tables, of this test alone."""
    with_database = _fresh_database(backend, tmp_path)
    yield next(with_database)
    next(with_database, None)


@pytest.fixture(scope="session")
def migrated_url(backend: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with_database = _fresh_database(backend, tmp_path_factory.mktemp("sqlite"))
    url = next(with_database)
    upgrade(url)
    yield url
    next(with_database, None)


@pytest.fixture
def url(migrated_url: str) -> str:
    """A database with all tables, empty."""
    engine = create_engine(database_url(migrated_url))
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(delete(table))
    engine.dispose()
    return migrated_url


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = Database(url)
    yield opened
    opened.close()


@pytest.fixture
def at_once(url: str) -> Iterator[Callable[..., list[object]]]:
    """Runs `work(database)` in many threads that start together, each with a connection of its own, like instances."""
    databases: list[Database] = []

    def run(work: Callable[[Database], object], *, times: int = 20) -> list[object]:
        databases.extend(Database(url) for _ in range(times))
        start = Barrier(times)

        def one(database: Database) -> object:
            start.wait()
            try:
                return work(database)
            except Exception as error:
                return type(error)

        with ThreadPoolExecutor(times) as pool:
            return list(pool.map(one, databases[-times:]))

    yield run
    for database in databases:
        database.close()


@pytest.fixture
def users(database: Database) -> SqlUserStore:
    return SqlUserStore(database, encrypt=open_encryption, decrypt=open_decryption)


@pytest.fixture
def credits(database: Database) -> SqlCreditStore:
    return SqlCreditStore(database)


@pytest.fixture
def orders(database: Database) -> SqlOrderStore:
    return SqlOrderStore(database)


@pytest.fixture
def resumes(database: Database) -> SqlResumeStore:
    return SqlResumeStore(database)


@pytest.fixture
def outbox(database: Database) -> SqlOutbox:
    return SqlOutbox(database)


@pytest.fixture
def tokens(database: Database) -> SqlTokenStore:
    return SqlTokenStore(database)


@pytest.fixture
def keys(database: Database) -> SqlIdempotencyStore:
    return SqlIdempotencyStore(database)


@pytest.fixture
def user(users: SqlUserStore) -> User:
    return users.find_or_create(WeChatIdentity(OpenId("oAlice"), "session-key-1"), now=NOW)[0]


@pytest.fixture
def alice(user: User) -> UserId:
    return user.id


@pytest.fixture(params=["fake", pytest.param("server", marks=pytest.mark.services)], scope="session")
def redis_url(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "server":
        yield os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/0")
        return
    server = TcpFakeServer(("127.0.0.1", 0))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"redis://127.0.0.1:{server.server_address[1]}/0"
    server.shutdown()
    server.server_close()


@pytest.fixture
def redis(redis_url: str) -> Iterator[RedisConnection]:
    opened = RedisConnection(redis_url, prefix=f"mojian-test-{secrets.token_hex(6)}:", pause_s=0)
    yield opened
    with opened.client() as client:
        for key in client.scan_iter(opened.key("*")):
            client.delete(key)
    opened.close()


@pytest.fixture
def dead_redis() -> Iterator[RedisConnection]:
    """Nobody listens on port 1."""
    opened = RedisConnection("redis://127.0.0.1:1/0", timeout_s=0.2)
    yield opened
    opened.close()


def _fresh_database(backend: str, folder: Path) -> Iterator[str]:
    if backend == "sqlite":
        yield f"sqlite:///{folder / 'mojian.db'}"
        return
    variable, default = SERVERS[backend]
    server, name = database_url(os.environ.get(variable, default)), f"mojian_test_{secrets.token_hex(6)}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name}" + (" WITH (FORCE)" if backend == "postgresql" else "")))
    engine.dispose()
