"""Conversations and turns with sensible defaults."""

from datetime import timedelta
from typing import Any

from common.domain.chat import Conversation, ConversationId, Turn, TurnId
from common.domain.users import UserId
from tests.builders import NOW


def a_conversation(**changes: Any) -> Conversation:
    content = {
        "id": ConversationId("c_1"),
        "user_id": UserId("u_han"),
        "resume_id": None,
        "jd": None,
        "created_at": NOW,
    }
    return Conversation(**{**content, **changes})


def a_turn(number: int = 1, **changes: Any) -> Turn:
    content: dict[str, Any] = {
        "id": TurnId(f"t_{number}"),
        "conversation_id": ConversationId("c_1"),
        "number": number,
        "message": f"问题{number}",
        "created_at": NOW,
        "lease_until": NOW + timedelta(seconds=15),
        "answer": f"回答{number}。还有。",
        "state": "done",
    }
    return Turn(**{**content, **changes})
