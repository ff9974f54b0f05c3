"""Repeat what may be repeated: a bounded number of times, within the time that is left, with growing pauses."""

import random
from collections.abc import Callable
from typing import TypeVar

from common import clock
from common.errors import DeadlineExceeded, MojianError

Answer = TypeVar("Answer")

#: With less than this left, an attempt could only fail.
SHORTEST_ATTEMPT_S = 0.05

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 20.0


def time_left_s(remaining_s: Callable[[], float], *, vendor: str, operation: str) -> float:
    """For one attempt. Raises DeadlineExceeded when it could only fail."""
    left_s = remaining_s()
    if left_s < SHORTEST_ATTEMPT_S:
        raise DeadlineExceeded(vendor=vendor, operation=operation)
    return left_s


def is_retryable(error: MojianError) -> bool:
    return error.retryable


def surely_undone(error: MojianError) -> bool:
    """For calls that must not happen twice: only failures in which the vendor certainly did nothing."""
    return error.retryable and error.facts.get("delivered") == "no"


def with_retries(
    attempt: Callable[[], Answer],
    *,
    attempts: int,
    remaining_s: Callable[[], float],
    may_repeat: Callable[[MojianError], bool] = is_retryable,
) -> Answer:
    """Call `attempt` up to `attempts` times; the last error is raised as it is.

    The pause doubles from half a second, with jitter; a vendor's own wish (fact `retry_after_s`) makes it longer. A
    pause beyond 20 seconds, or beyond the time left, is not taken: the caller is told now instead.
    """
    tried = 0
    while True:
        tried += 1
        try:
            return attempt()
        except MojianError as error:
            pause_s = _pause_s(tried, error)
            if tried >= attempts or not may_repeat(error) or pause_s > LONGEST_PAUSE_S or pause_s >= remaining_s():
                raise
        clock.sleep(pause_s)


def _pause_s(tried: int, error: MojianError) -> float:
    doubled = min(FIRST_PAUSE_S * 2 ** (tried - 1), LONGEST_PAUSE_S)
    wished = error.facts.get("retry_after_s")
    jittered: float = doubled * random.uniform(0.5, 1.0)
    return max(jittered, float(wished)) if isinstance(wished, int | float) else jittered
