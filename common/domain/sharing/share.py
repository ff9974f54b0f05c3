"""One share of one revision of a resume. Whoever has the token may open it, until it ends."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NewType

from pydantic import Field

from common.domain.pipeline import ResumeId, Revision
from common.domain.sharing.page import NameShown
from common.domain.users import UserId
from common.lazy_model import LazyModel

ShareId = NewType("ShareId", str)

#: `held`: nobody could check it yet, so only its owner sees it. `refused`: not fit to be shown, or a day without a check.
ShareState = Literal["shown", "held", "refused", "withdrawn"]

Ending = Literal["expired", "withdrawn", "refused"]

LONGEST_DAYS = 90


class CreateShare(LazyModel):
    """POST /share."""

    resume_id: str = Field(min_length=1, max_length=64)
    name: NameShown = "masked"
    photo: bool = False
    days: int = Field(default=30, ge=1, le=LONGEST_DAYS)


@dataclass(frozen=True)
class Share:
    """`title` is the card's and masked like the page. The token itself is kept encrypted, and found by its digest."""

    id: ShareId
    token: str
    user_id: UserId
    resume_id: ResumeId
    revision: Revision
    title: str
    photo: bool
    state: ShareState
    created_at: datetime
    expires_at: datetime
    views: int = 0

    def ending(self, *, now: datetime) -> Ending | None:
        """Why nobody but us can open it any more."""
        if self.state in ("withdrawn", "refused"):
            return "withdrawn" if self.state == "withdrawn" else "refused"
        return "expired" if self.expires_at <= now else None

    @property
    def folder(self) -> str:
        """Everything of this share in the bucket lies under it, and it lies under the resume's own prefix."""
        return f"shared/{self.user_id}/{self.resume_id}/{self.id}/"

    @property
    def page_key(self) -> str:
        return f"{self.folder}page.json"


def token_digest(token: str) -> str:
    """What is stored of a token and looked for: who reads the table cannot open a share. 160 random bits need no salt."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def viewer_digest(token: str, viewer: str, day: date) -> str:
    """One viewer of one share on one day, for whoever counts; without the token nobody can tell who it was."""
    return hmac.new(token.encode(), f"{day.isoformat()}\n{viewer}".encode(), hashlib.sha256).hexdigest()[:32]
