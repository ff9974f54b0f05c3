"""A conversation and its turns. A turn is a message with its answer; the two are never separated."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType

from common.domain.pipeline import ResumeId
from common.domain.users import UserId

ConversationId = NewType("ConversationId", str)
TurnId = NewType("TurnId", str)

#: `interrupted`: broken off with or without some text, and may be gone on with once.
TurnState = Literal["running", "interrupted", "done", "failed"]

#: `basic`: rules answered instead of the model.
TurnReason = Literal["stop", "length", "basic"]

#: What becomes of the credits held for a turn when it ends.
Charge = Literal["capture", "release", "keep"]

#: The first attempt, and one that goes on from what it left.
MOST_ATTEMPTS = 2

LONGEST_MESSAGE = 2000
LONGEST_JD = 8000


@dataclass(frozen=True)
class Conversation:
    """`summary` tells of the turns up to number `summarised`, which the model does not see any more."""

    id: ConversationId
    user_id: UserId
    resume_id: ResumeId | None
    jd: str | None
    created_at: datetime
    summary: str = ""
    summarised: int = 0


@dataclass(frozen=True)
class Turn:
    """`number` counts from 1. `attempt` tells workers apart: only the newest may write. `credits` is what was charged."""

    id: TurnId
    conversation_id: ConversationId
    message: str
    created_at: datetime
    lease_until: datetime
    number: int = 0
    answer: str = ""
    state: TurnState = "running"
    attempt: int = 1
    finish_reason: str | None = None
    error_code: str | None = None
    credits: int = 0


@dataclass(frozen=True)
class Ending:
    """How an attempt at a turn ended."""

    state: TurnState
    answer: str
    charge: Charge
    finish_reason: TurnReason | None = None
    error_code: str | None = None


def charge_key(turn_id: TurnId) -> str:
    """Names the hold that pays for a turn, however often it is attempted."""
    return f"chat/{turn_id}"
