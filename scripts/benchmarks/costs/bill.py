"""Usage × prices → yuan. Nothing is rounded here, and free packages are left out: they end."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from scripts.benchmarks.costs.usage import MB_PER_GB, Usage

MILLION = 1_000_000
TEN_THOUSAND = 10_000


@dataclass(frozen=True)
class Prices:
    """Yuan: for a GB-second, for ten thousand calls of functions, for a million tokens. docs/costs.md says where from."""

    gb_second: float
    calls: float
    token_read: float
    token_cached: float
    token_written: float


@dataclass(frozen=True)
class Waiting:
    """The fakes answer at once, a model does not, and a waiting function is paid for.

    `seconds` is one wait; each of `functions` waits once for a resume, because it asks all its questions together.
    """

    seconds: float
    functions: Collection[str]

    def gb_seconds(self, usage: Usage) -> float:
        return sum(
            self.seconds * use.memory_mb / MB_PER_GB for name, use in usage.functions.items() if name in self.functions
        )


@dataclass(frozen=True)
class Bill:
    """Yuan."""

    running: float
    waiting: float
    calls: float
    model: float

    @property
    def total(self) -> float:
        return self.running + self.waiting + self.calls + self.model


def bill(usage: Usage, waiting: Waiting, prices: Prices) -> Bill:
    """Of one resume, when `usage` is of one."""
    tokens = usage.tokens
    return Bill(
        running=sum(use.gb_seconds for use in usage.functions.values()) * prices.gb_second,
        waiting=waiting.gb_seconds(usage) * prices.gb_second,
        calls=sum(use.calls for use in usage.functions.values()) / TEN_THOUSAND * prices.calls,
        model=(
            (tokens.read - tokens.cached) * prices.token_read
            + tokens.cached * prices.token_cached
            + tokens.written * prices.token_written
        )
        / MILLION,
    )
