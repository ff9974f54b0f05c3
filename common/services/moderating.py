"""Content checks: what people write and what is made for them, each by the policy of the place where it is shown.

A check that nobody can make (WeChat is down, or has not seen the person for two hours) is always reported; what becomes
of the text is a row of common/domain/moderation.py:POLICIES.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from types import TracebackType

from common.domain.moderation import POLICIES, Ruling, Use, windows, worst
from common.domain.users import OpenId, UserId
from common.errors import (
    OUT_OF_REACH,
    ContentRefused,
    ContentUnchecked,
    MojianError,
    NotLoggedIn,
    PersonNotSeen,
)
from common.services.ports import ContentCheck, UserStore

#: So much of an answer is checked at a time, with so much of what stood before it.
WINDOW, OVERLAP = 300, 50
LONGEST_WINDOW = 2000

Report = Callable[[str, MojianError], None]


class Moderator:
    """For the texts of one person; `subject` names in reports what is checked."""

    def __init__(self, check: ContentCheck, openid: OpenId, report: Report, *, subject: str) -> None:
        self._check, self._openid, self._report, self._subject = check, openid, report, subject

    def rule(self, text: str, use: Use) -> Ruling:
        """Of a text of any length, window by window until one is refused. Raises nothing of the vendor's."""
        rulings: list[Ruling] = []
        for window in windows(text):
            rulings.append(self._ruling(window, use))
            if rulings[-1] == "refused":
                break
        return worst(rulings)

    def require(self, text: str, use: Use) -> None:
        """For what is shown at once or not at all. Raises ContentRefused; ContentUnchecked where it would be held."""
        ruling = self.rule(text, use)
        if ruling == "refused":
            raise ContentRefused(use=use)
        if ruling == "held":
            raise ContentUnchecked(use=use)

    def _ruling(self, window: str, use: Use) -> Ruling:
        policy = POLICIES[use]
        try:
            return policy.on(self._check.check_text(window, openid=self._openid, scene=policy.scene).suggestion)
        except OUT_OF_REACH as error:
            self._report(self._subject, error)
            return policy.unseen if isinstance(error, PersonNotSeen) else policy.outage


def moderator_of(user_id: UserId, *, users: UserStore, check: ContentCheck, report: Report, subject: str) -> Moderator:
    """Raises NotLoggedIn when the account behind a valid token is gone."""
    user = users.find(user_id)
    if user is None:
        raise NotLoggedIn
    return Moderator(check, user.openid, report, subject=subject)


class AnswerChecks:
    """Checks an answer window by window beside its making; use in a `with` block."""

    def __init__(self, moderator: Moderator, *, already: str = "") -> None:
        self._moderator = moderator
        self._text, self._checked = already, len(already)
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._running: list[Future[None]] = []

    def __enter__(self) -> "AnswerChecks":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)

    def add(self, text: str) -> None:
        """More of the answer. Raises ContentRefused when something that was said earlier is not fit to be shown."""
        self._text += text
        if len(self._text) - self._checked >= WINDOW:
            self._submit()
        for future in [future for future in self._running if future.done()]:
            self._running.remove(future)
            future.result()

    def finish(self, *, every_s: float) -> Iterator[None]:
        """Until all of it is checked, with a sign of life each `every_s`. Raises ContentRefused."""
        self._submit()
        for future in self._running:
            while True:
                try:
                    future.result(timeout=every_s)
                except NotYet:
                    yield None
                else:
                    break

    def _submit(self) -> None:
        while self._checked < len(self._text):
            window = self._text[max(0, self._checked - OVERLAP) : self._checked + LONGEST_WINDOW]
            self._checked = min(len(self._text), self._checked + LONGEST_WINDOW)
            self._running.append(self._thread.submit(self._moderator.require, window, "answer"))
