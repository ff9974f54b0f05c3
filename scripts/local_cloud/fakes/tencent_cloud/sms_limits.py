"""How often the SMS fake lets one number, and the whole account, be written to.

Source: cloud.tencent.com/document/faq/382/13303 (2025-11): the same content once in 30 s; calendar days are Beijing's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

DAY_S = 86_400
BEIJING_S = 8 * 3600

Message = Mapping[str, Any]


@dataclass
class SmsLimits:
    """As the console sets them; 0 switches one off."""

    per_30_seconds: int = 1
    per_hour: int = 5
    per_day: int = 10
    same_content_per_day: int = 2
    app_per_day: int = 0

    def change(self, wishes: Mapping[str, Any]) -> None:
        unknown = set(wishes) - set(asdict(self))
        if unknown:
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
        for name, value in wishes.items():
            setattr(self, name, int(value))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def refusal(self, number: str, content: str, sent: Sequence[Message], now: float) -> str | None:
        """The code that Tencent Cloud answers instead of sending one more."""
        today = (now + BEIJING_S) // DAY_S
        of_today = [message for message in sent if (message["at"] + BEIJING_S) // DAY_S == today]
        own = [message for message in sent if message["phone"] == number]
        own_today = [message for message in of_today if message["phone"] == number]
        same_today = [message for message in own_today if message["content"] == content]
        rows: list[tuple[int, int, str]] = [
            (self.app_per_day, len(of_today), "AppDailyLimit"),
            (self.per_30_seconds, _since(own, now - 30), "PhoneNumberThirtySecondLimit"),
            (self.per_hour, _since(own, now - 3600), "PhoneNumberOneHourLimit"),
            (self.same_content_per_day, len(same_today), "PhoneNumberSameContentDailyLimit"),
            (self.per_day, len(own_today), "PhoneNumberDailyLimit"),
        ]
        is_full: Callable[[tuple[int, int, str]], bool] = lambda row: 0 < row[0] <= row[1]  # noqa: E731
        return next((f"LimitExceeded.{row[2]}" for row in rows if is_full(row)), None)


def _since(messages: Sequence[Message], moment: float) -> int:
    return sum(message["at"] > moment for message in messages)
