"""How often a caller may do something, counted in Redis in fixed windows."""

import logging
import math
from collections.abc import Sequence

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
        self._judge([(key, limit)], window_s, fail_open=fail_open)

    def hit_all(self, uses: Sequence[tuple[str, int]], *, window_s: int) -> None:
        """Count one use of each (key, limit), in one round trip; as `hit` with `fail_open`."""
        self._judge(uses, window_s, fail_open=True)

    def _judge(self, uses: Sequence[tuple[str, int]], window_s: int, *, fail_open: bool) -> None:
        try:
            counted = self._count([self._redis.key("limit", key) for key, _ in uses], window_s)
        except StoreUnavailable as error:
            if not fail_open:
                raise
            _log.warning("rate limits are not counted: %s", error)
            return
        over = [ends_in_ms for (_, limit), (used, ends_in_ms) in zip(uses, counted, strict=True) if used > limit]
        if over:
            raise TooManyRequests(retry_after_s=max(1, math.ceil(max(over) / 1000)))

    def _count(self, keys: Sequence[str], window_s: int) -> list[tuple[int, int]]:
        """How many uses each window has seen and when it ends, in milliseconds."""
        with self._redis.client() as client:
            with client.pipeline(transaction=True) as pipe:
                for key in keys:
                    pipe.set(key, 0, ex=window_s, nx=True)  # starts a window, and never resets a running one
                    pipe.incr(key)
                    pipe.pttl(key)
                answers = pipe.execute()
            counted = list(zip(answers[1::3], answers[2::3], strict=True))
            for key, (_, ends_in_ms) in zip(keys, counted, strict=True):
                if ends_in_ms < 0:  # old servers can expire the key between the two commands
                    client.expire(key, window_s)
        return [(used, ends_in_ms if ends_in_ms >= 0 else window_s * 1000) for used, ends_in_ms in counted]
