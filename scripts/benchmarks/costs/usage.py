"""Log lines of functions → what was used: GB-seconds and calls of each function, requests and tokens at vendors."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

MB_PER_GB = 1024
MODEL = "deepseek"

_REPORT = re.compile(r"^Report RequestId: \S+ Duration:([\d.]+)ms Memory:(\d+)MB MemUsage:([\d.]+)MB$")


@dataclass
class FunctionUse:
    """Of one function. `memory_mb` is what is configured, which is what is paid; `peak_mb` what it needed."""

    calls: int = 0
    seconds: float = 0.0
    memory_mb: int = 0
    peak_mb: float = 0.0

    @property
    def gb_seconds(self) -> float:
        return self.seconds * self.memory_mb / MB_PER_GB


@dataclass
class Tokens:
    """At the language model; `cached` are a part of `read`."""

    read: int = 0
    cached: int = 0
    written: int = 0


@dataclass
class Usage:
    """Of everything that the lines tell about."""

    functions: dict[str, FunctionUse] = field(default_factory=dict)
    requests: Counter[str] = field(default_factory=Counter)
    tokens: Tokens = field(default_factory=Tokens)

    def add(self, function: str, lines: Iterable[str]) -> None:
        """Take the lines of one function's log; what is neither a report nor a vendor's call is passed over."""
        for line in lines:
            if found := _REPORT.match(line):
                self._ran(function, float(found[1]) / 1000, int(found[2]), float(found[3]))
            elif line.startswith("{"):
                self._called(json.loads(line))

    def asking(self) -> int:
        """Requests to the model."""
        return self.requests[MODEL]

    def _ran(self, function: str, seconds: float, memory_mb: int, peak_mb: float) -> None:
        use = self.functions.setdefault(function, FunctionUse())
        use.calls += 1
        use.seconds += seconds
        use.memory_mb = memory_mb
        use.peak_mb = max(use.peak_mb, peak_mb)

    def _called(self, record: dict[str, object]) -> None:
        if record.get("kind") != "call":
            return
        vendor = str(record.get("vendor"))
        self.requests[vendor] += _number(record, "attempts") or 1
        if vendor == MODEL:
            self.tokens.read += _number(record, "input_tokens")
            self.tokens.cached += _number(record, "cache_hit_tokens")
            self.tokens.written += _number(record, "output_tokens")


def _number(record: dict[str, object], name: str) -> int:
    value = record.get(name)
    return value if isinstance(value, int) else 0
