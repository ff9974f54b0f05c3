"""What reached a fake: the request log behind GET /__fake__/requests."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import asdict, dataclass
from typing import Any

KEPT = 5000


@dataclass
class LoggedRequest:
    """One request. `status` stays None while it is being answered and 0 when the connection was dropped."""

    index: int
    method: str
    path: str
    operation: str
    at: float
    status: int | None = None
    fault: str | None = None
    body: str | None = None


class RequestLog:
    """The last 5000 requests. Query strings are left out: WeChat and COS carry credentials in them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: deque[LoggedRequest] = deque(maxlen=KEPT)
        self._count = 0

    def open(self, method: str, path: str, operation: str, at: float) -> LoggedRequest:
        """Note the request on arrival, so that one that hangs is visible too."""
        with self._lock:
            entry = LoggedRequest(self._count, method, path, operation, at)
            self._count += 1
            self._entries.append(entry)
        return entry

    def as_json(self) -> list[dict[str, Any]]:
        """Oldest first."""
        with self._lock:
            return [asdict(entry) for entry in self._entries]

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self._count = 0
