"""Accounts that are erased: what is left to do, and when it is looked at again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from common.domain import avatars, pipeline
from common.domain.users import UserId

#: So long after somebody left, what was under way at that moment has ended: upload forms, workers, answers being made.
SETTLED_AFTER = timedelta(minutes=31)
#: After a store was out of reach, and while an order is still open at a vendor.
PAUSE, MONEY_PAUSE = timedelta(minutes=1), timedelta(minutes=10)

EXPORTS = "exports"

#: Every prefix of the private bucket that has users under it; the user's id is the next part of the key.
PERSONAL_PREFIXES = ("uploads", *pipeline.WRITES.values(), avatars.PREFIX, EXPORTS, "shared")


@dataclass(frozen=True)
class Erasure:
    user_id: UserId
    asked_at: datetime
    attempts: int

    def is_last(self, now: datetime) -> bool:
        """Nothing of the user can be under way any more, so what this round leaves is empty for good."""
        return now >= self.asked_at + SETTLED_AFTER
