"""Messages to a user, and the token that sending them takes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from common.domain.messages import Message
    from common.domain.pipeline import ResumeId
    from common.domain.tokens import AccessToken
    from common.domain.users import OpenId


class Outbox(Protocol):
    def put(self, message: Message) -> bool:
        """False when the key is known."""

    def due(self, *, now: datetime, limit: int) -> list[Message]: ...

    def find(self, key: str) -> Message | None: ...

    def claim(self, message_id: str, *, now: datetime, lease_s: float) -> bool:
        """waiting → waiting with a lease, so two senders never prepare the same message."""

    def start_sending(self, message_id: str, *, now: datetime) -> bool:
        """waiting → sending, just before the vendor call: from here the message is never sent again."""

    def sent(self, message_id: str, *, now: datetime) -> None: ...

    def failed(self, message_id: str, *, now: datetime, error_code: str) -> None: ...

    def postpone(self, message_id: str, *, until: datetime, error_code: str) -> None:
        """Back to waiting: the vendor surely did not deliver."""


class Messenger(Protocol):
    def send_ready(self, openid: OpenId, *, title: str, resume_id: ResumeId, at: datetime) -> None:
        """Subscription message "简历已生成". Not safe to repeat after a timeout. Raises VendorError."""


class TokenIssuer(Protocol):
    def issue_token(self, *, now: datetime) -> AccessToken:
        """stable_token in normal mode: safe to repeat, the same token while it lives."""


class TokenStore(Protocol):
    def read(self, name: str) -> AccessToken | None: ...

    def keep(self, name: str, token: AccessToken) -> bool:
        """Written only if it expires later than the stored one."""
