"""How often a caller may do something, counted in Redis in fixed windows."""

import logging
import math

from common.errors import StoreUnavailable, TooManyRequests
from common.persistence.redis_connection import RedisConnection

_log = logging.getLogger(__name__)


class RedisRateLimits:
    def __init__(self, redis: RedisConnection) -> None:
        self._redis = redis

    def hit(self, key: str, *, limit: int, window_s: int, fail_open: bool = True) -> None:
        """Count one use of `key`; raises TooManyRequests(retry_after_s=…) beyond `limit` in a window.

        A window begins with its first use. While Redis is down, `fail_open` lets everybody through; without it
        StoreUnavailable is raised, which is right where a use costs money or guesses a secret.
        """
        try:
            uses, ends_in_ms = self._count(self._redis.key("limit", key), window_s)
        except StoreUnavailable as error:
            if not fail_open:
                raise
            _log.warning("rate limits are not counted: %s", error)
            return
        if uses > limit:
            raise TooManyRequests(retry_after_s=max(1, math.ceil(ends_in_ms / 1000)))

    def _count(self, key: str, window_s: int) -> tuple[int, int]:
        """How many uses the window has seen and when it ends; one atomic round trip."""
        with self._redis.client() as client:
            with client.pipeline(transaction=True) as pipe:
                pipe.set(key, 0, ex=window_s, nx=True)  # starts a window, and never resets a running one
                pipe.incr(key)
                pipe.pttl(key)
                _, uses, ends_in_ms = pipe.execute()
            if ends_in_ms < 0:  # old servers can expire the key between the two commands
                client.expire(key, window_s)
                ends_in_ms = window_s * 1000
        return uses, ends_in_ms
