"""Shares, the pictures on them, and who came to see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from common.domain.moderation import Finding, MediaCheck, Scene
    from common.domain.pipeline import ResumeId
    from common.domain.sharing import Share, ShareId, ShareState
    from common.domain.users import OpenId, UserId


class ShareStore(Protocol):
    def add(self, share: Share, *, next_check_at: datetime | None) -> None:
        """`next_check_at`: when a held share is checked again."""

    def find(self, token: str) -> Share | None: ...

    def list_of(self, user_id: UserId, *, now: datetime, limit: int) -> list[Share]:
        """Those that are not over, newest first."""

    def of_resume(self, resume_id: ResumeId) -> list[Share]: ...

    def withdraw(self, share_id: ShareId, *, now: datetime) -> None: ...

    def checked(self, share_id: ShareId, state: ShareState, *, now: datetime) -> None:
        """Held → shown or refused."""

    def check_later(self, share_id: ShareId, *, at: datetime) -> None: ...

    def count_view(self, share_id: ShareId) -> None: ...

    def due(self, *, now: datetime, limit: int) -> list[Share]:
        """Held ones that are to be checked by now."""

    def ended(self, *, before: datetime, limit: int) -> list[Share]:
        """Over since before `before`."""

    def delete(self, share_ids: Sequence[ShareId]) -> None: ...


class MediaChecks(Protocol):
    def begin(self, check: MediaCheck, *, next_check_at: datetime) -> bool:
        """False when the picture is known."""

    def find(self, key: str) -> MediaCheck | None: ...

    def asked(self, key: str, trace_id: str, *, now: datetime, next_check_at: datetime) -> None:
        """The vendor took the question. Its answer may be here already."""

    def told(self, trace_id: str, finding: Finding, *, now: datetime) -> None:
        """The vendor's answer, also to a question that is not written down yet. Safe to repeat."""

    def check_later(self, key: str, *, at: datetime) -> None: ...

    def give_up(self, key: str) -> None: ...

    def due(self, *, now: datetime, limit: int) -> list[MediaCheck]: ...

    def purge(self, *, before: datetime, limit: int) -> int: ...

    def forget(self, key: str) -> None: ...


class PictureCheck(Protocol):
    def check_picture(self, url: str, *, openid: OpenId, scene: Scene) -> str:
        """The vendor's name for the question; the answer comes by push. Safe to repeat. Raises PersonNotSeen, VendorError."""


class CodePictures(Protocol):
    def draw(self, scene: str) -> bytes:
        """A mini-program code that opens the share's page with `scene`: PNG or JPEG. Safe to repeat. Raises VendorError."""


class Visits(Protocol):
    def is_first(self, key: str) -> bool:
        """True once a day for each key."""
