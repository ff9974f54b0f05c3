"""Messages to a user, the ways they go, and the token that sending them takes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from common.domain.messages import Acceptance, Answer, Channel, Message, MessageKind, Untold
    from common.domain.tokens import AccessToken
    from common.domain.users import UserId


class Outbox(Protocol):
    def put(self, message: Message) -> bool:
        """False when the key is known."""

    def due(self, *, now: datetime, limit: int) -> list[Message]: ...

    def find(self, key: str) -> Message | None: ...

    def of_user(self, user_id: UserId, *, limit: int) -> list[Message]:
        """Newest first."""

    def claim(self, message_id: str, *, now: datetime, lease_s: float) -> bool:
        """waiting → waiting with a lease, so two senders never prepare the same message."""

    def start_sending(self, message_id: str, *, channel: Channel, now: datetime) -> bool:
        """waiting → sending, just before the vendor call: from here it never goes out on this channel again."""

    def sent(self, message_id: str, *, now: datetime) -> None: ...

    def unknown(self, message_id: str, *, now: datetime, error_code: str) -> None:
        """sending → unknown: it may have arrived, so it is never sent again."""

    def failed(self, message_id: str, *, now: datetime, error_code: str) -> None: ...

    def postpone(self, message_id: str, *, until: datetime, error_code: str) -> None:
        """Back to waiting: the vendor surely did not deliver."""

    def fall_back(self, message_id: str, *, now: datetime, error_code: str) -> bool:
        """The subscription message surely did not go out and never will: waiting again, as an SMS. Once."""

    def sms_since(self, user_id: UserId, *, since: datetime) -> int:
        """How many of a user's messages went out by SMS, or may have, after `since`."""

    def settle_reported(
        self, user_id: UserId, kind: MessageKind, *, error_code: str | None, since: datetime, now: datetime
    ) -> bool:
        """WeChat says what became of its newest message of a kind whose fate nobody knew; True if there was one."""


class Messenger(Protocol):
    """Subscription messages."""

    def template_of(self, kind: MessageKind) -> str:
        """The template's id; empty when this deployment has none."""

    def send(self, message: Message) -> None:
        """Not safe to repeat after a timeout. Raises VendorError; vendor_code 43101 when no acceptance is left."""


class Acceptances(Protocol):
    """What users answered when they were asked whether they want a message."""

    def note_by_client(self, user_id: UserId, template_id: str, answer: Answer, *, now: datetime) -> None: ...

    def note_by_push(self, user_id: UserId, template_id: str, answer: Answer, *, now: datetime) -> None: ...

    def spend(self, user_id: UserId, template_id: str) -> None:
        """One of them, if any is left."""

    def exhaust(self, user_id: UserId, template_id: str) -> None:
        """WeChat says that none is left."""

    def of_user(self, user_id: UserId) -> list[Acceptance]: ...


class News(Protocol):
    """What ended without anybody being told."""

    def untold(self, *, since: datetime, limit: int) -> list[Untold]:
        """Resumes that failed and refunds that are done, for which the outbox has no message."""


class TokenIssuer(Protocol):
    def issue_token(self, *, now: datetime) -> AccessToken:
        """stable_token in normal mode: safe to repeat, the same token while it lives."""


class TokenStore(Protocol):
    def read(self, name: str) -> AccessToken | None: ...

    def keep(self, name: str, token: AccessToken) -> bool:
        """Written only if it expires later than the stored one."""
