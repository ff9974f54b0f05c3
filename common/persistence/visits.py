"""Who came already, for a day: forgotten with Redis, and nothing but digests."""

import logging

from common.errors import StoreUnavailable
from common.persistence.redis_connection import RedisConnection

_log = logging.getLogger(__name__)
DAY_S = 86_400


class RedisVisits:
    def __init__(self, redis: RedisConnection) -> None:
        self._redis = redis

    def is_first(self, key: str) -> bool:
        """True once a day for each key. While Redis is down nothing is a first visit: a count may be low, never inflated."""
        try:
            with self._redis.client() as client:
                return bool(client.set(self._redis.key("visit", key), 1, nx=True, ex=DAY_S))
        except StoreUnavailable as error:
            _log.warning("visits are not counted: %s", error)
            return False
