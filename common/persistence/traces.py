"""What Redis knows of a user: keys with their id in the name, pieces of answers, and a place in the line for the model."""

from collections.abc import Iterable, Sequence

from common.domain.chat.conversation import MOST_ATTEMPTS
from common.persistence.redis_connection import RedisConnection

SCANNED_AT_ONCE = 1000


class RedisTraces:
    def __init__(self, redis: RedisConnection) -> None:
        self._redis = redis

    def erase(self, user_id: str, turn_ids: Sequence[str]) -> None:
        """Safe to repeat. Looks at every key once, which is for those who leave only. Raises StoreUnavailable."""
        self._delete(self._pieces(turn_ids))
        with self._redis.client() as client:
            self._delete(client.scan_iter(match=f"{self._redis.key('')}*{user_id}*", count=SCANNED_AT_ONCE))
            for owners in client.scan_iter(match=self._redis.key("turns", "*", "owners"), count=SCANNED_AT_ONCE):
                waiting = [token for token, owner in client.hscan_iter(owners) if owner == user_id]
                if waiting:
                    client.hdel(owners, *waiting)

    def _pieces(self, turn_ids: Sequence[str]) -> list[str]:
        attempts = range(1, MOST_ATTEMPTS + 1)
        return [self._redis.key("chat", turn_id, str(attempt)) for turn_id in turn_ids for attempt in attempts]

    def _delete(self, keys: Iterable[str]) -> None:
        found = list(keys)
        with self._redis.client() as client:
            for start in range(0, len(found), SCANNED_AT_ONCE):
                client.delete(*found[start : start + SCANNED_AT_ONCE])
