"""Credits: whole numbers, spent as hold → capture | release. A balance is never negative; the ledger sums to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType

from common.domain.users import UserId

HoldId = NewType("HoldId", str)
HoldState = Literal["held", "captured", "released"]

#: Why a ledger entry exists. `capture` and `refund` take, the others add; `refund_failed` undoes a `refund`.
LedgerReason = Literal["welcome", "purchase", "capture", "refund", "refund_failed"]


@dataclass(frozen=True)
class Balance:
    """`available` is what can be spent now: the ledger's sum less what is held."""

    ledger: int
    held: int

    @property
    def available(self) -> int:
        return self.ledger - self.held


@dataclass(frozen=True)
class LedgerEntry:
    """`entry_key` is the occasion: what is entered once can never be entered again."""

    user_id: UserId
    entry_key: str
    reason: LedgerReason
    amount: int
    created_at: datetime


@dataclass(frozen=True)
class Hold:
    """Credits set aside for one piece of work. `key` names the work, so holding twice is holding once."""

    id: HoldId
    user_id: UserId
    key: str
    amount: int
    state: HoldState
    expires_at: datetime
