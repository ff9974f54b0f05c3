"""How often each call may be made; the defaults are WeChat's published numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, fields
from typing import Any

BEIJING_OFFSET_S = 8 * 3600
DAY_S = 86_400


@dataclass
class Limits:
    """What POST /__fake__/limits changes. `ocr_enabled` false = the OCR package was never ordered (101003)."""

    login_per_minute: int = 100
    token_per_day: int = 2000
    forced_refreshes_per_day: int = 20
    ocr_per_day: int = 100
    codes_per_minute: int = 5000
    ocr_enabled: bool = True

    def change(self, wanted: dict[str, Any]) -> None:
        """Set the given limits. Raises ValueError for a name or a type that does not exist."""
        types = {field.name: type(getattr(self, field.name)) for field in fields(self)}
        for name, value in wanted.items():
            if name not in types or type(value) is not types[name]:
                raise ValueError(f"no limit {name}={value!r}; known: {asdict(self)}")
        for name, value in wanted.items():
            setattr(self, name, value)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Counters:
    """Calls counted per minute or per Beijing day, which is when WeChat's quotas start afresh."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, int]] = Counter()

    def within_minute(self, name: str, now: float, allowed: int) -> bool:
        return self._within((name, int(now) // 60), allowed)

    def within_day(self, name: str, now: float, allowed: int) -> bool:
        return self._within((name, int(now + BEIJING_OFFSET_S) // DAY_S), allowed)

    def _within(self, bucket: tuple[str, int], allowed: int) -> bool:
        if self._counts[bucket] >= allowed:
            return False
        self._counts[bucket] += 1
        return True
