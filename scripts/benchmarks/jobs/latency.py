"""A search from the cache beside the same search at the boards: two fakes over HTTP, a Redis server in this process."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from common import clock
from common.domain.jobs import JobQuery
from common.http import HttpClient
from common.persistence.locks import RedisLocks
from common.persistence.rate_limits import RedisRateLimits
from common.persistence.redis_cache import RedisCache
from common.persistence.redis_connection import RedisConnection
from common.services import jobs
from common.services.job_cache import JobCache
from common.settings import read_group
from common.vendors.job_boards.client import JobBoard
from common.vendors.job_boards.mapping import load_mappings
from common.vendors.job_boards.settings import BoardSettings
from scripts.benchmarks.figures import Figure
from scripts.local_cloud.fakes.boss import BossFake
from scripts.local_cloud.fakes.kit import Fake, serve
from scripts.local_cloud.fakes.zhaopin import ZhaopinFake
from scripts.local_cloud.stack.stores import EmbeddedRedis

ROUNDS = 40


def figures() -> Iterator[Figure]:
    with ExitStack() as running:
        redis = EmbeddedRedis()
        running.callback(redis.close)
        connection = RedisConnection(redis.url)
        running.callback(connection.close)
        http = HttpClient(lambda: 30.0, lambda _record: None)
        running.callback(http.close)
        boards = _boards(running, http, connection)
        uncached = _median_ms(lambda turn: _search(boards, connection, f"{1_000_000 + turn}"))
        cached = _median_ms(lambda _turn: _search(boards, connection, "1000000"))
    note = "two boards over loopback HTTP, without a network's delay: a real board is slower, so the ratio only grows"
    yield Figure(
        "search: p50 from the cache",
        cached,
        "ms",
        peer="asking both boards",
        peer_value=uncached,
        at_most=0.7,
        note=note,
    )


def _boards(running: ExitStack, http: HttpClient, connection: RedisConnection) -> list[JobBoard]:
    env: dict[str, str] = {}
    fakes: list[Fake] = [ZhaopinFake(), BossFake()]
    for fake in fakes:
        env |= fake.environment(running.enter_context(serve(fake)).url)
    env |= {f"{mapping.prefix}PER_MINUTE": "100000" for mapping in load_mappings()}
    cache = RedisCache(connection)
    return [
        JobBoard(mapping, read_group(BoardSettings, mapping.prefix, env), http, cache) for mapping in load_mappings()
    ]


def _search(boards: list[JobBoard], connection: RedisConnection, salary_min: str) -> None:
    """Another salary is another search."""
    limits = RedisRateLimits(connection)
    kept = JobCache(RedisCache(connection), RedisLocks(connection), limits, clock.now)
    desk = jobs.JobDesk(boards, kept, clock.now())
    page = jobs.search(desk, JobQuery(keyword="Python", salary_min=int(salary_min)))
    if not page.jobs or any(report.status != "ok" for report in page.sources):
        raise RuntimeError(f"the boards did not answer: {page.sources}")


def _median_ms(work: Callable[[int], None]) -> float:
    times = []
    for turn in range(ROUNDS):
        started = time.perf_counter()
        work(turn)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)
