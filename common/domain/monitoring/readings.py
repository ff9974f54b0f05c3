"""From counts to what the thresholds are compared with."""

from collections.abc import Mapping

from common.domain.monitoring.calls import Counts, by_vendor
from common.domain.monitoring.thresholds import ALL, LEAST_CALLS, Measure
from common.errors import CallerError, ContentRefused, CredentialRejected, VendorQuotaExhausted
from common.errors.base import error_of

Taken = dict[Measure, Mapping[str, int]]


def of_calls(counts: Counts) -> Taken:
    """Shares and quantiles of vendors that were asked often enough; a refused key or an empty account counts at once."""
    vendors = by_vendor(counts)
    busy = {name: calls for name, calls in vendors.items() if calls.calls >= LEAST_CALLS}
    return {
        "vendor_failed_percent": {name: calls.failed_percent for name, calls in busy.items()},
        "vendor_rejected_percent": {name: calls.rejected_percent for name, calls in busy.items()},
        "vendor_p95_ms": {name: calls.quantile_ms(0.95) for name, calls in busy.items()},
        "vendor_key_refused": {name: calls.errors.get(CredentialRejected.code, 0) for name, calls in vendors.items()},
        "vendor_quota_used_up": {
            name: calls.errors.get(VendorQuotaExhausted.code, 0) for name, calls in vendors.items()
        },
    }


def of_stores(found: Mapping[str, str]) -> Taken:
    """`found` is what health says: the dependency's name → ok, or the code of what is wrong."""
    return {"store_down": {name: int(code != "ok") for name, code in found.items()}}


def of_codes(measure: Measure, ended: Mapping[str, int]) -> Taken:
    """How many ended badly for a reason of ours; a file that nobody can read is none."""
    return {measure: {ALL: sum(count for code, count in ended.items() if not is_answer(code))}}


def of_number(measure: Measure, number: int) -> Taken:
    return {measure: {ALL: number}}


def is_answer(code: str) -> bool:
    """The work ended as it should: the user was told what to change."""
    return isinstance(error_of(code), (CallerError, ContentRefused))
