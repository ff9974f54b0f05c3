"""What users answered when wx.requestSubscribeMessage asked them: told by the phone, told by WeChat, and used up by sending."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast, get_args

from common.domain.messages import KINDS, Answer, MessageKind, Subscribe
from common.domain.pushes import PushedEvent
from common.domain.users import OpenId, UserId
from common.errors import InvalidField
from common.services.ports import Acceptances, Messenger, Outbox, UserStore

ANSWERS = frozenset(get_args(Answer))

#: WeChat reports within minutes what became of a message; one whose fate is unknown for longer was another.
REPORTED_WITHIN = timedelta(hours=1)


@dataclass(frozen=True)
class SubscriptionDesk:
    acceptances: Acceptances
    messenger: Messenger
    outbox: Outbox
    users: UserStore
    now: datetime


@dataclass(frozen=True)
class Subscription:
    """One template that a client may ask for. `left` messages are accepted as far as we know; WeChat has the last word."""

    kind: MessageKind
    template_id: str
    left: int
    last_answer: Answer | None
    answered_at: datetime | None


def list_subscriptions(user_id: UserId, *, desk: SubscriptionDesk) -> list[Subscription]:
    """The templates of this deployment, and where the user stands with each."""
    known = {acceptance.template_id: acceptance for acceptance in desk.acceptances.of_user(user_id)}
    return [
        Subscription(kind, template_id, found.left, found.last_answer, found.answered_at)
        if (found := known.get(template_id))
        else Subscription(kind, template_id, 0, None, None)
        for kind, template_id in _templates(desk).items()
    ]


def record_answers(user_id: UserId, command: Subscribe, *, desk: SubscriptionDesk) -> list[Subscription]:
    """All of them or none. Raises InvalidField naming the template that is none of ours, or that nothing was answered."""
    answers, known = command.answers, set(_templates(desk).values())
    strange = sorted(set(answers) - known)
    if strange or not answers:
        raise InvalidField(field="template_ids", unknown=strange)
    for template_id, answer in answers.items():
        desk.acceptances.note_by_client(user_id, template_id, answer, now=desk.now)
    return list_subscriptions(user_id, desk=desk)


def take_popup(event: PushedEvent, *, desk: SubscriptionDesk) -> None:
    """subscribe_msg_popup_event: WeChat's own word on what the phone should have told us."""
    user = desk.users.find_by_openid(OpenId(event.sender))
    for template_id, item in _known_items(event, desk):
        answer = str(item.get("SubscribeStatusString", ""))
        if user is not None and answer in ANSWERS:
            desk.acceptances.note_by_push(user.id, template_id, cast(Answer, answer), now=desk.now)


def take_change(event: PushedEvent, *, desk: SubscriptionDesk) -> None:
    """subscribe_msg_change_event: switched off (or on again) in the mini-program's settings. Off ends what was accepted."""
    user = desk.users.find_by_openid(OpenId(event.sender))
    for template_id, item in _known_items(event, desk):
        if user is not None and item.get("SubscribeStatusString") == "reject":
            desk.acceptances.note_by_push(user.id, template_id, "reject", now=desk.now)
            desk.acceptances.exhaust(user.id, template_id)


def take_report(event: PushedEvent, *, desk: SubscriptionDesk) -> None:
    """subscribe_msg_sent_event: what became of a message. It settles the one of which nobody knew."""
    user = desk.users.find_by_openid(OpenId(event.sender))
    kinds = {template_id: kind for kind, template_id in _templates(desk).items()}
    for template_id, item in _known_items(event, desk):
        if user is None:
            continue
        failed = str(item.get("ErrorStatus", "success")) != "success"
        desk.outbox.settle_reported(
            user.id,
            kinds[template_id],
            error_code="vendor_rejected" if failed else None,
            since=desk.now - REPORTED_WITHIN,
            now=desk.now,
        )
        if failed:
            desk.acceptances.exhaust(user.id, template_id)


def _templates(desk: SubscriptionDesk) -> dict[MessageKind, str]:
    ids = {kind: desk.messenger.template_of(kind) for kind in KINDS}
    return {kind: template_id for kind, template_id in ids.items() if template_id}


def _known_items(event: PushedEvent, desk: SubscriptionDesk) -> list[tuple[str, Mapping[str, object]]]:
    """The entries of List that name a template of ours. JSON has List on top, XML within an element of the event's own."""
    known = set(_templates(desk).values())
    items = [(str(item.get("TemplateId", "")), item) for item in _entries(event.told)]
    return [(template_id, item) for template_id, item in items if template_id in known]


def _entries(told: Mapping[str, object]) -> Iterable[Mapping[str, object]]:
    """One entry comes without a list around it."""
    inner = [told, *(value for value in told.values() if isinstance(value, Mapping))]
    for place in inner:
        listed = place.get("List")
        for item in listed if isinstance(listed, list) else [listed]:
            if isinstance(item, Mapping):
                yield item
