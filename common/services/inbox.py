"""What a user sees of the messages we meant for them, and whether they want SMS where WeChat may not tell them."""

from dataclasses import dataclass
from datetime import datetime

from common.domain.messages import SHOWN, Channel, MessageKind, Preferences
from common.domain.pipeline import ResumeId
from common.domain.users import UserId
from common.errors import NotLoggedIn, PhoneMissing
from common.services.ports import Outbox, Phones, SmsConsents, UserStore

MOST = 50

WORDS: dict[MessageKind, str] = {"ready": "简历已生成", "failed": "简历处理失败", "refunded": "退款已完成"}


@dataclass(frozen=True)
class InboxDesk:
    users: UserStore
    phones: Phones
    consents: SmsConsents
    now: datetime


@dataclass(frozen=True)
class ShownMessage:
    """`state` is queued, sent, unknown or undeliverable. `channel` and `at` are those of a message that went out."""

    id: str
    kind: MessageKind
    headline: str
    title: str
    detail: str | None
    resume_id: ResumeId | None
    state: str
    channel: Channel | None
    created_at: datetime
    at: datetime | None


@dataclass(frozen=True)
class Reachability:
    """`phone` is masked: 138****8000."""

    sms: bool
    phone: str | None


def list_messages(user_id: UserId, *, outbox: Outbox) -> list[ShownMessage]:
    """Newest first, at most 50."""
    shown = []
    for message in outbox.of_user(user_id, limit=MOST):
        state = SHOWN[message.state]
        went_out = state in ("sent", "unknown")
        shown.append(
            ShownMessage(
                id=message.id,
                kind=message.kind,
                headline=WORDS[message.kind],
                title=message.title,
                detail=message.detail,
                resume_id=message.resume_id,
                state=state,
                channel=message.channel if went_out else None,
                created_at=message.created_at,
                at=message.ended_at if went_out else None,
            )
        )
    return shown


def show_preferences(user_id: UserId, *, desk: InboxDesk) -> Reachability:
    phone = desk.phones.phone_of(user_id)
    return Reachability(desk.consents.allows_sms(user_id), phone.masked if phone else None)


def choose(user_id: UserId, command: Preferences, *, desk: InboxDesk) -> Reachability:
    """Raises PhoneMissing when SMS are wanted and no number is bound, NotLoggedIn when the account is gone."""
    if desk.users.find(user_id) is None:
        raise NotLoggedIn
    if command.sms and desk.phones.phone_of(user_id) is None:
        raise PhoneMissing
    desk.consents.allow_sms(user_id, command.sms, now=desk.now)
    return show_preferences(user_id, desk=desk)
