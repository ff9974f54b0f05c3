"""What is remembered of one call to a vendor: enough to count, time and alert, nothing that could leak."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from common.errors import MojianError


@dataclass(frozen=True)
class CallRecord:
    """One call, retries included. `error` is our error code; `usage` is what the vendor bills (tokens, say).

    Never a query string, a header or a body: WeChat and COS carry credentials there, and resumes are personal.
    """

    vendor: str
    operation: str
    status: int | None
    attempts: int
    latency_ms: int
    error: str | None = None
    usage: Mapping[str, int] = field(default_factory=dict)


Recorder = Callable[[CallRecord], None]


@dataclass
class OpenCall:
    """A call under way; whoever makes it fills in what happened."""

    attempts: int = 0
    status: int | None = None
    usage: Mapping[str, int] = field(default_factory=dict)


@contextmanager
def recorded(record: Recorder, vendor: str, operation: str) -> Iterator[OpenCall]:
    """Report the call when the block ends, whatever its end was."""
    call, began, error_code = OpenCall(), time.monotonic(), None
    try:
        yield call
    except Exception as error:
        error_code = error.code if isinstance(error, MojianError) else MojianError.code
        raise
    finally:
        latency_ms = round((time.monotonic() - began) * 1000)
        record(CallRecord(vendor, operation, call.status, call.attempts, latency_ms, error_code, call.usage))
