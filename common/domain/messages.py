"""Messages to users: the outbox and its states."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from common.domain.pipeline import ResumeId
from common.domain.users import OpenId, UserId

MessageState = Literal["waiting", "sending", "sent", "failed"]


@dataclass(frozen=True)
class Message:
    """One line of the outbox; `key` names the occasion, so one occasion gives one message."""

    id: str
    key: str
    user_id: UserId
    openid: OpenId
    resume_id: ResumeId
    title: str
    created_at: datetime
    state: MessageState
    attempts: int
