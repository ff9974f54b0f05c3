"""The fault table: what is to go wrong next, for which operation, and how often."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

KIT_KINDS = frozenset({"status", "slow", "drop", "hang", "malformed"})
DROP_MOMENTS = frozenset({"before", "middle", "after"})
HANG_S = 3600.0


@dataclass
class Fault:
    """One planned fault. `skip` requests of the operation pass first, then it strikes `times` times.

    Kinds of the kit: `status` (answer `status`, nothing is done), `slow` (wait `seconds`, then do it), `drop` (close
    the connection `when` = before | middle | after doing it), `hang` (wait, then drop), `malformed` (do it, then
    send `body` or half of the real one). Other kinds belong to one vendor and find their arguments in `options`.
    """

    operation: str
    kind: str
    times: int = 1
    skip: int = 0
    status: int = 500
    seconds: float = 1.0
    when: str = "before"
    body: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_json(cls, document: Mapping[str, Any], known_kinds: frozenset[str]) -> Fault:
        """Read the body of POST /__fake__/faults. Raises ValueError naming what is wrong."""
        kind = str(document.get("kind", "status"))
        if kind not in known_kinds:
            raise ValueError(f"unknown kind {kind!r}; known: {', '.join(sorted(known_kinds))}")
        when = str(document.get("when", "before"))
        if when not in DROP_MOMENTS:
            raise ValueError(f"unknown moment {when!r}; known: {', '.join(sorted(DROP_MOMENTS))}")
        body = document.get("body")
        return cls(
            operation=str(document.get("operation", "*")),
            kind=kind,
            times=int(document.get("times", 1)),
            skip=int(document.get("skip", 0)),
            status=int(document.get("status", 500)),
            seconds=float(document.get("seconds", HANG_S if kind == "hang" else 1.0)),
            when=when,
            body=None if body is None else str(body),
            options=dict(document),
        )

    def as_json(self) -> dict[str, Any]:
        return {**self.options, "operation": self.operation, "kind": self.kind, "times": self.times, "skip": self.skip}


class FaultTable:
    """Planned faults in the order they were planned; the first that fits an operation is used up first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._planned: list[Fault] = []

    def plan(self, fault: Fault) -> None:
        with self._lock:
            self._planned.append(fault)

    def take(self, operation: str, fits: Callable[[Fault], bool] = lambda _fault: True) -> Fault | None:
        """The fault that strikes this request, if any; counts it down."""
        with self._lock:
            for fault in self._planned:
                if fault.operation in (operation, "*") and fits(fault):
                    return self._strike(fault)
        return None

    def _strike(self, fault: Fault) -> Fault | None:
        if fault.skip > 0:
            fault.skip -= 1
            return None
        fault.times -= 1
        if fault.times <= 0:
            self._planned.remove(fault)
        return fault

    def as_json(self) -> list[dict[str, Any]]:
        with self._lock:
            return [fault.as_json() for fault in self._planned]

    def clear(self) -> None:
        with self._lock:
            self._planned.clear()
