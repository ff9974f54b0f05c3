"""The stores of the local cloud: an embedded Redis and the SQL schema."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import redis
from fakeredis import TcpFakeServer

MIGRATE = "common.persistence.migrate"
SQLITE = "sqlite:///"


class MigrationFailed(RuntimeError):
    """The schema could not be brought up to date; the text is what the migration said."""


class EmbeddedRedis:
    """A Redis server inside this process, on a free loopback port. What it holds is lost with it."""

    def __init__(self) -> None:
        self._server = TcpFakeServer(("127.0.0.1", 0))
        self._server.daemon_threads = True
        # It answers a pipeline in small pieces; each would wait 40 ms for the one before to be acknowledged.
        self._server.RequestHandlerClass.disable_nagle_algorithm = True
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def clear(self) -> None:
        client = redis.Redis(port=self.port)
        try:
            client.flushall()
        finally:
            client.close()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def migrate(project: Path, database_url: str) -> None:
    """Bring the schema up to date, as ./scripts/migrate does; a project without persistence has none.

    Raises MigrationFailed.
    """
    if not (project / "common" / "persistence").is_dir():
        return
    environment = {**os.environ, "DATABASE_URL": database_url}
    run = subprocess.run(
        [sys.executable, "-m", MIGRATE], cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    if run.returncode:
        raise MigrationFailed((run.stderr or run.stdout).strip())


def forget_sqlite(database_url: str) -> None:
    """Delete an SQLite database with its journals. Any other database is left alone."""
    if not database_url.startswith(SQLITE):
        return
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(database_url.removeprefix(SQLITE) + suffix).unlink(missing_ok=True)
