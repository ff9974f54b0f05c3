"""What a content check says, and what becomes of a text then: one row of POLICIES for each place where texts are shown.

Explained for operators in docs/content-safety.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Literal

from common.domain.users import OpenId, UserId

#: What WeChat suggests: nothing is wrong, a person should look at it, or it is not fit to be shown.
Suggestion = Literal["pass", "review", "risky"]

#: `held`: not shown until somebody could check it.
Ruling = Literal["shown", "held", "refused"]

#: Where a text goes to.
Use = Literal["nickname", "message", "answer", "rewrite", "shared_page"]

#: Characters of one check, and of the text before it that are checked again: a word cut in two is seen whole.
WINDOW, OVERLAP = 2500, 50


class Scene(IntEnum):
    """WeChat judges by the kind of place. Source: msg_sec_check version 2."""

    PROFILE = 1
    COMMENT = 2
    FORUM = 3
    SOCIAL_LOG = 4


@dataclass(frozen=True)
class Finding:
    """Of one check. `label` is WeChat's kind of trouble; 100 is none."""

    suggestion: Suggestion = "pass"
    label: int = 100


@dataclass(frozen=True)
class Policy:
    """What is risky is always refused. `unseen`: the person was away for two hours, so WeChat does not check (61010).

    `outage`: no answer, a quota, a refused token: nobody can tell.
    """

    scene: Scene
    review: Ruling
    unseen: Ruling
    outage: Ruling

    def on(self, suggestion: Suggestion) -> Ruling:
        return "refused" if suggestion == "risky" else self.review if suggestion == "review" else "shown"


#: Others see the first and the last: nothing of them is shown unchecked, and nobody is there to review. The rest is seen
#: by one person only; an outage of the check must not take their work away from them.
POLICIES: dict[Use, Policy] = {
    "nickname": Policy(Scene.PROFILE, review="refused", unseen="held", outage="held"),
    "message": Policy(Scene.COMMENT, review="shown", unseen="shown", outage="shown"),
    "answer": Policy(Scene.COMMENT, review="shown", unseen="shown", outage="shown"),
    "rewrite": Policy(Scene.SOCIAL_LOG, review="shown", unseen="shown", outage="shown"),
    "shared_page": Policy(Scene.SOCIAL_LOG, review="refused", unseen="held", outage="held"),
}

#: A picture's check is answered within 30 minutes, says WeChat. One that is not is asked for once more, then not shown.
ANSWER_WITHIN = timedelta(minutes=40)
MOST_ASKED = 2

#: What could not be checked is tried again so much later, and given up when it has waited so long.
TRY_AGAIN_AFTER = timedelta(minutes=10)
GIVE_UP_AFTER = timedelta(days=1)

MediaState = Literal["waiting", "passed", "refused", "unanswered"]


@dataclass(frozen=True)
class MediaCheck:
    """The check of one picture in the bucket, which may belong to a resume. `asked` counts the questions that WeChat took."""

    key: str
    user_id: UserId
    resume_id: str | None
    openid: OpenId
    scene: Scene
    state: MediaState
    asked: int
    created_at: datetime


def picture_state(suggestion: Suggestion) -> MediaState:
    """Pictures are checked only where others see them, so what needs a person to look at it is not shown either."""
    return "passed" if suggestion == "pass" else "refused"


_SEVERITY: tuple[Ruling, ...] = ("shown", "held", "refused")


def worst(rulings: Sequence[Ruling]) -> Ruling:
    """Of the parts of one text; a text without parts is shown."""
    return max(rulings, key=_SEVERITY.index, default="shown")


def windows(text: str, *, size: int = WINDOW, overlap: int = OVERLAP) -> Iterator[str]:
    """The text in pieces of at most `size` characters that overlap; nothing for a text of blanks."""
    if not text.strip():
        return
    yield text[:size]
    for start in range(size - overlap, len(text) - overlap, size - overlap):
        yield text[start : start + size]
