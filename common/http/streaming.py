"""A streamed answer, read within its deadline: every wait for the next bytes is bounded, whatever the caller does between."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import httpx

from common.errors import VendorUnavailable
from common.http import deadline, judge
from common.http.sse import ServerEvent, read_events


@dataclass(frozen=True)
class StreamLimits:
    """`idle_s` without an event, or `total_s` in all, end the stream."""

    idle_s: float
    total_s: float


def events_of(response: httpx.Response, limits: StreamLimits) -> Iterator[ServerEvent]:
    """Raises VendorUnavailable (fact `reason`) when the stream stalls, is cut or takes too long."""
    return read_events(_chunks(response, limits), idle_s=limits.idle_s, total_s=limits.total_s)


def _chunks(response: httpx.Response, limits: StreamLimits) -> Iterator[bytes]:
    """The deadline is set around each read only: between two of them the caller may call other vendors."""
    ends_at = time.monotonic() + limits.total_s
    chunks = response.iter_bytes()
    while True:
        left_s = ends_at - time.monotonic()
        if left_s <= 0:
            raise VendorUnavailable(reason="deadline", delivered="unknown")
        try:
            with deadline.within(min(limits.idle_s, left_s)):
                chunk = next(chunks)
        except StopIteration:
            return
        except httpx.ReadTimeout:
            raise VendorUnavailable(reason="idle", delivered="unknown") from None
        except httpx.HTTPError as error:
            raise judge.lost(error) from error
        yield chunk
