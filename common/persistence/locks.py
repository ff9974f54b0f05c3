"""Locks in Redis, for work that is wasteful rather than wrong when two do it; what must hold is a constraint in SQL."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from common.persistence.redis_connection import RedisConnection

#: Only the holder deletes a lock: by the time it is done, the lease may be over and the lock somebody else's.
_DELETE_IF_OURS = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"


class RedisLocks:
    def __init__(self, redis: RedisConnection) -> None:
        self._redis = redis

    @contextmanager
    def held(self, name: str, *, lease_s: float) -> Iterator[bool]:
        """True inside the block when the lock is ours, False when another holds it. Raises StoreUnavailable."""
        key, token = self._redis.key("lock", name), secrets.token_hex(16)
        with self._redis.client() as client:
            ours = bool(client.set(key, token, nx=True, px=max(1, int(lease_s * 1000))))
        try:
            yield ours
        finally:
            if ours:
                with self._redis.client() as client:
                    client.eval(_DELETE_IF_OURS, 1, key, token)
