"""The career advisor: conversations, what the model is told, and what comes back."""

from common.domain.chat.conversation import Charge, Conversation, ConversationId, Ending, Turn, TurnId, charge_key
from common.domain.chat.events import HEARTBEAT, ChatEvent

__all__ = [
    "HEARTBEAT",
    "Charge",
    "ChatEvent",
    "Conversation",
    "ConversationId",
    "Ending",
    "Turn",
    "TurnId",
    "charge_key",
]
