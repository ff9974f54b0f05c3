"""The clock of one fake: real time plus an offset that a test may shift."""

from __future__ import annotations

import time


class Clock:
    """Seconds since 1970 as the fake believes them to be, so that two hours of token life pass in no time."""

    def __init__(self) -> None:
        self.offset_s = 0.0

    def now(self) -> float:
        """Unix seconds, shifted."""
        return time.time() + self.offset_s

    def shift(self, offset_s: float) -> None:
        """Set the distance from real time; calling it twice with the same value changes nothing."""
        self.offset_s = float(offset_s)
