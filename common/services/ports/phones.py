"""Phone numbers: whose they are, what proves it, and what is sent to them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from common.domain.messages import MessageKind
    from common.domain.phones import PhoneNumber
    from common.domain.users import UserId


class TextMessages(Protocol):
    """SMS. One attempt each; facts of an error say `delivered="unknown"` when it may be on its way."""

    def send_code(self, phone: PhoneNumber, code: str, *, minutes: int) -> None:
        """Raises TooManyRequests, PhoneRefused, VendorError."""

    def knows(self, kind: MessageKind) -> bool:
        """Whether there is a template for such a notice."""

    def send_notice(self, phone: PhoneNumber, kind: MessageKind) -> None:
        """Raises as `send_code` does."""

    def knows_alert(self) -> bool:
        """Whether there is a template that wakes an operator."""

    def send_alert(self, phone: PhoneNumber) -> None:
        """To an operator. Raises as `send_code` does."""


class Phones(Protocol):
    """The verified number of an account."""

    def bind_phone(self, user_id: UserId, phone: PhoneNumber, *, now: datetime) -> None:
        """Kept encrypted; the one before is forgotten."""

    def phone_of(self, user_id: UserId) -> PhoneNumber | None: ...

    def erase_user(self, user_id: UserId) -> int:
        """The number, and what was decided about messages to it."""


class SmsConsents(Protocol):
    """Who wants messages by SMS where WeChat may not tell them."""

    def allow_sms(self, user_id: UserId, allowed: bool, *, now: datetime) -> None: ...

    def allows_sms(self, user_id: UserId) -> bool: ...


class SmsCodes(Protocol):
    """Codes that wait to be typed in, as digests. Nothing is kept longer than a code lives."""

    def put(self, place: str, digest: str, *, tries: int, lifetime_s: int) -> None:
        """The only code at this place; the one before is void. Raises StoreUnavailable."""

    def try_once(self, place: str) -> str | None:
        """The digest, one of its tries being used up; None when there is no code or no try left. Atomic."""

    def use_up(self, place: str, digest: str) -> bool:
        """True for exactly one caller, if this code is still the one."""

    def withdraw(self, place: str) -> None: ...


class Digests(Protocol):
    """Keyed digests, for what has to be recognised and not read."""

    def of(self, text: str) -> str: ...

    def match(self, text: str, digest: str) -> bool:
        """In constant time; also under the keys before."""
