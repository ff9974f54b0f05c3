"""Message push: delivered to the address in the console, and again with doubling gaps until it is acknowledged."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx

from scripts.local_cloud.fakes.kit import Clock
from scripts.local_cloud.fakes.wechat.push_letters import Mailbox, Written, address, write

TIMEOUT_S = 5.0
FIRST_GAP_S = 2.0
MOST_RETRIES = 15
SHOWN_CHARACTERS = 2000

Acknowledged = Callable[[], None]


@dataclass(frozen=True)
class Delivery:
    """One POST and the answer; status 0 means that nobody answered in time."""

    index: int
    event: str
    attempt: int
    written: Written
    forge: str | None
    status: int
    answer: str

    @property
    def accepted(self) -> bool:
        """`success`, nothing, or ErrCode 0 in JSON or XML."""
        return self.status == 200 and (self.answer in ("", "success") or _code_is_zero(self.answer))

    def as_json(self) -> dict[str, Any]:
        own = {"index": self.index, "event": self.event, "retry_times": self.attempt, "forge": self.forge}
        return {**own, "status": self.status, "body": self.answer, "accepted": self.accepted}


@dataclass
class _Waiting:
    """An event nobody has acknowledged yet: `attempt` is the next one, due at `due_at` of the fake's clock."""

    event: Mapping[str, Any]
    attempt: int
    due_at: float
    acknowledged: Acknowledged


class Pushes:
    """`transport` replaces the network, so that a test needs no port. Without an address nothing is sent."""

    def __init__(self, mailbox: Mailbox, clock: Clock, transport: httpx.BaseTransport | None = None) -> None:
        self.mailbox = mailbox
        self._clock = clock
        self._transport = transport
        self._lock = threading.Lock()
        self.deliveries: list[Delivery] = []
        self._waiting: list[_Waiting] = []

    def send(
        self,
        event: Mapping[str, Any],
        *,
        copies: int = 1,
        concurrent: bool = False,
        forge: str | None = None,
        acknowledged: Acknowledged = lambda: None,
    ) -> list[Delivery]:
        """`copies` of the event, at once if asked; a genuine one that is refused waits for `send_due`.

        `forge` names what is wrong with it; what it lies about in its content is the caller's work.
        """
        if copies == 0 or self.mailbox.url is None:
            return []
        if concurrent:
            gate = threading.Barrier(copies)

            def at_once(_: int) -> Delivery:
                gate.wait()
                return self._post(event, 0, forge)

            with ThreadPoolExecutor(copies) as pool:
                sent = list(pool.map(at_once, range(copies)))
        else:
            sent = [self._post(event, 0, forge) for _ in range(copies)]
        if any(delivery.accepted for delivery in sent):
            acknowledged()
        elif forge is None:
            self._wait(_Waiting(event, 1, 0.0, acknowledged))
        return sent

    def send_due(self) -> list[Delivery]:
        """Everything that is to be tried again by now; each refusal doubles its gap: 2, 4, 8 … s."""
        now = self._clock.now()
        with self._lock:
            due = [waiting for waiting in self._waiting if waiting.due_at <= now]
            self._waiting = [waiting for waiting in self._waiting if waiting.due_at > now]
        sent = []
        for waiting in due:
            sent.append(self._post(waiting.event, waiting.attempt, None))
            if sent[-1].accepted:
                waiting.acknowledged()
            else:
                self._wait(_Waiting(waiting.event, waiting.attempt + 1, 0.0, waiting.acknowledged))
        return sent

    def replay(self, index: int) -> Delivery:
        """An earlier delivery again, byte for byte, old signature included. Raises IndexError."""
        if not 0 <= index < len(self.deliveries):
            raise IndexError(f"there are {len(self.deliveries)} deliveries")
        earlier = self.deliveries[index]
        return self._deliver(earlier.event, earlier.attempt, earlier.written, earlier.forge)

    def clear(self) -> None:
        with self._lock:
            self.deliveries.clear()
            self._waiting.clear()
            self.mailbox.secure, self.mailbox.xml = True, False

    def as_json(self) -> dict[str, Any]:
        with self._lock:
            waiting = [{"retry_times": item.attempt, "due_at": item.due_at} for item in self._waiting]
            return {"deliveries": [delivery.as_json() for delivery in self.deliveries], "waiting": waiting}

    def _wait(self, waiting: _Waiting) -> None:
        if waiting.attempt > MOST_RETRIES:
            return
        waiting.due_at = self._clock.now() + FIRST_GAP_S * 2 ** (waiting.attempt - 1)
        with self._lock:
            self._waiting.append(waiting)

    def _post(self, event: Mapping[str, Any], attempt: int, forge: str | None) -> Delivery:
        counted = {**event, "RetryTimes": attempt} if str(event.get("Event", "")).startswith("xpay_") else event
        written = write(self.mailbox, counted, self._clock.now(), forge)
        return self._deliver(str(event.get("Event", "")), attempt, written, forge)

    def _deliver(self, event: str, attempt: int, written: Written, forge: str | None) -> Delivery:
        status, answer = 0, ""
        try:
            with httpx.Client(transport=self._transport, timeout=TIMEOUT_S, trust_env=False) as client:
                url = address(str(self.mailbox.url), written.query)
                reply = client.post(url, content=written.body, headers={"Content-Type": written.content_type})
            status, answer = reply.status_code, reply.text[:SHOWN_CHARACTERS]
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            answer = f"{type(error).__name__}: {error}"
        with self._lock:
            delivery = Delivery(len(self.deliveries), event, attempt, written, forge, status, answer)
            self.deliveries.append(delivery)
        return delivery


def _code_is_zero(answer: str) -> bool:
    if "<ErrCode>0</ErrCode>" in answer:
        return True
    try:
        document = json.loads(answer)
    except ValueError:
        return False
    return isinstance(document, dict) and document.get("ErrCode") == 0
