"""Messages to users: what they tell, the ways they go, and what becomes of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import Field

from common.domain.pipeline import ResumeId
from common.domain.users import OpenId, UserId
from common.lazy_model import LazyModel

MessageKind = Literal["ready", "failed", "refunded"]
KINDS: tuple[MessageKind, ...] = ("ready", "failed", "refunded")

#: A subscription message costs one acceptance of the user; an SMS costs us money and goes only where the first did not.
Channel = Literal["subscription", "sms"]

#: "sending" is left behind by a sender that died in the call. Neither it nor "unknown" is ever sent again.
MessageState = Literal["waiting", "sending", "sent", "unknown", "failed"]

#: Error code of a message that waited until nobody wanted it any more.
EXPIRED = "too_late"

#: What a user sees of the states.
SHOWN: dict[MessageState, str] = {
    "waiting": "queued",
    "sending": "unknown",
    "sent": "sent",
    "unknown": "unknown",
    "failed": "undeliverable",
}


@dataclass(frozen=True)
class Message:
    """One line of the outbox; `key` names the occasion, so one occasion gives one message.

    `title` is what the message is about, `detail` what is to be said of it: a reason, an amount.
    """

    id: str
    key: str
    user_id: UserId
    openid: OpenId
    resume_id: ResumeId | None
    title: str
    created_at: datetime
    state: MessageState
    attempts: int
    kind: MessageKind = "ready"
    detail: str | None = None
    channel: Channel = "subscription"
    ended_at: datetime | None = None
    error_code: str | None = None


@dataclass(frozen=True)
class Untold:
    """Something a user should hear of and nobody has told yet. `reason` is an error's code, `amount_fen` what was refunded."""

    kind: MessageKind
    key: str
    user_id: UserId
    openid: OpenId
    resume_id: ResumeId | None
    subject: str | None
    reason: str | None = None
    amount_fen: int | None = None


#: What somebody answers when wx.requestSubscribeMessage asks: "ban" is WeChat's, "filter" means a template of the same title.
Answer = Literal["accept", "reject", "ban", "filter"]


@dataclass(frozen=True)
class Acceptance:
    """How often somebody accepted one template: told by the phone, told by WeChat's push, and how many were used.

    Both tell of the same taps and either may miss some, so the larger number counts.
    """

    template_id: str
    by_client: int
    by_push: int
    spent: int
    last_answer: Answer
    answered_at: datetime

    @property
    def left(self) -> int:
        return max(0, max(self.by_client, self.by_push) - self.spent)


class Subscribe(LazyModel):
    """POST /notify/subscriptions: the ids that were accepted, or the whole answer of wx.requestSubscribeMessage."""

    template_ids: list[str] = Field(default=[], max_length=20)
    results: dict[str, Answer] = Field(default={}, max_length=20)

    @property
    def answers(self) -> dict[str, Answer]:
        accepted: dict[str, Answer] = dict.fromkeys(self.template_ids, "accept")
        return {**accepted, **self.results}


class Preferences(LazyModel):
    """PUT /notify/preferences."""

    sms: bool
