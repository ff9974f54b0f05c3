"""Verification codes in Redis, as keyed digests. Tries are counted where the code is, so that no race gives more of them."""

from common.persistence.redis_connection import RedisConnection

_PUT = """
redis.call('del', KEYS[1])
redis.call('hset', KEYS[1], 'digest', ARGV[1], 'tries', ARGV[2])
redis.call('pexpire', KEYS[1], ARGV[3])
return 1
"""

#: The last try is given out before the code goes, so that somebody who is right at last is right.
_TRY = """
local left = tonumber(redis.call('hget', KEYS[1], 'tries') or '0')
if left < 1 then return false end
redis.call('hset', KEYS[1], 'tries', left - 1)
return redis.call('hget', KEYS[1], 'digest')
"""

_USE_UP = """
if redis.call('hget', KEYS[1], 'digest') == ARGV[1] then return redis.call('del', KEYS[1]) end
return 0
"""


class RedisSmsCodes:
    """`place` says whose code it is; it holds no phone number in the clear. Everything raises StoreUnavailable."""

    def __init__(self, redis: RedisConnection) -> None:
        self._redis = redis

    def put(self, place: str, digest: str, *, tries: int, lifetime_s: int) -> None:
        """The only code at this place; the one before is void."""
        with self._redis.client() as client:
            client.eval(_PUT, 1, self._key(place), digest, tries, lifetime_s * 1000)

    def try_once(self, place: str) -> str | None:
        """The digest, one of its tries being used up; None when there is no code or no try left."""
        with self._redis.client() as client:
            digest = client.eval(_TRY, 1, self._key(place))
        return str(digest) if digest else None

    def use_up(self, place: str, digest: str) -> bool:
        """True for exactly one caller, if this code is still the one."""
        with self._redis.client() as client:
            return bool(client.eval(_USE_UP, 1, self._key(place), digest))

    def withdraw(self, place: str) -> None:
        with self._redis.client() as client:
            client.delete(self._key(place))

    def _key(self, place: str) -> str:
        return self._redis.key("sms_code", place)
