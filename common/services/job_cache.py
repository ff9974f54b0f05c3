"""What a board said, kept for a while: one request for many who ask the same, and an old answer when there is no new one.

Redis only saves requests here. While it is down every board is asked directly, uncounted and uncached; after the first sign of it
nothing of this invocation waits for it again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from common import clock
from common.errors import (
    OUT_OF_REACH,
    MojianError,
    StoreUnavailable,
    TooManyRequests,
    VendorError,
    VendorObjectMissing,
    VendorUnavailable,
    error_of,
)
from common.lazy_model import LazyModel
from common.services.ports import Cache, JobBoard, Locks, RateLimits

#: An answer is kept this long for the time when its board is down.
KEPT_S = 24 * 3600
#: How long somebody may be at it before others ask for themselves, and how often they look.
LEASE_S, LOOK_EVERY_S = 10.0, 0.1
#: How long a failure is news.
TROUBLE_S = 3.0

Value = TypeVar("Value", bound=BaseModel)


class _Kept(LazyModel):
    at: datetime
    value: dict[str, object]


@dataclass(frozen=True)
class Answer(Generic[Value]):
    """`stale`: the board could not be asked, `trouble` tells why, and this is what it said before."""

    value: Value
    fetched_at: datetime
    trouble: MojianError | None = None

    @property
    def stale(self) -> bool:
        return self.trouble is not None


def _trouble(code: str) -> VendorError:
    error = error_of(code)
    return error if isinstance(error, VendorError) else VendorUnavailable()


@dataclass
class JobCache:
    """Of one invocation."""

    cache: Cache
    locks: Locks
    limits: RateLimits
    now: Callable[[], datetime]
    _redis_is_down: bool = field(default=False, init=False)

    def get(self, board: JobBoard, key: str, kind: type[Value], ask: Callable[[], Value]) -> Answer[Value]:
        """From the cache while it is fresh, else from the board. Raises VendorError, TooManyRequests when neither has it."""
        name = f"jobs:{board.name}:{key}"
        kept = self._read(name, kind)
        if kept and self._is_fresh(kept, board):
            return kept
        try:
            return self._alone(board, name, kind, ask, kept)
        except VendorObjectMissing:
            raise
        except (*OUT_OF_REACH, TooManyRequests) as trouble:
            if kept is None:
                raise
            return Answer(kept.value, kept.fetched_at, trouble)

    def _alone(
        self, board: JobBoard, name: str, kind: type[Value], ask: Callable[[], Value], kept: Answer[Value] | None
    ) -> Answer[Value]:
        """One asks; who comes meanwhile takes its answer."""
        if self._redis_is_down:
            return self._ask(board, name, ask)
        answer: Answer[Value] | None = None
        try:
            with self.locks.held(name, lease_s=LEASE_S) as ours:
                answer = (None if ours else self._wait(board, name, kind)) or self._again(board, name, kind, kept)
                answer = answer or self._ask(board, name, ask)
                return answer  # noqa: RET504 -- the lock may fail on its way out, and the answer is kept for then
        except StoreUnavailable:
            self._redis_is_down = True
            return answer or self._ask(board, name, ask)

    def _again(
        self, board: JobBoard, name: str, kind: type[Value], before: Answer[Value] | None
    ) -> Answer[Value] | None:
        """What somebody put there between our look and our lock."""
        kept = self._read(name, kind)
        newer = kept is not None and (before is None or kept.fetched_at > before.fetched_at)
        return kept if kept and newer and self._is_fresh(kept, board) else None

    def _wait(self, board: JobBoard, name: str, kind: type[Value]) -> Answer[Value] | None:
        for _ in range(int(LEASE_S / LOOK_EVERY_S)):
            clock.sleep(LOOK_EVERY_S)
            kept = self._read(name, kind)
            if kept and self._is_fresh(kept, board):
                return kept
            told = self.cache.get(f"{name}:trouble")
            if isinstance(told, dict):
                raise _trouble(str(told.get("code")))
        return None

    def _ask(self, board: JobBoard, name: str, ask: Callable[[], Value]) -> Answer[Value]:
        if not self._redis_is_down:
            self.limits.hit(f"jobs:{board.name}", limit=board.per_minute, window_s=60)
        try:
            value, now = ask(), self.now()
        except VendorError as trouble:
            self._tell_the_others(name, trouble)
            raise
        if not self._redis_is_down:
            kept = _Kept(at=now, value=value.model_dump(mode="json"))
            self.cache.put(name, kept.model_dump(mode="json"), lifetime_s=KEPT_S)
        return Answer(value, now)

    def _tell_the_others(self, name: str, trouble: VendorError) -> None:
        """Those who wait for our answer need not find out for themselves."""
        if not self._redis_is_down:
            self.cache.put(f"{name}:trouble", {"code": trouble.code}, lifetime_s=TROUBLE_S)

    def _read(self, name: str, kind: type[Value]) -> Answer[Value] | None:
        """A value of an older version of ours counts as none."""
        if self._redis_is_down:
            return None
        try:
            kept = _Kept.model_validate(self.cache.get(name))
            return Answer(kind.model_validate(kept.value), kept.at)
        except ValidationError:
            return None

    def _is_fresh(self, kept: Answer[Value], board: JobBoard) -> bool:
        return self.now() - kept.fetched_at < timedelta(seconds=board.cache_s)
