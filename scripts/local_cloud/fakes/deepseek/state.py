"""What the DeepSeek fake remembers: the balance, the prefix cache and counts of what it did."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Any

from scripts.local_cloud.fakes.deepseek.chat import ChatRequest
from scripts.local_cloud.fakes.deepseek.completion import Usage
from scripts.local_cloud.fakes.deepseek.tokens import PrefixCache, count_tokens

FULL_BALANCE_CNY = "100.00"


class DeepSeekState:
    """Safe to use from several threads. The balance is changed by a control route only: nothing is billed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cache = PrefixCache()
        self.clear()

    def clear(self) -> None:
        with self._lock:
            self.balance_cny = FULL_BALANCE_CNY
            self.pace_s = 0.0
            self.lie = ""
            self._counts: Counter[str] = Counter()
            self._tasks: Counter[str] = Counter()
        self._cache.clear()

    def count(self, what: str, amount: int = 1) -> None:
        with self._lock:
            self._counts[what] += amount

    def count_task(self, task: str) -> None:
        with self._lock:
            self._tasks[task] += 1

    def usage_of(self, request: ChatRequest, content: str, reasoning: str) -> Usage:
        """Count the tokens of one exchange and remember its prompt in the prefix cache."""
        thinking_tokens = count_tokens(reasoning)
        usage = Usage(
            prompt_tokens=count_tokens(request.prompt),
            cached_tokens=self._cache.hit_tokens(request.prompt),
            completion_tokens=count_tokens(content) + thinking_tokens,
            reasoning_tokens=thinking_tokens,
        )
        self.count("prompt_tokens", usage.prompt_tokens)
        self.count("completion_tokens", usage.completion_tokens)
        return usage

    def as_json(self) -> dict[str, Any]:
        with self._lock:
            return {"balance_cny": self.balance_cny, "tasks": dict(self._tasks), "counts": dict(self._counts)}
