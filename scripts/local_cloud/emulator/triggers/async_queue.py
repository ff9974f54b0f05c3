"""The platform's queue in front of asynchronous invocations: FIFO per function, retries, retention, dead letters."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from ..context import new_request_id
from ..instances.invoker import Invoker, oversized
from ..outcome import Outcome, Status
from ..switches import ASYNC_LIMIT_BYTES, RETENTION_S, RETRY_EVERY_S, RUN_ERROR_RETRIES, Switches

PLATFORM_SIDE = {Status.CONCURRENCY_LIMIT, Status.INTERNAL}
"""Not the function's fault: repeated every minute until the retention time (scf.md 4.1)."""
CLOSE_WAIT_S = 30.0
NEVER_REPEATED = {Status.REQUEST_TOO_LARGE, Status.NO_SUCH_FUNCTION, Status.BAD_EVENT}


@dataclass(frozen=True)
class QueuedEvent:
    """One event waiting for a function; it keeps its request id over all retries. `event` is JSON text."""

    function: str
    event: str
    trigger: str
    request_id: str = field(default_factory=new_request_id)
    retry_num: int = 0
    pushed_at: float = field(default_factory=time.time)


BuryEvent = Callable[[QueuedEvent, Outcome], None]


class AsyncQueue:
    """Delivers events with a few workers per function; `bury` gets what failed for the last time. Thread-safe."""

    def __init__(self, invoker: Invoker, switches: Switches, bury: BuryEvent) -> None:
        self._invoker = invoker
        self._switches = switches
        self._bury = bury
        self._ready: dict[str, deque[QueuedEvent]] = {}
        self._delayed: list[tuple[float, int, QueuedEvent]] = []
        self._order = itertools.count()
        self._running: Counter[str] = Counter()
        self._closed = False
        self._changed = threading.Condition()
        self._scheduler = threading.Thread(target=self._schedule, name="async-queue", daemon=True)
        self._scheduler.start()

    def put(self, function: str, event: str, trigger: str) -> list[str]:
        """Queue an event, as often as the duplicates switch says; the request ids. Raises Failure over 128 KB.

        A queue that is closing takes nothing more.
        """
        if too_large := oversized(event, ASYNC_LIMIT_BYTES):
            raise too_large
        copies = [QueuedEvent(function, event, trigger) for _ in range(self._switches.duplicates)]
        with self._changed:
            if self._closed:
                return []
            self._ready.setdefault(function, deque()).extend(copies)
            self._changed.notify_all()
        return [copy.request_id for copy in copies]

    def is_waiting(self, function: str, event_trigger: str) -> bool:
        """True when an event of that trigger waits for the function and has not been started."""
        with self._changed:
            return any(queued.trigger == event_trigger for queued in self._ready.get(function, ()))

    def wait_idle(self, timeout_s: float) -> bool:
        """Wait until nothing waits, runs or is to be retried; False when that took longer than `timeout_s`."""
        with self._changed:
            return self._changed.wait_for(self._is_idle, timeout_s)

    def clear(self) -> None:
        """Forget what waits; what runs goes on."""
        with self._changed:
            self._ready.clear()
            self._delayed.clear()
            self._changed.notify_all()

    def stop(self) -> None:
        """Start nothing more and forget what waits; what runs goes on until its instance is killed."""
        with self._changed:
            self._closed = True
            self._ready.clear()
            self._delayed.clear()
            self._changed.notify_all()
        self._scheduler.join()

    def close(self) -> None:
        """`stop`, and wait for what runs: after that nothing is written to logs or dead letters."""
        self.stop()
        with self._changed:
            self._changed.wait_for(lambda: not any(self._running.values()), CLOSE_WAIT_S)

    def _is_idle(self) -> bool:
        return not self._delayed and not any(self._ready.values()) and not any(self._running.values())

    def _schedule(self) -> None:
        with self._changed:
            while not self._closed:
                self._promote_due()
                for function in list(self._ready):
                    self._start_workers(function)
                wait_s = self._delayed[0][0] - time.monotonic() if self._delayed else None
                self._changed.wait(wait_s)

    def _promote_due(self) -> None:
        while self._delayed and self._delayed[0][0] <= time.monotonic():
            _, _, queued = heapq.heappop(self._delayed)
            self._ready.setdefault(queued.function, deque()).append(queued)

    def _start_workers(self, function: str) -> None:
        """Duplicates must run at the same time, so they raise the number of workers."""
        workers = max(self._switches.async_workers, self._switches.duplicates)
        waiting = self._ready[function]
        while waiting and self._running[function] < workers:
            self._running[function] += 1
            threading.Thread(target=self._deliver, args=(waiting.popleft(),), daemon=True).start()

    def _deliver(self, queued: QueuedEvent) -> None:
        outcome = self._invoker.invoke(
            queued.function, queued.event, trigger=queued.trigger, request_id=queued.request_id
        )
        again = self._again(queued, outcome)
        if outcome.failure and not again and not self._closed:
            self._bury(queued, outcome)
        with self._changed:
            if again and not self._closed:
                due = time.monotonic() + self._switches.waiting(RETRY_EVERY_S)
                heapq.heappush(self._delayed, (due, next(self._order), again))
            self._running[queued.function] -= 1
            self._changed.notify_all()

    def _again(self, queued: QueuedEvent, outcome: Outcome) -> QueuedEvent | None:
        """The next try: run errors get two, the platform's own troubles as many as the retention time allows."""
        if outcome.failure is None or outcome.status in NEVER_REPEATED:
            return None
        if outcome.status in PLATFORM_SIDE:
            kept_s = time.time() - queued.pushed_at + self._switches.waiting(RETRY_EVERY_S)
            return queued if kept_s <= self._switches.waiting(RETENTION_S) else None
        return replace(queued, retry_num=queued.retry_num + 1) if queued.retry_num < RUN_ERROR_RETRIES else None
