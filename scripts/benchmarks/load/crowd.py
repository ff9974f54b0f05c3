"""People with phones: each logs in from an address of their own and uploads as many resumes as one may in an hour."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from common import clock
from scripts.benchmarks.load.papers import name_of, paper_of
from scripts.local_cloud.mini_program import MiniProgram
from scripts.local_cloud.stack import Stack

#: Below LIMITS_UPLOADS_PER_HOUR.
UPLOADS_EACH = 18
HANDS = 8


@dataclass(frozen=True)
class Sent:
    """A resume on its way: whose it is, and since when the bucket has it."""

    resume_id: str
    person: str
    phone: MiniProgram
    at: datetime


@dataclass(frozen=True)
class Form:
    """An upload form for a file that has not been sent yet."""

    number: int
    phone: MiniProgram
    ticket: dict[str, Any]


class Crowd:
    """Asks for all forms first and hands the files in then, so that they arrive at about the same time."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._phones: list[MiniProgram] = []
        self._uploads = 0

    def send(self, count: int) -> list[Sent]:
        return self.hand_in(self.forms(count))

    def forms(self, count: int) -> list[Form]:
        numbers = range(self._uploads, self._uploads + count)
        self._uploads += count
        while len(self._phones) * UPLOADS_EACH < self._uploads:
            self._phones.append(self._join(len(self._phones)))
        with ThreadPoolExecutor(HANDS) as hands:
            return list(hands.map(self._ask, numbers))

    def hand_in(self, forms: Sequence[Form]) -> list[Sent]:
        with ThreadPoolExecutor(HANDS) as hands:
            return list(hands.map(_send, forms))

    def close(self) -> None:
        for phone in self._phones:
            phone.close()

    def _join(self, number: int) -> MiniProgram:
        address = f"127.{1 + number // 65_025}.{number // 255 % 255}.{1 + number % 255}"
        phone = MiniProgram(self._stack.url, self._stack.urls, user=f"load {number}", address=address)
        phone.log_in()
        return phone

    def _ask(self, number: int) -> Form:
        phone = self._phones[number // UPLOADS_EACH]
        phone.accept_messages(self._stack.environment["WECHAT_TEMPLATE_READY"])
        return Form(number, phone, phone.ask_for_upload("简历.docx", len(paper_of(number))))


def _send(form: Form) -> Sent:
    at = clock.now()
    form.phone.send_file(form.ticket, paper_of(form.number), "简历.docx")
    return Sent(str(form.ticket["resume_id"]), name_of(form.number), form.phone, at)
