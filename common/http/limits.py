"""A breaker per vendor: after several failures in a row, callers are told at once instead of waiting for timeouts."""

from datetime import datetime, timedelta

from common import clock
from common.errors import VendorUnavailable

FAILURES = 5
PAUSE_S = 20.0


class Breaker:
    """Counts failures of one vendor in a row, in this process only.

    Open for `pause_s` after `failures` of them; then calls pass again, and the first failure opens it once more.
    """

    def __init__(self, vendor: str, *, failures: int = FAILURES, pause_s: float = PAUSE_S) -> None:
        self._vendor = vendor
        self._failures = failures
        self._pause = timedelta(seconds=pause_s)
        self._in_a_row = 0
        self._closed_again_at: datetime | None = None

    def check(self) -> None:
        """Raises VendorUnavailable while open."""
        if self._closed_again_at is None:
            return
        left_s = (self._closed_again_at - clock.now()).total_seconds()
        if left_s > 0:
            raise VendorUnavailable(
                vendor=self._vendor, reason="breaker_open", delivered="no", retry_after_s=round(left_s, 1)
            )

    def failed(self) -> None:
        self._in_a_row += 1
        if self._in_a_row >= self._failures:
            self._closed_again_at = clock.now() + self._pause

    def succeeded(self) -> None:
        self._in_a_row = 0
        self._closed_again_at = None
