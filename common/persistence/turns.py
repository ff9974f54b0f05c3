"""Turns at something that only so many may use at once, shared by all instances: a fair queue in Redis.

Who comes first is served first, except while their user already has as many turns as one may have: then the next in line
goes, and they keep their place. So one user cannot starve the others, and within a user the oldest goes first. Waiters ask in
turns of their own, so each free turn is kept for one in line, and as many may come for theirs at a time as are free.
"""

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from common import clock
from common.errors import StoreUnavailable, VendorBusy
from common.persistence.redis_connection import RedisConnection

_log = logging.getLogger(__name__)

_POLL_S = 0.1
_SILENT_MS = 5_000  # a waiter that has not asked for so long is gone

#: KEYS: running, waiting, seen, owners, counter. ARGV: token, user, now ms, limit, per user, lease ms, silent ms. 1: your turn.
_TAKE = """
local now = tonumber(ARGV[3])
for _, gone in ipairs(redis.call('zrangebyscore', KEYS[1], '-inf', now)) do
  redis.call('zrem', KEYS[1], gone)
  redis.call('hdel', KEYS[4], gone)
end
for _, gone in ipairs(redis.call('zrangebyscore', KEYS[3], '-inf', now - tonumber(ARGV[7]))) do
  redis.call('zrem', KEYS[2], gone)
  redis.call('zrem', KEYS[3], gone)
  if not redis.call('zscore', KEYS[1], gone) then redis.call('hdel', KEYS[4], gone) end
end
if not redis.call('zscore', KEYS[2], ARGV[1]) then
  redis.call('zadd', KEYS[2], redis.call('incr', KEYS[5]), ARGV[1])
  redis.call('hset', KEYS[4], ARGV[1], ARGV[2])
end
redis.call('zadd', KEYS[3], now, ARGV[1])
local free = tonumber(ARGV[4]) - redis.call('zcard', KEYS[1])
local held, before = {}, {}
for _, token in ipairs(redis.call('zrange', KEYS[1], 0, -1)) do
  local user = redis.call('hget', KEYS[4], token)
  if user then held[user] = (held[user] or 0) + 1 end
end
for _, token in ipairs(redis.call('zrange', KEYS[2], 0, -1)) do
  if free < 1 then return 0 end
  local user = redis.call('hget', KEYS[4], token) or ''
  if (held[user] or 0) < tonumber(ARGV[5]) then
    if token == ARGV[1] then
      if before[user] then return 0 end
      redis.call('zrem', KEYS[2], token)
      redis.call('zrem', KEYS[3], token)
      redis.call('zadd', KEYS[1], now + tonumber(ARGV[6]), token)
      return 1
    end
    held[user] = (held[user] or 0) + 1
    before[user] = true
    free = free - 1
  end
end
return 0
"""
_LEAVE = """
for index = 1, 3 do redis.call('zrem', KEYS[index], ARGV[1]) end
return redis.call('hdel', KEYS[4], ARGV[1])
"""


class RedisTurns:
    """`name` of what is shared; `limit` turns in all and `per_user` of one user at a time; a turn ends after `lease_s` at the
    latest, so a worker that was killed does not keep it.
    """

    def __init__(self, redis: RedisConnection, name: str, *, limit: int, per_user: int, lease_s: float) -> None:
        self._redis = redis
        self._keys = [redis.key("turns", name, part) for part in ("running", "waiting", "seen", "owners", "counter")]
        self._limit, self._per_user, self._lease_s = limit, per_user, lease_s

    @contextmanager
    def taken(self, user_id: str, *, wait_s: Callable[[], float]) -> Iterator[None]:
        """A turn inside the block. `wait_s` is what may still be spent on waiting. Raises VendorBusy when none came free.

        While Redis is out of reach everybody goes ahead: the vendor's own limit is still there.
        """
        token = secrets.token_hex(12)
        counted = self._wait(token, user_id, wait_s)
        try:
            yield
        finally:
            if counted:
                self._leave(token)

    def _wait(self, token: str, user_id: str, wait_s: Callable[[], float]) -> bool:
        try:
            while not self._take(token, user_id):
                if wait_s() < _POLL_S:
                    self._leave(token)
                    raise VendorBusy(reason="queue", delivered="no", retry_after_s=5)
                clock.sleep(_POLL_S)
        except StoreUnavailable as error:
            _log.warning("turns are not counted: %s", error)
            return False
        return True

    def _take(self, token: str, user_id: str) -> bool:
        now_ms = int(clock.now().timestamp() * 1000)
        arguments = (token, user_id, now_ms, self._limit, self._per_user, int(self._lease_s * 1000), _SILENT_MS)
        with self._redis.client() as client:
            return bool(client.eval(_TAKE, len(self._keys), *self._keys, *arguments))

    def _leave(self, token: str) -> None:
        try:
            with self._redis.client() as client:
                client.eval(_LEAVE, len(self._keys), *self._keys, token)
        except StoreUnavailable as error:
            _log.warning("a turn ends with its lease: %s", error)
