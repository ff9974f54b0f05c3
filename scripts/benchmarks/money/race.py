"""Race: one notification, delivered 200 times at once from 8 processes; its credits are granted once."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from common import clock
from scripts.benchmarks.figures import Figure
from scripts.benchmarks.money import scene
from scripts.benchmarks.money.databases import fresh_database
from scripts.local_cloud.fakes.wechat_pay.account import Account, load_account

PROCESSES = 8
DELIVERIES = 200
#: Connections at the same time; servers allow about a hundred.
THREADS_EACH = 5
COURIER = "scripts.benchmarks.money.courier"


@dataclass(frozen=True)
class Outcome:
    """`statuses` of all deliveries, and what became of the buyer's credits and ledger."""

    statuses: Counter[int]
    balance: int
    purchases: int
    discrepancies: int

    @property
    def survived(self) -> bool:
        """Every delivery acknowledged, one grant, books that agree."""
        return set(self.statuses) == {204} and (self.balance, self.purchases, self.discrepancies) == (10, 1, 0)


def figures(backends: list[str]) -> Iterator[Figure]:
    with TemporaryDirectory(prefix="mojian-money-") as folder:
        account = load_account(Path(folder))
        for backend in backends:
            with fresh_database(backend) as url:
                outcome = race(account, url)
            refused = sum(count for status, count in outcome.statuses.items() if status != 204)
            note = f"{DELIVERIES} deliveries from {PROCESSES} processes: {dict(outcome.statuses)}"
            yield Figure(f"race, {backend}: times granted", outcome.purchases, at_most=1, at_least=1, note=note)
            yield Figure(f"race, {backend}: credits", outcome.balance, at_most=10, at_least=10)
            yield Figure(f"race, {backend}: deliveries not acknowledged", refused, at_most=0)


def race(
    account: Account, url: str, *, processes: int = PROCESSES, deliveries: int = DELIVERIES, threads: int = THREADS_EACH
) -> Outcome:
    env = scene.settings(account, database_url=url)
    with scene.open_app(env) as app:
        buyer = scene.add_buyer(app)
        order = scene.add_order(app, buyer)
        at = clock.now().timestamp()
        letter = scene.notification(account, scene.transaction(account, order, at), at)
        statuses = _deliver(letter, env, processes, deliveries // processes, threads)
        entries = app.credits.entries([f"order/{order.number}"])
        found = len(app.books.discrepancies())
        return Outcome(statuses, app.credits.balance(buyer.id).available, len(entries), found)


def _deliver(letter: scene.Notification, env: dict[str, str], processes: int, each: int, threads: int) -> Counter[int]:
    """Start all couriers, wait until all are ready, let all go at once."""
    told = {"headers": dict(letter.headers), "body": base64.b64encode(letter.body).decode()}
    job = json.dumps({**told, "deliveries": each, "threads": threads}) + "\n"
    command, own = [sys.executable, "-m", COURIER], {**os.environ, **env}
    couriers = [
        subprocess.Popen(command, env=own, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(processes)
    ]
    try:
        for courier in couriers:
            _write(courier, job)
        for courier in couriers:
            if _read(courier) != "ready":
                raise RuntimeError("a courier did not start")
        for courier in couriers:
            _write(courier, "go\n")
        return Counter(status for courier in couriers for status in json.loads(_read(courier)))
    finally:
        for courier in couriers:
            courier.kill()
            courier.communicate()


def _write(courier: subprocess.Popen[str], line: str) -> None:
    if courier.stdin is not None:
        courier.stdin.write(line)
        courier.stdin.flush()


def _read(courier: subprocess.Popen[str]) -> str:
    return courier.stdout.readline().strip() if courier.stdout is not None else ""
