"""What erasing an account and telling all of it need from the stores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from common.domain.leaving import Erasure
    from common.domain.users import UserId


class Erasures(Protocol):
    def begin(self, user_id: UserId, *, now: datetime, lease_s: float) -> bool:
        """The account is nobody's from here on. False when it was begun before, or there is no such account."""

    def claim(self, *, now: datetime, lease_s: float, limit: int) -> list[Erasure]: ...

    def postpone(self, user_id: UserId, *, until: datetime, error_code: str | None = None) -> None: ...

    def turn_ids(self, user_id: UserId) -> list[str]:
        """Of all that was ever asked of the advisor."""

    def erase_rows(self, user_id: UserId, *, now: datetime) -> None:
        """Everything but money. Safe to repeat."""

    def finish(self, user_id: UserId) -> bool:
        """The money too, as far as the law lets it go; False while something is still open at a vendor."""


class Traces(Protocol):
    def erase(self, user_id: str, turn_ids: Sequence[str]) -> None:
        """What may be lost at any time. Safe to repeat. Raises StoreUnavailable."""


class Belongings(Protocol):
    def of(self, user_id: UserId) -> Mapping[str, list[dict[str, Any]]]:
        """Section → rows of the user, decrypted, all from one snapshot."""
