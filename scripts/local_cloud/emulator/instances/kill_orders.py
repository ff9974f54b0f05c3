"""Kill injection: orders to kill a function's worker in the middle of an invocation. A hook for tests."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class _Order:
    function: str
    after_s: float
    times: int
    when: Callable[[], bool] | None


class KillOrders:
    """An order is used up by kills only: an invocation that ends before its time leaves it in place."""

    def __init__(self) -> None:
        self._orders: list[_Order] = []
        self._lock = threading.Lock()

    def add(self, function: str, after_s: float, times: int, when: Callable[[], bool] | None = None) -> None:
        """Kill `function` `times` times, once it has run for `after_s` and, if given, `when()` is true."""
        with self._lock:
            self._orders.append(_Order(function, after_s, times, when))

    def take(self, function: str, running_s: float) -> bool:
        """True when the invocation that has run for `running_s` must die now; that uses one kill up."""
        with self._lock:
            due = next((order for order in self._orders if _is_due(order, function, running_s)), None)
            if due is None:
                return False
            due.times -= 1
            if due.times <= 0:
                self._orders.remove(due)
            return True

    def clear(self) -> None:
        with self._lock:
            self._orders.clear()


def _is_due(order: _Order, function: str, running_s: float) -> bool:
    return order.function == function and running_s >= order.after_s and (order.when is None or order.when())
