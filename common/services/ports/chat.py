"""What the advisor needs from the world: conversations, pieces of an answer, and a check of what is said."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from common.domain.chat import Conversation, ConversationId, Ending, Turn, TurnId


class ChatStore(Protocol):
    def find(self, conversation_id: ConversationId) -> Conversation | None: ...

    def find_turn(self, turn_id: TurnId) -> Turn | None: ...

    def turns(self, conversation_id: ConversationId, *, after: int = 0) -> list[Turn]:
        """Oldest first, those with a higher number than `after`."""

    def begin(self, conversation: Conversation, turn: Turn, *, now: datetime) -> Turn:
        """The turn as the last of its conversation, which is made if it is new. Raises AnswerInProgress."""

    def renew(self, turn: Turn, *, until: datetime) -> bool:
        """Keep the turn; False when it was taken over meanwhile."""

    def go_on(self, turn: Turn, *, now: datetime, lease_s: float) -> Turn | None:
        """Take over a turn that was interrupted, or whose worker died; None when it cannot be gone on with."""

    def end(self, turn: Turn, ending: Ending, *, cost: int, now: datetime) -> Turn:
        """running → ended, and what becomes of the credits, in one transaction; the turn as it then is."""

    def keep_summary(self, conversation_id: ConversationId, summary: str, *, summarised: int) -> None: ...


class ChatPieces(Protocol):
    """What an answer has said so far; may be lost at any time, from a piece on."""

    def add(self, turn: Turn, text: str) -> None: ...

    def text(self, turn: Turn) -> str:
        """Of the attempt that `turn` is at."""
