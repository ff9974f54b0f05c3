"""What a client sees of an answer while it is made. Ids count characters, so any point of an answer can be gone on from."""

import json
import re
from dataclasses import dataclass

from common.domain.chat.conversation import Turn, TurnId
from common.errors import InvalidField

_EVENT_ID = re.compile(r"(t_[0-9a-z]{1,62}):(\d{1,6})")


@dataclass(frozen=True)
class ChatEvent:
    """`text` is one JSON object; an event without a name is a sign of life. `id` is `<turn>:<characters so far>`."""

    name: str
    text: str
    id: str | None = None


HEARTBEAT = ChatEvent("", "")


def started(turn: Turn, at: int) -> ChatEvent:
    return _event("start", {"conversation_id": turn.conversation_id, "turn_id": turn.id}, turn, at)


def said(turn: Turn, text: str, at: int) -> ChatEvent:
    """`at` is where the answer stands after `text`."""
    return _event("text", {"text": text}, turn, at)


def ended(turn: Turn) -> ChatEvent:
    """A turn without a reason was broken off twice."""
    content = {"finish_reason": turn.finish_reason or "interrupted", "credits": turn.credits}
    return _event("end", content, turn, len(turn.answer))


def position(event_id: str) -> tuple[TurnId, int]:
    """The turn and how many characters of its answer the client has. Raises InvalidField."""
    found = _EVENT_ID.fullmatch(event_id.strip())
    if found is None:
        raise InvalidField(field="Last-Event-ID")
    return TurnId(found[1]), int(found[2])


def _event(name: str, content: dict[str, object], turn: Turn, at: int) -> ChatEvent:
    return ChatEvent(name, json.dumps(content, ensure_ascii=False), f"{turn.id}:{at}")
