"""Notifications as they are delivered: POSTed to the merchant, several at once if asked, kept for replays."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx

from scripts.local_cloud.fakes.kit import Clock
from scripts.local_cloud.fakes.wechat_pay.account import Signer
from scripts.local_cloud.fakes.wechat_pay.letters import Letter, signature_headers

TIMEOUT_S = 5.0
MAX_RETRIES = 3
MAX_COPIES = 20
SHOWN_CHARACTERS = 2000


@dataclass(frozen=True)
class Delivery:
    """One POST and the merchant's answer; status 0 means that nobody answered in time."""

    index: int
    letter: Letter
    headers: dict[str, str]
    status: int
    answer: str

    @property
    def accepted(self) -> bool:
        return 200 <= self.status < 300

    def as_json(self) -> dict[str, Any]:
        return {
            "index": self.index,
            "event_type": self.letter.event_type,
            "out_trade_no": self.letter.subject,
            "url": self.letter.url,
            "forge": self.letter.forge,
            "status": self.status,
            "body": self.answer,
        }


class Courier:
    """Delivers letters, signed by `signer`, and remembers every delivery in order."""

    def __init__(self, signer: Signer, clock: Clock, transport: httpx.BaseTransport | None = None) -> None:
        self.signer = signer
        self._clock = clock
        self._transport = transport
        self._lock = threading.Lock()
        self.deliveries: list[Delivery] = []

    def deliver(
        self, letter: Letter, *, copies: int = 1, concurrent: bool = False, retry: bool = False
    ) -> list[Delivery]:
        """Send `copies` of the letter, each signed afresh; with `retry` a refused one is sent up to three times more."""
        if not concurrent:
            return [delivery for copy in range(copies) for delivery in self._insist(letter, copy, retry)]
        gate = threading.Barrier(copies)

        def at_once(copy: int) -> list[Delivery]:
            gate.wait()
            return self._insist(letter, copy, retry)

        with ThreadPoolExecutor(copies) as pool:
            return [delivery for sent in pool.map(at_once, range(copies)) for delivery in sent]

    def replay(self, index: int) -> Delivery:
        """Send an earlier delivery again, byte for byte, old timestamp and signature included. Raises IndexError."""
        if not 0 <= index < len(self.deliveries):
            raise IndexError(f"there are {len(self.deliveries)} deliveries")
        earlier = self.deliveries[index]
        return self._post(earlier.letter, earlier.headers)

    def clear(self) -> None:
        with self._lock:
            self.deliveries.clear()

    def _insist(self, letter: Letter, copy: int, retry: bool) -> list[Delivery]:
        sent = [self._send(letter, copy)]
        while retry and not sent[-1].accepted and len(sent) <= MAX_RETRIES:
            sent.append(self._send(letter, copy + len(sent)))
        return sent

    def _send(self, letter: Letter, attempt: int) -> Delivery:
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Mozilla/4.0",
            **signature_headers(self.signer, letter, self._clock.now(), attempt),
        }
        return self._post(letter, headers)

    def _post(self, letter: Letter, headers: dict[str, str]) -> Delivery:
        status, answer = 0, ""
        try:
            with httpx.Client(transport=self._transport, timeout=TIMEOUT_S, trust_env=False) as client:
                reply = client.post(letter.url, content=letter.body, headers=headers)
            status, answer = reply.status_code, reply.text[:SHOWN_CHARACTERS]
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            answer = f"{type(error).__name__}: {error}"
        with self._lock:
            delivery = Delivery(len(self.deliveries), letter, headers, status, answer)
            self.deliveries.append(delivery)
        return delivery
