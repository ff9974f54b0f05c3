"""One lazily opened Redis: short time limits, one meaning for every failure."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING

from common.errors import SettingsInvalid, StoreUnavailable

if TYPE_CHECKING:
    from redis import Redis

TIMEOUT_S = 1.5

#: After a server that did not answer, callers are told at once for so long, instead of waiting for a timeout each.
PAUSE_S = 1.0


class RedisConnection:
    """`prefix` goes before every key, so that deployments can share a server. `pause_s`: how long a silent one is left alone."""

    def __init__(
        self, url: str, *, prefix: str = "mojian:", timeout_s: float = TIMEOUT_S, pause_s: float = PAUSE_S
    ) -> None:
        self._url = url
        self._prefix = prefix
        self._timeout_s = timeout_s
        self._pause_s = pause_s
        self._asleep_until = 0.0

    def key(self, *parts: str) -> str:
        return self._prefix + ":".join(parts)

    @contextmanager
    def client(self) -> Iterator["Redis"]:
        """Raises StoreUnavailable for whatever goes wrong with Redis inside the block."""
        from redis.exceptions import ConnectionError as ConnectionLost
        from redis.exceptions import RedisError, TimeoutError

        if monotonic() < self._asleep_until:
            raise StoreUnavailable(store="redis", code="did not answer a moment ago")
        try:
            yield self._client
        except RedisError as error:
            if isinstance(error, (ConnectionLost, TimeoutError)):
                self._asleep_until = monotonic() + self._pause_s
            raise StoreUnavailable(store="redis", code=type(error).__name__) from None

    def close(self) -> None:
        if "_client" in self.__dict__:
            self._client.close()
            del self.__dict__["_client"]

    @cached_property
    def _client(self) -> "Redis":
        """RESP2 because cloud servers before version 6 know no other; one retry, for a connection that went stale."""
        from redis import Redis
        from redis.backoff import NoBackoff
        from redis.exceptions import ConnectionError as ConnectionLost
        from redis.retry import Retry

        try:
            return Redis.from_url(
                self._url,
                decode_responses=True,
                health_check_interval=30,
                protocol=2,
                retry=Retry(NoBackoff(), 1, supported_errors=(ConnectionLost,)),
                socket_connect_timeout=self._timeout_s,
                socket_timeout=self._timeout_s,
            )
        except ValueError:
            raise SettingsInvalid(problems=["REDIS_URL: not a Redis URL"]) from None
