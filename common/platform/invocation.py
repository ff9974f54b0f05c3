"""What an invocation knows about itself: its id, its function, and how much time is left."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: Kept back from the limit, so that there is time to record a failure before the platform kills the process.
MARGIN_S = 1.5


@dataclass(frozen=True)
class Invocation:
    """From the platform's `context` dict; the platform gives no remaining time, so it is counted from here."""

    request_id: str
    function: str
    time_limit_s: float
    cold: bool = False
    started: float = field(default_factory=time.monotonic)

    @staticmethod
    def from_context(context: Mapping[str, Any], *, cold: bool) -> "Invocation":
        return Invocation(
            request_id=str(context.get("request_id") or ""),
            function=str(context.get("function_name") or ""),
            time_limit_s=float(context.get("time_limit_in_ms") or 3000) / 1000,
            cold=cold,
        )

    def remaining_s(self) -> float:
        """Seconds that work may still take; never negative."""
        return max(0.0, self.time_limit_s - MARGIN_S - (time.monotonic() - self.started))

    def elapsed_ms(self) -> int:
        return round((time.monotonic() - self.started) * 1000)
