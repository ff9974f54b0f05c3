"""Content checks on both sides of a conversation: a message before anybody answers it, an answer while it is being made.

A check that nobody can make (WeChat is down, or has not seen the person for two hours) lets the text through and is
reported: a conversation is seen by one person only, and the model's host has a review of its own.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from types import TracebackType

from common.domain.users import OpenId
from common.errors import ContentRefused, MojianError, VendorError
from common.services.ports.chat import ContentCheck

#: So much of an answer is checked at a time, with so much of what stood before it: a word cut in two is seen whole.
WINDOW, OVERLAP = 300, 50
LONGEST_WINDOW = 2000

Report = Callable[[str, MojianError], None]


class Moderator:
    """For one person's conversation; `subject` names it in reports."""

    def __init__(self, check: ContentCheck, openid: OpenId, report: Report, *, subject: str) -> None:
        self._check, self._openid, self._report, self._subject = check, openid, report, subject

    def require(self, text: str) -> None:
        """Raises ContentRefused."""
        try:
            self._check.check_text(text, openid=self._openid)
        except ContentRefused:
            raise
        except VendorError as error:
            self._report(self._subject, error)


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
            self._running.append(self._thread.submit(self._moderator.require, window))
