"""Runs events on event functions: size limit, instance, log lines. Used by every synchronous and asynchronous caller."""

from __future__ import annotations

import time

from ..context import new_request_id
from ..logs import RequestLog
from ..manifest import Manifest
from ..outcome import Failure, Outcome, Status
from ..switches import ASYNC_LIMIT_BYTES, SYNC_LIMIT_BYTES
from .event import EventInstance
from .pool import Pool
from .sandbox import Host


class Invoker:
    """One pool of instances per event function."""

    def __init__(self, manifest: Manifest, host: Host) -> None:
        self._specs = {key: spec for key, spec in manifest.functions.items() if spec.type == "event"}
        self._logs = host.logs
        self.pools = {key: Pool(spec, host, EventInstance) for key, spec in self._specs.items()}

    def invoke(self, function: str, event: str, *, trigger: str, request_id: str | None = None) -> Outcome:
        """Run one event (JSON text) now, in this thread. Never raises: whatever happens is an Outcome.

        `trigger` is what the function sees as TRIGGER_SRC: http, cos, timer or invoke.
        """
        request_id = request_id or new_request_id()
        spec = self._specs.get(function)
        if spec is None:
            return Outcome.failed(request_id, Failure(Status.NO_SUCH_FUNCTION, f"no event function {function}"))
        if too_large := oversized(event, SYNC_LIMIT_BYTES):
            return Outcome.failed(request_id, too_large)
        log = RequestLog(self._logs, function, request_id, spec.memory_mb)
        log.start()
        outcome = self._run(function, event, trigger, request_id, log)
        log.returned(outcome)
        log.end(outcome.duration_ms, outcome.memory_bytes)
        return outcome

    def _run(self, function: str, event: str, trigger: str, request_id: str, log: RequestLog) -> Outcome:
        started = time.monotonic()
        try:
            with self.pools[function].lent() as instance:
                if instance.is_cold:
                    instance.initialise(log)
                return instance.run(request_id, event, trigger)
        except Failure as failure:
            return Outcome.failed(request_id, failure, (time.monotonic() - started) * 1000)


def oversized(event: str, limit_bytes: int) -> Failure | None:
    """The failure of an event over SYNC_LIMIT_BYTES or ASYNC_LIMIT_BYTES."""
    size_bytes = len(event.encode("utf-8", "surrogatepass"))
    if size_bytes <= limit_bytes:
        return None
    kind = "asynchronous" if limit_bytes == ASYNC_LIMIT_BYTES else "synchronous"
    return Failure(
        Status.REQUEST_TOO_LARGE, f"request too large: {size_bytes} bytes, {kind} events may have {limit_bytes}"
    )
