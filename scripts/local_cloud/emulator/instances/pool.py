"""The instances of one function: warm reuse, parallel cold starts, a concurrency quota, recycling."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from ..manifest import FunctionSpec
from ..outcome import Failure, Status
from .sandbox import Host, Sandbox


class Instance(Protocol):
    """What a pool needs to know about an instance. `capacity` is how many requests it takes at the same time."""

    sandbox: Sandbox
    spent: bool

    @property
    def capacity(self) -> int: ...

    def close(self) -> None: ...


CLOSE_WAIT_S = 30.0
"""A client that reads nothing may keep a web function's instance borrowed: closing does not wait for ever."""

AnyInstance = TypeVar("AnyInstance", bound=Instance)


@dataclass(eq=False)
class Seat(Generic[AnyInstance]):
    """An instance with its use. Until it is `ready` (its first request is over the cold start) nobody shares it."""

    instance: AnyInstance
    in_use: int = 1
    uses: int = 1
    idle_since: float = 0.0
    ready: bool = False
    retired: bool = False


class Pool(Generic[AnyInstance]):
    """Lends instances. Thread-safe; instances are started outside the lock, so cold starts run in parallel."""

    def __init__(self, spec: FunctionSpec, host: Host, make: Callable[[FunctionSpec, Host], AnyInstance]) -> None:
        self._spec = spec
        self._switches = host.switches
        self._start: Callable[[], AnyInstance] = lambda: make(spec, host)
        self._seats: list[Seat[AnyInstance]] = []
        self._starting = 0
        self._ending = 0
        self._stopped = False
        self._changed = threading.Condition()

    @contextmanager
    def lent(self) -> Iterator[AnyInstance]:
        """An instance for one request, warm if there is one. Raises Failure 432 beyond the quota."""
        seat = self.borrow()
        try:
            yield seat.instance
        finally:
            self.give_back(seat)

    def borrow(self) -> Seat[AnyInstance]:
        """As `lent`, for a request that ends elsewhere: pass the seat to `give_back`."""
        with self._changed:
            if self._stopped:
                raise Failure(Status.INTERNAL, "the local cloud is closing")
            seat = self._warm_seat()
            if seat:
                return seat
            if len(self._seats) + self._starting >= self._switches.max_instances:
                raise Failure(
                    Status.CONCURRENCY_LIMIT, f"concurrency quota exceeded: {self._switches.max_instances} instances"
                )
            self._starting += 1
        return self._cold_seat()

    def share(self, seat: Seat[AnyInstance]) -> None:
        """The instance has initialised: others may use its free capacity."""
        with self._changed:
            seat.ready = True

    def give_back(self, seat: Seat[AnyInstance]) -> None:
        with self._changed:
            seat.in_use -= 1
            seat.ready = True
            seat.idle_since = time.monotonic()
            limit = self._switches.uses_per_instance
            worn = seat.instance.spent or bool(limit and seat.uses >= limit)
            seat.retired = seat.retired or worn or not seat.instance.sandbox.alive
            over = [seat] if seat.retired and seat.in_use == 0 else []
            self._take_out(over)
            if seat.in_use == 0 and not over:
                seat.instance.sandbox.freeze()
        self._end(over)

    def recycle(self, idle_s: float = 0.0) -> int:
        """End the instances that have been idle for `idle_s`; 0 retires the busy ones too, once they are done."""
        now = time.monotonic()
        with self._changed:
            idle = [seat for seat in self._seats if seat.in_use == 0 and now - seat.idle_since >= idle_s]
            self._take_out(idle)
            for seat in self._seats:
                seat.retired = seat.retired or idle_s == 0
        self._end(idle)
        return len(idle)

    def stop(self) -> None:
        """Lend nothing more, end what is idle, kill what is busy. Whoever has borrowed notices, and gives it back."""
        with self._changed:
            self._stopped = True
            for seat in self._seats:
                seat.retired = True
                seat.instance.sandbox.kill()
            idle = [seat for seat in self._seats if seat.in_use == 0]
            self._take_out(idle)
        self._end(idle)

    def close(self) -> None:
        """`stop`, and wait until every instance is gone, those included that are being started right now."""
        self.stop()
        with self._changed:
            self._changed.wait_for(lambda: not (self._seats or self._starting or self._ending), CLOSE_WAIT_S)
            left = list(self._seats)
            self._take_out(left)
        self._end(left)

    @property
    def size(self) -> int:
        return len(self._seats)

    def processes(self) -> list[int]:
        with self._changed:
            return [seat.instance.sandbox.pid for seat in self._seats]

    def _warm_seat(self) -> Seat[AnyInstance] | None:
        for seat in reversed(self._seats):
            usable = seat.ready and not seat.retired and seat.instance.sandbox.alive
            if usable and seat.in_use < seat.instance.capacity:
                seat.in_use += 1
                seat.uses += 1
                seat.instance.sandbox.thaw()
                return seat
        return None

    def _cold_seat(self) -> Seat[AnyInstance]:
        """Until it has its seat a new instance counts as starting, so that closing cannot overlook it."""
        seat: Seat[AnyInstance] | None = None
        try:
            seat = Seat(self._start())
        except Failure:
            raise
        except Exception as error:
            raise Failure(Status.INTERNAL, f"no instance of {self._spec.key} can be started: {error}") from error
        finally:
            with self._changed:
                self._starting -= 1
                if seat:
                    self._seats.append(seat)
                    seat.retired = self._stopped
                self._changed.notify_all()
        if seat.retired:
            self.give_back(seat)
            raise Failure(Status.INTERNAL, "the local cloud is closing")
        return seat

    def _take_out(self, seats: list[Seat[AnyInstance]]) -> None:
        """Call under the lock, and `_end` after it: ending a process takes time."""
        self._ending += len(seats)
        self._seats = [seat for seat in self._seats if seat not in seats]

    def _end(self, seats: list[Seat[AnyInstance]]) -> None:
        for seat in seats:
            try:
                seat.instance.close()
            finally:
                with self._changed:
                    self._ending -= 1
                    self._changed.notify_all()
