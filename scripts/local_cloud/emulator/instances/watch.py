"""The eye on a running instance: time, memory and kill orders. Whoever waits for the instance looks again and again."""

from __future__ import annotations

import time

from ..outcome import Failure, Status
from ..switches import MIB
from .memory import memory_in_use, memory_peak
from .sandbox import Host, Sandbox

LOOK_EVERY_S = 0.02


class Watch:
    """Watches one invocation, or one initialisation when `initialising`."""

    def __init__(self, sandbox: Sandbox, host: Host, *, initialising: bool = False) -> None:
        self._sandbox = sandbox
        self._host = host
        self._initialising = initialising
        self._limit_s = sandbox.spec.init_timeout_s if initialising else sandbox.spec.timeout_s
        self._started = time.monotonic()
        self.peak_bytes = 0

    @property
    def running_s(self) -> float:
        return time.monotonic() - self._started

    def look(self) -> None:
        """Kill and raise Failure when the instance has gone too far. A kill order kills without raising: the
        death is noticed like any other."""
        if self.running_s > self._limit_s:
            self._sandbox.kill()
            raise self._overdue()
        self.check_memory(memory_in_use(self._sandbox.pid))
        if not self._initialising and self._host.kill_orders.take(self._sandbox.spec.key, self.running_s):
            self._sandbox.kill()

    def finish(self) -> None:
        """The last look: a peak between two looks counts as well."""
        self.check_memory(memory_peak(self._sandbox.pid))

    def check_memory(self, used_bytes: int) -> None:
        self.peak_bytes = max(self.peak_bytes, used_bytes)
        limit_mb = self._sandbox.spec.memory_mb
        if used_bytes > limit_mb * MIB:
            self._sandbox.kill()
            raise Failure(
                Status.MEMORY_EXCEEDED, f"memory limit exceeded: {used_bytes / MIB:.1f} MB used, {limit_mb} MB allowed"
            )

    def _overdue(self) -> Failure:
        if self._initialising:
            return Failure(Status.INIT_TIMEOUT, f"initialisation timed out after {self._limit_s} seconds")
        return Failure(Status.TIMEOUT, f"Invoking task timed out after {self._limit_s} seconds")
