"""Where load and chaos take place: the local cloud over a real MySQL and a real Redis, of which nothing stays behind."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import redis
from sqlalchemy import text

from common.persistence.database import Database
from scripts.benchmarks.money.databases import fresh_database, reachable
from scripts.local_cloud.emulator.switches import Switches
from scripts.local_cloud.stack import Stack

#: Redis numbers its databases; the first empty one from the end is ours.
REDIS_DATABASES = range(15, 0, -1)

#: Nobody is to run out of credits: what one user may upload in an hour costs less.
WELCOME = {"CREDITS_WELCOME": "500"}


@dataclass(frozen=True)
class Servers:
    """URLs of an empty database with all tables and of an empty Redis database."""

    database_url: str
    redis_url: str


def servers_are_there() -> bool:
    """Says on standard error what is missing."""
    missing = [name for name, found in (("MySQL", reachable("mysql")), ("Redis", _redis_answers())) if not found]
    for name in missing:
        print(f"no {name} server here: left out (TEST_MYSQL_URL, TEST_REDIS_URL)", file=sys.stderr)
    return not missing


@contextmanager
def servers() -> Iterator[Servers]:
    """Both are emptied and given back afterwards."""
    with fresh_database("mysql") as database_url, _fresh_redis() as redis_url:
        yield Servers(database_url, redis_url)


@contextmanager
def grounds(
    found: Servers, *, switches: Switches, time_scale: float = 1.0, timers: bool = True, env: Mapping[str, str] = {}
) -> Iterator[Stack]:
    """The local cloud on those servers, with settings of its own."""
    urls = {"DATABASE_URL": found.database_url, "REDIS_URL": found.redis_url}
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="mojian-load-"))
        extra = {**WELCOME, **urls, **env}
        yield stack.enter_context(
            Stack(Path(folder), time_scale=time_scale, timers=timers, switches=switches, extra_env=extra)
        )


def rows_read(database: Database) -> int:
    """How many rows the server has read since it was started, for everybody: a search that grows shows here first."""
    with database.transaction(write=False) as connection:
        counters = connection.execute(text("SHOW GLOBAL STATUS LIKE 'Handler_read%'"))
        return sum(int(value) for _name, value in counters)


def _redis_url() -> str:
    return os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/0")


def _redis_answers() -> bool:
    client = redis.Redis.from_url(_redis_url(), socket_connect_timeout=2)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()


@contextmanager
def _fresh_redis() -> Iterator[str]:
    """A mark in it tells others that it is taken."""
    parts = urlsplit(_redis_url())
    for number in REDIS_DATABASES:
        url = parts._replace(path=f"/{number}").geturl()
        with closing(redis.Redis.from_url(url)) as client:
            if client.dbsize() or not client.set("benchmark", os.getpid(), nx=True):
                continue
            try:
                yield url
            finally:
                client.flushdb()
            return
    raise LookupError("no empty database in this Redis")
