"""Timer triggers: fires cron expressions on a scalable clock, and any of them by hand."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from ..manifest import Manifest, TimerTrigger
from ..manifest.cron import Cron, CronEnded
from ..switches import Switches
from .async_queue import AsyncQueue

CHINA = timezone(timedelta(hours=8))
"""Cron is read as Beijing time. No official page found says so (scf.md 4.3): do not rely on the hour."""


class UnknownTimer(LookupError):
    """No timer trigger has that name, and no function with timers has that key."""


@dataclass
class _Due:
    function: str
    trigger: TimerTrigger
    cron: Cron
    at: datetime


class ScaledClock:
    """Beijing time that starts now and runs `time_scale` times as fast."""

    def __init__(self, time_scale: float) -> None:
        self._scale = time_scale
        self._began = datetime.now(CHINA)
        self._origin = time.monotonic()

    def now(self) -> datetime:
        return self._began + timedelta(seconds=(time.monotonic() - self._origin) * self._scale)

    def seconds_until(self, moment: datetime) -> float:
        """Real seconds from now to `moment` of this clock; 0 when it has passed."""
        return max((moment - self.now()).total_seconds() / self._scale, 0.0)


class Timers:
    """`start` fires every trigger when it is due; `tick` fires at once. Events go through the async queue."""

    def __init__(self, manifest: Manifest, switches: Switches, queue: AsyncQueue) -> None:
        self._timers = [(key, timer) for key, spec in manifest.functions.items() for timer in spec.timers]
        self._queue = queue
        self._clock = ScaledClock(switches.time_scale)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def names(self) -> list[str]:
        return [timer.name for _, timer in self._timers]

    def tick(self, name: str) -> list[str]:
        """Fire the timer `name`, or every timer of the function with that key; request ids. Raises UnknownTimer."""
        chosen = [(key, timer) for key, timer in self._timers if name in (timer.name, key)]
        if not chosen:
            raise UnknownTimer(f"no timer {name}; there are: {', '.join(self.names) or 'none'}")
        return [request_id for key, timer in chosen for request_id in self._fire(key, timer)]

    def start(self) -> None:
        if self._timers and self._thread is None:
            self._thread = threading.Thread(target=self._run, name="timers", daemon=True)
            self._thread.start()

    def close(self) -> None:
        self._stop.set()
        if self._thread:
            self._thread.join()

    def _run(self) -> None:
        due = [_Due(key, timer, Cron.parse(timer.cron), self._clock.now()) for key, timer in self._timers]
        due = [entry for entry in due if self._advance(entry)]
        while due:
            first = min(due, key=lambda entry: entry.at)
            if self._stop.wait(self._clock.seconds_until(first.at)):
                return
            if not self._queue.is_waiting(first.function, "timer"):  # a fast clock must not pile events up
                self._fire(first.function, first.trigger)
            if not self._advance(first):
                due.remove(first)

    def _advance(self, entry: _Due) -> bool:
        """Set the next time; False when the expression is over. A scaled clock may skip what it is late for."""
        try:
            entry.at = entry.cron.next_after(max(entry.at, self._clock.now()))
        except CronEnded:
            return False
        return True

    def _fire(self, function: str, timer: TimerTrigger) -> list[str]:
        moment = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        event = {"Type": "Timer", "TriggerName": timer.name, "Time": moment, "Message": timer.argument}
        return self._queue.put(function, json.dumps(event, ensure_ascii=False), "timer")
