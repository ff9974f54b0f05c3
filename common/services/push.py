"""WeChat's message push: one address for every event of the mini-program. A further event is a further row of EVENTS."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from common.domain.pushes import PushedEvent
from common.errors import BooksContradicted
from common.services import payments, push_events, subscriptions
from common.services.ports import IdempotencyStore
from common.services.push_events import EventDesk
from common.services.settling import Till
from common.services.subscriptions import SubscriptionDesk

#: Longer than WeChat waits for an answer, so that one that died is done again at its next try.
LEASE_S = 10.0


class Mailbox(Protocol):
    """What WeChat posts to us by itself (message push)."""

    def echo(self, query: Mapping[str, str], *, now: datetime) -> str:
        """The answer that proves that the address is ours. Raises NotificationRefused."""

    def open(self, query: Mapping[str, str], body: bytes, *, now: datetime) -> PushedEvent:
        """Verified, and decrypted where it was encrypted. Raises NotificationRefused."""


@dataclass(frozen=True)
class Post:
    """A push as it came: where its signature is, and what it may cover."""

    query: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class PushDesk:
    """What the events need. `note` gets the name of one that is none of ours, for the log.

    `events` is opened when an event asks for it: a payment needs no bucket.
    """

    mailbox: Mailbox
    till: Till
    once: IdempotencyStore
    events: Callable[[], EventDesk]
    subscriptions: SubscriptionDesk
    note: Callable[[str], None]


Use = Callable[[PushedEvent, Post, PushDesk], None]


def take(post: Post, *, desk: PushDesk) -> PushedEvent:
    """Verify, then do what the event asks for; safe to repeat. What is none of ours is acknowledged all the same.

    Raises NotificationRefused, and whatever keeps us from doing it: WeChat sends the event again.
    """
    event = desk.mailbox.open(post.query, post.body, now=desk.till.now)
    use = EVENTS.get(event.name)
    if use is None:
        desk.note(event.name)
    else:
        use(event, post, desk)
    return event


def _payment(_event: PushedEvent, post: Post, desk: PushDesk) -> None:
    """The order's own state keeps a repetition from granting twice; the provider reads the post by itself."""
    payments.take_notification(post.query, post.body, provider="xpay", till=desk.till)


def _complaint(event: PushedEvent, _post: Post, desk: PushDesk) -> None:
    """Somebody complains to WeChat about an order, and an operator has to answer in the console."""
    desk.till.report(str(event.told.get("MchOrderId", "")), BooksContradicted(contradiction="complaint of the payer"))


def _popup(event: PushedEvent, _post: Post, desk: PushDesk) -> None:
    subscriptions.take_popup(event, desk=desk.subscriptions)


def _change(event: PushedEvent, _post: Post, desk: PushDesk) -> None:
    subscriptions.take_change(event, desk=desk.subscriptions)


def _report(event: PushedEvent, _post: Post, desk: PushDesk) -> None:
    subscriptions.take_report(event, desk=desk.subscriptions)


def once(use: Use) -> Use:
    """For what must not be done again when WeChat repeats an event that was done. Raises RequestInProgress."""

    def guarded(event: PushedEvent, post: Post, desk: PushDesk) -> None:
        now = desk.till.now
        if desk.once.begin(event.key, fingerprint=event.name, now=now, lease_s=LEASE_S) is not None:
            return
        use(event, post, desk)
        desk.once.finish(event.key, status=200, body="", now=now)

    return guarded


def _plain(use: Callable[..., None]) -> Use:
    """For a use that needs neither the post nor the till."""
    return lambda event, _post, desk: use(event, desk=desk.events())


EVENTS: dict[str, Use] = {
    "xpay_goods_deliver_notify": _payment,
    "xpay_refund_notify": _payment,
    "xpay_complaint_notify": once(_complaint),
    "wxa_media_check": _plain(push_events.take_picture_answer),
    "user_authorization_revoke": once(_plain(push_events.take_revocation)),
    "user_info_modified": once(_plain(push_events.take_change)),
    "user_authorization_cancellation": once(_plain(push_events.take_cancellation)),
    "wxa_punish_event": once(_plain(push_events.take_punishment)),
    "subscribe_msg_popup_event": once(_popup),
    "subscribe_msg_change_event": once(_change),
    "subscribe_msg_sent_event": once(_report),
}
