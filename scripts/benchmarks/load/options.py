"""What ./scripts/bench load was asked for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LoadOptions:
    """`workers` instances of each stage; `seconds` bound each part, which then does less and says how much."""

    uploads: int
    workers: int
    invocations: int
    seconds: float
