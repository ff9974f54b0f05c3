"""What users saw: every answer by status and code, and which answers nobody should see."""

from __future__ import annotations

import threading
from collections import Counter

from common.errors import VendorError, all_errors

#: No answer at all: the connection broke or nobody answered in time.
NO_ANSWER, OK = 0, 200
#: An upload goes straight to the bucket: what that answers is not our answer.
FROM_THE_BUCKET = "from the bucket"
_EXPLAINED = frozenset(kind.code for kind in all_errors() if kind.retryable or issubclass(kind, VendorError))


class Seen:
    """A tally of (status, code). Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[tuple[int, str]] = Counter()

    def note(self, status: int, code: str = "") -> None:
        with self._lock:
            self._counts[status, code] += 1

    def wrong(self) -> Counter[tuple[int, str]]:
        """Answers that leave a client without a next step."""
        return Counter({seen: count for seen, count in self._counts.items() if is_wrong(*seen)})

    def __str__(self) -> str:
        """For example `200 x 312, 503 store_unavailable x 9`; good answers in one."""
        good = sum(count for (status, _), count in self._counts.items() if 0 < status < 400)
        rest = sorted((seen, count) for seen, count in self._counts.items() if not 0 < seen[0] < 400)
        said = [f"{status or 'no answer'} {code}".strip() + f" x {count}" for (status, code), count in rest]
        return ", ".join([f"ok x {good}", *said])


def is_wrong(status: int, code: str) -> bool:
    """No answer, or a 5xx whose code says neither that the same request may succeed later nor whose fault it is."""
    if code == FROM_THE_BUCKET:
        return False
    return status == NO_ANSWER or (status >= 500 and code not in _EXPLAINED)
