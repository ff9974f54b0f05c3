"""Calls to vendors, counted by the minute in Redis: in memory while an invocation runs, one round trip at its end."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from common.domain.monitoring.calls import Counts, names_of
from common.errors import MojianError
from common.persistence.redis_connection import RedisConnection

KEPT_S = 3600


class RedisCallWindows:
    """A hash a minute. What cannot be written is gone: the log has every call too.

    `connected` is asked when counts are sent or read, never while counting: where Redis is may be told by the very call
    that is counted (a secret), and it may change.
    """

    def __init__(self, connected: Callable[[], RedisConnection]) -> None:
        self._connected = connected
        self._counted: Counter[str] = Counter()

    def count(self, vendor: str, operation: str, latency_ms: int, error: str | None) -> None:
        """One call, kept in memory until `flush`."""
        self._counted.update(names_of(vendor, operation, latency_ms, error))

    def flush(self, *, now: datetime) -> None:
        """Add what was counted to the minute of `now`. Nothing is sent when nothing was counted; raises nothing."""
        counted, self._counted = self._counted, Counter()
        if not counted:
            return
        try:
            redis = self._connected()
            key = _key(redis, now)
            with redis.client() as client, client.pipeline(transaction=False) as pipe:
                for name, count in counted.items():
                    pipe.hincrby(key, name, count)
                pipe.expire(key, KEPT_S)
                pipe.execute()
        except MojianError:
            return  # Redis is down, or the secret with its address out of reach: the answer goes out all the same

    def recent(self, *, now: datetime, minutes: int) -> Counts:
        """The counts of the minute of `now` and those before it, `minutes` in all. Raises StoreUnavailable."""
        redis = self._connected()
        with redis.client() as client, client.pipeline(transaction=False) as pipe:
            for back in range(minutes):
                pipe.hgetall(_key(redis, now - timedelta(minutes=back)))
            windows = pipe.execute()
        total: Counter[str] = Counter()
        for window in windows:
            total.update({name: int(count) for name, count in window.items()})
        return total


def _key(redis: RedisConnection, moment: datetime) -> str:
    return redis.key("calls", moment.strftime("%Y%m%d%H%M"))
