"""Real wiring on a SQLite file, and what was printed as parsed lines."""

import base64
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from common import clock
from common.domain.users import UserId
from common.persistence.schema import metadata
from common.wiring import App, Shared

KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("platform") / "empty.db"
    engine = create_engine(f"sqlite:///{file}")
    metadata.create_all(engine)
    engine.dispose()
    return file


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, str]:
    """The environment of a function; its database appears with the fixture `database`."""
    values = {
        "APP_ENV": "development",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'mojian.db'}",
        "REDIS_URL": "redis://127.0.0.1:1/0",  # nobody listens there: requests are not counted
        "SESSION_KEYS": f"s1:{KEY}",
        "DATA_KEYS": f"d1:{KEY}",
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return values


@pytest.fixture
def database(env: dict[str, str], empty_database: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(empty_database, tmp_path / "mojian.db"))


@pytest.fixture
def app(env: dict[str, str], database: Path) -> App:
    return App(Shared(env), remaining_s=lambda: 8.0, request_id="req-1")


@pytest.fixture
def known(database: Path) -> Callable[[str], None]:
    """Makes an account of this id."""

    def make(user_id: str) -> None:
        now = clock.now().strftime("%Y-%m-%d %H:%M:%S.%f")
        with closing(sqlite3.connect(database)) as connection, connection:
            row = (user_id, f"o{user_id}", now, now)
            connection.execute("INSERT OR IGNORE INTO users (id, openid, created_at, seen_at) VALUES (?, ?, ?, ?)", row)

    return make


@pytest.fixture
def token(env: dict[str, str], known: Callable[[str], None]) -> Callable[[str], str]:
    """A session token that the handlers accept."""
    sessions = Shared(env).sessions

    def issue(user_id: str) -> str:
        known(user_id)
        return sessions.issue(UserId(user_id), now=clock.now())[0]

    return issue


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Callable[[], list[dict[str, Any]]]:
    return lambda: [json.loads(line) for line in capsys.readouterr().out.splitlines()]
