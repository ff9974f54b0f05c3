"""Notifications as they are delivered: at once, and again on the vendor's schedule until they are acknowledged."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx

from scripts.local_cloud.fakes.kit import Clock
from scripts.local_cloud.fakes.wechat_pay_v2.documents import is_receipt
from scripts.local_cloud.fakes.wechat_pay_v2.letters import Letter

TIMEOUT_S = 5.0
MAX_RETRIES = 3
MAX_COPIES = 20
SHOWN_CHARACTERS = 2000
#: Seconds from one try to the next; after the last nobody is told any more.
GAPS_S = (15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600)
HEADERS = {"Content-Type": "text/xml", "User-Agent": "Mozilla/4.0"}


@dataclass(frozen=True)
class Delivery:
    """One POST and the merchant's answer; status 0 means that nobody answered in time."""

    index: int
    letter: Letter
    status: int
    answer: str

    @property
    def accepted(self) -> bool:
        """Exactly 200, and the receipt: merchants that answered 201, or with a page around it, were told for a day."""
        return self.status == 200 and is_receipt(self.answer)

    def as_json(self) -> dict[str, Any]:
        return {
            "index": self.index,
            "event": self.letter.event,
            "out_trade_no": self.letter.subject,
            "url": self.letter.url,
            "forge": self.letter.forge,
            "status": self.status,
            "accepted": self.accepted,
            "body": self.answer,
        }


@dataclass(eq=False)
class Waiting:
    """A letter that nobody has acknowledged: when it goes out again, and how often it did."""

    letter: Letter
    due: float
    tries: int


class Courier:
    """Delivers letters and remembers every delivery in order."""

    def __init__(self, clock: Clock, transport: httpx.BaseTransport | None = None) -> None:
        self._clock = clock
        self._transport = transport
        self._lock = threading.Lock()
        self.deliveries: list[Delivery] = []
        self.waiting: list[Waiting] = []

    def deliver(
        self, letter: Letter, *, copies: int = 1, concurrent: bool = False, retry: bool = False
    ) -> list[Delivery]:
        """Send `copies` of the letter; with `retry` a refused one is sent up to three times more, at once."""
        if not concurrent:
            return [delivery for _ in range(copies) for delivery in self._insist(letter, retry)]
        gate = threading.Barrier(copies)

        def at_once(_: int) -> list[Delivery]:
            gate.wait()
            return self._insist(letter, retry)

        with ThreadPoolExecutor(copies) as pool:
            return [delivery for sent in pool.map(at_once, range(copies)) for delivery in sent]

    def schedule(self, letter: Letter) -> None:
        """It was sent once and nobody acknowledged it."""
        with self._lock:
            self.waiting.append(Waiting(letter, self._clock.now() + GAPS_S[0], 1))

    def deliver_due(self) -> list[Delivery]:
        """Send what is due by the fake's clock, as often as it would have been sent until now."""
        sent: list[Delivery] = []
        now = self._clock.now()
        with self._lock:
            due = [waiting for waiting in self.waiting if waiting.due <= now]
        for waiting in due:
            while waiting.due <= now and waiting in self.waiting:
                sent.append(self._post(waiting.letter))
                self._plan_next(waiting, sent[-1])
        return sent

    def replay(self, index: int) -> Delivery:
        """Send an earlier delivery again, byte for byte. Raises IndexError."""
        if not 0 <= index < len(self.deliveries):
            raise IndexError(f"there are {len(self.deliveries)} deliveries")
        return self._post(self.deliveries[index].letter)

    def clear(self) -> None:
        with self._lock:
            self.deliveries.clear()
            self.waiting.clear()

    def _plan_next(self, waiting: Waiting, delivery: Delivery) -> None:
        with self._lock:
            if delivery.accepted or waiting.tries >= len(GAPS_S):
                self.waiting.remove(waiting)
            else:
                waiting.due += GAPS_S[waiting.tries]
                waiting.tries += 1

    def _insist(self, letter: Letter, retry: bool) -> list[Delivery]:
        sent = [self._post(letter)]
        while retry and not sent[-1].accepted and len(sent) <= MAX_RETRIES:
            sent.append(self._post(letter))
        return sent

    def _post(self, letter: Letter) -> Delivery:
        status, answer = 0, ""
        try:
            with httpx.Client(transport=self._transport, timeout=TIMEOUT_S, trust_env=False) as client:
                reply = client.post(letter.url, content=letter.body, headers=HEADERS)
            status, answer = reply.status_code, reply.text[:SHOWN_CHARACTERS]
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            answer = f"{type(error).__name__}: {error}"
        with self._lock:
            delivery = Delivery(len(self.deliveries), letter, status, answer)
            self.deliveries.append(delivery)
        return delivery
