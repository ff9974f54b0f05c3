"""Values that may be lost at any time, as JSON in Redis with a lifetime."""

import json
import logging

from common.errors import StoreUnavailable
from common.persistence.redis_connection import RedisConnection

_log = logging.getLogger(__name__)


class RedisCache:
    def __init__(self, redis: RedisConnection) -> None:
        self._redis = redis

    def get(self, key: str) -> object | None:
        """The JSON value; None when it is unknown, over, unreadable, or Redis is down."""
        try:
            with self._redis.client() as client:
                text = client.get(self._redis.key("cache", key))
        except StoreUnavailable as error:
            _log.warning("the cache is not read: %s", error)
            return None
        return _value(text) if isinstance(text, str) else None

    def put(self, key: str, value: object, *, lifetime_s: float) -> None:
        """Kept at most `lifetime_s`; nothing happens while Redis is down."""
        try:
            with self._redis.client() as client:
                client.set(self._redis.key("cache", key), json.dumps(value), px=max(1, int(lifetime_s * 1000)))
        except StoreUnavailable as error:
            _log.warning("the cache is not written: %s", error)


def _value(text: str) -> object | None:
    try:
        value: object = json.loads(text)
    except ValueError:
        return None
    return value
