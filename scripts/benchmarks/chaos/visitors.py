"""People who use the product while something is broken: they upload, look, pay, ask for a code, and try again when told so."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

import httpx

from scripts.benchmarks.chaos.seen import FROM_THE_BUCKET, NO_ANSWER, OK, Seen
from scripts.benchmarks.load.papers import name_of, paper_of
from scripts.local_cloud.mini_program import TERMINAL, MiniProgram, Refused

T = TypeVar("T")
#: True when it is done.
Step = Callable[[], bool]

LOOK_EVERY_S, AGAIN_AFTER_S = 0.5, 2.0
FILENAME = "简历.docx"
PATIENCE_S = 240.0
#: When everything else is tried: the trouble has just begun.
IN_THE_MIDDLE_S = 4.0


@dataclass
class Visitor(threading.Thread):
    """Uploads one resume every `every_s` and looks at all that are not done, until they are and the order is granted.

    `finished_at` is on the monotonic clock; None when patience ran out. `results` are the resumes as last seen.
    """

    phone: MiniProgram
    number: int
    uploads: int
    every_s: float
    seen: Seen
    results: dict[str, dict[str, Any]] = field(default_factory=dict)
    order: dict[str, Any] = field(default_factory=dict)
    finished_at: float | None = None

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        began = time.monotonic()
        once = [self._pay, self._ask_for_code, self._log_in_again]
        pending = [*(self._upload_step(index) for index in range(self.uploads)), *once]
        due = [began + index * self.every_s for index in range(self.uploads)] + [began + IN_THE_MIDDLE_S] * len(once)
        steps = list(zip(due, pending, strict=True))
        while time.monotonic() < began + PATIENCE_S:
            steps = [again for at, step in steps if (again := _taken(at, step))]
            self._look()
            if not steps and self._is_content():
                self.finished_at = time.monotonic()
                return
            time.sleep(LOOK_EVERY_S)

    def _upload_step(self, index: int) -> Step:
        """Safe to try again from the beginning: the key makes it one resume, and the form may be used twice."""
        number, key = self.number * 100 + index, f"chaos-{self.phone.user}-{self.number}-{index}"

        def upload() -> bool:
            content = paper_of(number)
            wanted = {"filename": FILENAME, "size": len(content)}
            ticket = self._ask(
                lambda: self.phone.call("POST", "/resume/upload-url", wanted, **{"Idempotency-Key": key})
            )
            if ticket is None:
                return False
            self.results.setdefault(ticket["resume_id"], {"state": "waiting_for_upload", "person": name_of(number)})
            return self._hand_in(ticket, content)

        return upload

    def _look(self) -> None:
        for resume_id, known in list(self.results.items()):
            found = None if known["state"] in TERMINAL else self._ask(partial(self.phone.resume, resume_id))
            if found:
                self.results[resume_id] = {**known, **found}
        self._ask(self.phone.me)

    def _pay(self) -> bool:
        """Open an order once, pay it once, and look until it is granted."""
        if not self.order:
            key = {"Idempotency-Key": f"chaos-order-{self.phone.user}-{self.number}"}
            products = self._ask(lambda: self.phone.call("GET", "/pay/products"))
            opened = products and self._ask(
                lambda: self.phone.call("POST", "/pay/prepay", {"product_id": products["products"][0]["id"]}, **key)
            )
            if not opened:
                return False
            self.order = {**opened, "state": "created"}
            self.phone.pay(opened)
        found = self._ask(lambda: self.phone.call("GET", f"/pay/orders/{self.order['order_id']}"))
        self.order["state"] = found["state"] if found else self.order["state"]
        return str(self.order["state"]) == "granted"

    def _ask_for_code(self) -> bool:
        """One is enough; a refusal that is not about the vendor says that one is on its way."""
        wanted = {"phone": f"138{self.number:08}", "scene": "bind_phone"}
        status, _ = self._outcome(lambda: self.phone.call("POST", "/sms/code", wanted))
        return 0 < status < 500

    def _log_in_again(self) -> bool:
        """As a mini-program does when it is opened again; the session before stays good meanwhile."""
        return self._ask(self.phone.log_in) is not None

    def _ask(self, request: Callable[[], T]) -> T | None:
        """The answer; None when it was a refusal or there was none."""
        return self._outcome(request)[1]

    def _outcome(self, request: Callable[[], T]) -> tuple[int, T | None]:
        """The status, noted, and the answer."""
        try:
            answer = request()
        except Refused as refused:
            self.seen.note(refused.status, refused.code)
            return refused.status, None
        except httpx.HTTPError as error:
            self.seen.note(NO_ANSWER, type(error).__name__)
            return NO_ANSWER, None
        self.seen.note(OK)
        return OK, answer

    def _hand_in(self, ticket: dict[str, Any], content: bytes) -> bool:
        """Straight to the bucket, which speaks for itself: what it says is noted as its own."""
        try:
            self.phone.send_file(ticket, content, FILENAME)
        except (Refused, httpx.HTTPError):
            self.seen.note(NO_ANSWER, FROM_THE_BUCKET)
            return False
        self.seen.note(OK)
        return True

    def _is_content(self) -> bool:
        return all(result["state"] in TERMINAL for result in self.results.values())


def _taken(due: float, step: Step) -> tuple[float, Step] | None:
    """The step, if it is due; what of it is left for later. Who is refused waits a little."""
    if time.monotonic() < due:
        return due, step
    return None if step() else (time.monotonic() + AGAIN_AFTER_S, step)


def believed(visitor: Visitor, lie: str) -> int:
    """How many results repeat what the model made up."""
    return sum(lie in json.dumps(result.get("optimised"), ensure_ascii=False) for result in visitor.results.values())
