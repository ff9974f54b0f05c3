"""The world of a crash trial: a database, WeChat Pay in another process, a clock, and the product's own functions."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from common import clock
from common.domain.orders import Order
from common.services.reconciling import reconcile
from common.wiring import App
from scripts.benchmarks.money import scene
from scripts.benchmarks.money.databases import empty, fresh_database
from scripts.local_cloud.fakes.wechat_pay.account import Account, load_account

FAKE = "scripts.benchmarks.money.serve_fake"

#: When the timers run after a crash: soon, when an order's time is up, at its last looks.
LATER_MINUTES = (1, 6, 12, 31, 95, 1475)


class World:
    """Everything outlives the process that is killed, except that process."""

    def __init__(self, account: Account, database_url: str, pay_url: str) -> None:
        self.account = account
        self.env = scene.settings(account, database_url=database_url, pay_url=pay_url)
        self._url, self._pay_url = database_url, pay_url
        self._offset = timedelta()
        self._pay = httpx.Client(trust_env=False, timeout=10)
        scene.use_environment(self.env)

    def begin(self) -> None:
        """Nothing has happened yet; the buyer has just logged in."""
        empty(self._url)
        self.control("reset", {})
        self.shift(minutes=0)
        with self.app() as app:
            self.buyer = scene.add_buyer(app)
            self.token = app.sessions.issue(self.buyer.id, now=app.now())[0]

    def shift(self, *, minutes: float) -> None:
        """So long after the beginning, for us and for WeChat Pay."""
        self._offset = timedelta(minutes=minutes)
        clock.now = self.now
        self.control("clock", {"offset_s": self._offset.total_seconds()})

    def now(self) -> datetime:
        return datetime.now(timezone.utc) + self._offset

    def control(self, route: str, wishes: dict[str, Any]) -> Any:
        reply = self._pay.post(f"{self._pay_url}/__fake__/{route}", json=wishes)
        reply.raise_for_status()
        return reply.json()

    def at_wechat(self) -> dict[str, Any]:
        state: dict[str, Any] = self._pay.get(f"{self._pay_url}/__fake__/state").json()
        return state

    @contextmanager
    def app(self) -> Iterator[App]:
        """Log lines are nobody's business here."""
        with (
            Path(os.devnull).open("w", encoding="utf-8") as nowhere,
            redirect_stdout(nowhere),
            scene.open_app(self.env) as app,
        ):
            yield app

    def buy(self) -> int:
        """POST /pay/prepay, always under the same Idempotency-Key; the status."""
        headers = {"authorization": f"Bearer {self.token}", "idempotency-key": "once"}
        event = {
            "httpMethod": "POST",
            "path": "/pay/prepay",
            "headers": headers,
            "body": '{"product_id": "credits_10"}',
        }
        return self._call("prepay", event)

    def notify(self) -> int:
        """The genuine notification of the order that was paid, as the vendor sends it again and again; the status."""
        (told,) = self.at_wechat()["orders"]
        content = {name: value for name, value in told.items() if name != "prepay_id"} | {"trade_state": "SUCCESS"}
        letter = scene.notification(self.account, content, self.now().timestamp())
        return self._call("pay_notify", letter.event())

    def _call(self, function: str, event: dict[str, Any]) -> int:
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
            return int(scene.load_handler(function)(event, scene.context())["statusCode"])

    def pay(self) -> None:
        """The payer confirms, and the notification gets lost."""
        (order,) = self.orders()
        self.control("pay", {"out_trade_no": order.number, "notify": 0})

    def orders(self) -> list[Order]:
        with self.app() as app:
            return app.orders.list_of(self.buyer.id, limit=10)

    def let_time_pass(self) -> None:
        """The timers run for a day: reconcile, and the part of sweep that is about credits."""
        for minutes in LATER_MINUTES:
            self.shift(minutes=minutes)
            with self.app() as app:
                reconcile(app.till)
                app.credits.release_expired(now=app.now())

    def problems(self, *, balance: int | None = None, state: str | None = None) -> list[str]:
        """What is not as it should be: the books, open ends, the buyer's credits, the state of the only order."""
        with self.app() as app:
            found = [f"{item.rule}: {item.row}" for item in app.books.discrepancies()]
            found += [] if app.books.totals().agree else ["totals do not agree"]
            credits = app.credits.balance(self.buyer.id)
            orders = app.orders.list_of(self.buyer.id, limit=10)
        found += [f"{credits.held} credits are still held"] if credits.held else []
        found += [f"balance is {credits.ledger}, not {balance}"] if balance not in (None, credits.ledger) else []
        states = [order.state for order in orders]
        found += [f"orders are {states}, not {[state]}"] if state is not None and states != [state] else []
        return found + [f"an order is still {open_}" for open_ in states if open_ in ("created", "paid")]


@contextmanager
def open_world(backend: str) -> Iterator[World]:
    real_now = clock.now
    with TemporaryDirectory(prefix="mojian-money-") as folder, fresh_database(backend) as url:
        account = load_account(Path(folder))
        fake = subprocess.Popen(
            [sys.executable, "-m", FAKE, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        try:
            pay_url = fake.stdout.readline().strip() if fake.stdout is not None else ""
            yield World(account, url, pay_url)
        finally:
            clock.now = real_now
            fake.communicate()
