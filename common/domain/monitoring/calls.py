"""Calls to vendors as counts: a histogram of latencies and a count of each error, by vendor and operation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from common.errors import ContentRefused, ObjectAlreadyExists, VendorError, VendorObjectMissing, VendorRejected
from common.errors.base import error_of

#: Upper bounds of the histogram, in milliseconds; what took longer is in the last one, which has none.
BOUNDS_MS = (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 40_000, 60_000, 120_000)
OVER = "over"

#: Errors of ours that are a vendor's honest answer: it works.
ANSWERS = frozenset(kind.code for kind in (ContentRefused, ObjectAlreadyExists, VendorObjectMissing))

#: Refusals that are everyday life: WeChat refuses a message of which the user accepted none (43101).
EVERYDAY = frozenset({"wechat/send_message/!vendor_rejected"})

#: Name of a count → how often. `vendor/operation/500` counts calls of 200 to 500 ms, `vendor/operation/!code` errors.
Counts = Mapping[str, int]


def names_of(vendor: str, operation: str, latency_ms: int, error: str | None) -> list[str]:
    """The counts that one call adds one to. Names are ours, never a user's."""
    bound = next((str(bound) for bound in BOUNDS_MS if latency_ms <= bound), OVER)
    began = f"{vendor}/{operation}/"
    return [began + bound, *([f"{began}!{error}"] if error else [])]


@dataclass
class VendorCalls:
    """What is known of the calls to one vendor in a stretch of time. `errors` by code, `histogram` by upper bound."""

    histogram: dict[str, int] = field(default_factory=dict)
    errors: dict[str, int] = field(default_factory=dict)

    @property
    def calls(self) -> int:
        return sum(self.histogram.values())

    @property
    def failed_percent(self) -> int:
        """Calls in which the vendor did not do its work."""
        return self._percent(is_failure)

    @property
    def rejected_percent(self) -> int:
        """Calls that the vendor refused; what a user wanted and may not have is none of them."""
        return self._percent(is_rejection)

    def _percent(self, counts: Callable[[str], bool]) -> int:
        found = sum(count for code, count in self.errors.items() if counts(code))
        return round(100 * found / self.calls) if self.calls else 0

    def quantile_ms(self, share: float) -> int:
        """The bound that at least this share of the calls kept; twice the last bound for those without one."""
        wanted, seen = share * self.calls, 0
        for bound in BOUNDS_MS:
            seen += self.histogram.get(str(bound), 0)
            if seen >= wanted:
                return bound
        return 2 * BOUNDS_MS[-1]


def is_failure(code: str) -> bool:
    """Down, slow, overrun, or talking nonsense."""
    error = error_of(code)
    return isinstance(error, VendorError) and not isinstance(error, VendorRejected)


def is_rejection(code: str) -> bool:
    """It works, and wants nothing of this: our key, our request, our account."""
    return isinstance(error_of(code), VendorRejected) and code not in ANSWERS


def by_vendor(counts: Counts) -> dict[str, VendorCalls]:
    """The counts of all operations of each vendor together; names of another shape are left out."""
    found: dict[str, VendorCalls] = {}
    for name, count in counts.items():
        vendor, _, rest = name.partition("/")
        last = rest.rpartition("/")[2]
        calls = found.setdefault(vendor, VendorCalls())
        if name in EVERYDAY:
            continue
        if last.startswith("!"):
            calls.errors[last[1:]] = calls.errors.get(last[1:], 0) + count
        elif last == OVER or last.isdecimal():
            calls.histogram[last] = calls.histogram.get(last, 0) + count
    return found
