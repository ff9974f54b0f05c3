"""The whole product in one process, for functional tests: real wiring and stores, vendors on loopback ports, and phones."""

import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from threading import Barrier
from typing import Any

import httpx
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

from common.errors import InternalError
from scripts.local_cloud.emulator.triggers.cos import build_record
from scripts.local_cloud.fakes.cos.events import ObjectEvent
from scripts.local_cloud.mini_program import TILLS
from scripts.local_cloud.stack.served_fakes import ServedFakes
from tests.functional.phone import Phone
from tests.functional.scf import CLIENT_IP, Answer, Platform, WorkerKilled

RETRIES = 2

ASK_FOR_REFUND = """
INSERT INTO refunds (number, order_number, live_order, amount_fen, credits, reason, state, created_at, next_question_at)
VALUES ('R0000001', :order, :order, 990, 10, 'x', 'asked', :now, :now)
"""
TAKE_CREDITS = """
INSERT INTO credit_ledger (id, user_id, entry_key, reason, amount, created_at)
SELECT 'l_1', user_id, 'refund/R0000001', 'refund', -10, :now FROM credit_accounts
"""


@dataclass
class Vendors:
    """What lives as long as the test session: the fakes on their ports, and whom they tell about objects."""

    served: ServedFakes
    phone_side: httpx.Client
    changes: list[ObjectEvent] = field(default_factory=list)

    def reset(self) -> None:
        self.served.reset()
        self.changes.clear()


class Time:
    """Replaces common.clock.now and sleep: pauses take no time, and hours pass when a test says so."""

    def __init__(self) -> None:
        self.offset = timedelta()
        self.pauses: list[float] = []
        self._kill_at_pause = False

    def now(self) -> datetime:
        return datetime.now(timezone.utc) + self.offset

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        if self._kill_at_pause:
            self._kill_at_pause = False
            raise WorkerKilled

    def kill_worker_at_next_pause(self) -> None:
        self._kill_at_pause = True


class Cloud:
    """One test's cloud: an empty database, empty vendors, functions that have not started yet."""

    def __init__(
        self, platform: Platform, vendors: Vendors, clock: Time, settings: Mapping[str, str], database_file: Path
    ) -> None:
        self.platform = platform
        self.settings = settings
        self.clock = clock
        self.database_file = database_file
        self._vendors = vendors
        self._followed = 0

    # -- what reaches functions --------------------------------------------------------------------------------

    def call(
        self,
        function: str,
        method: str,
        path: str,
        json: object = None,
        *,
        token: str | None = None,
        body: bytes | None = None,
        key: str | None = None,
        ip: str = CLIENT_IP,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """A request to the public host, `key` as its Idempotency-Key. That its path leads to `function` is checked too."""
        assert self.platform.manifest.route(path.partition("?")[0]) == function
        own = {"Authorization": f"Bearer {token}"} if token else {}
        once = {"Idempotency-Key": key} if key else {}
        sent: dict[str, Any] = {"data": body} if json is None else {"json": json}
        builder = EnvironBuilder(path, method=method, headers=Headers({**own, **once, **(headers or {})}), **sent)
        builder.environ_base = {**(builder.environ_base or {}), "REMOTE_ADDR": ip}
        return self.platform.request(function, builder)

    def event(self, function: str, keys: Iterable[str], *, encoded: bool = False) -> dict[str, Any]:
        """What the bucket tells `function` about its newest changes of these objects."""
        spec = self.platform.manifest.functions[function]
        changes = [next(change for change in reversed(self._vendors.changes) if change.key == key) for key in keys]
        return {"Records": [build_record(change, spec, encoded_key=encoded) for change in changes]}

    def deliver(self, function: str, key: str, *, encoded: bool = False, others: Iterable[str] = ()) -> Any:
        """The bucket tells `function` about the object (and `others` in the same event); the handler's result."""
        return self.platform.invoke(function, self.event(function, [key, *others], encoded=encoded))

    def tick(self, function: str) -> Any:
        """The timer of `function` fires; the handler's result."""
        (trigger,) = self.platform.manifest.functions[function].timers
        fired_at = self.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        event = {"Type": "Timer", "TriggerName": trigger.name, "Time": fired_at, "Message": trigger.argument}
        return self.platform.invoke(function, event)

    def follow(self, *, lose: str = "") -> list[str]:
        """Everything that object changes start, until nothing happens any more, with the platform's two retries.

        Events for the function `lose` get lost. The functions that ran, in order.
        """
        ran = []
        while self._followed < len(self._vendors.changes):
            change = self._vendors.changes[self._followed]
            self._followed += 1
            for function in set(self._started_by(change)) - {lose}:
                ran.append(function)
                self._deliver_with_retries(function, change.key)
        return ran

    def announce_again(self, function: str) -> None:
        """The event that started nothing because it got lost comes after all."""
        index = max(
            number for number, change in enumerate(self._vendors.changes) if function in self._started_by(change)
        )
        self._followed = min(self._followed, index)

    def started(self) -> list[str]:
        """The functions that object changes would start now."""
        return [function for change in self._vendors.changes[self._followed :] for function in self._started_by(change)]

    def _started_by(self, change: ObjectEvent) -> list[str]:
        functions = self.platform.manifest.functions.items()
        return [
            name
            for name, spec in functions
            if any(trigger.matches(change.event_name, change.full_bucket, change.key) for trigger in spec.cos)
        ]

    def _deliver_with_retries(self, function: str, key: str) -> None:
        for _ in range(1 + RETRIES):
            try:
                self.deliver(function, key)
            except InternalError:
                continue
            return

    def at_once(self, work: Callable[[], Any], *, times: int) -> list[Any]:
        """`work` in several threads that start together; results, or the exceptions they ended in."""
        start = Barrier(times)

        def one(_: int) -> Any:
            start.wait()
            try:
                return work()
            except Exception as error:
                return error

        with ThreadPoolExecutor(times) as pool:
            return list(pool.map(one, range(times)))

    # -- the world around them ---------------------------------------------------------------------------------

    def phone(self, user: str = "alice") -> Phone:
        """Somebody with the mini-program open, not logged in yet."""
        return Phone(self, user)

    def member(self, user: str = "alice") -> Phone:
        """Somebody who is logged in."""
        phone = self.phone(user)
        phone.log_in()
        return phone

    def control(self, vendor: str, path: str, content: object = None) -> Any:
        """A control route of a fake: GET without content, POST with it."""
        url, client = f"{self._vendors.served.urls[vendor]}/__fake__/{path}", self._vendors.phone_side
        reply = client.get(url) if content is None else client.post(url, json=content)
        reply.raise_for_status()
        return reply.json()

    def fault(self, vendor: str, operation: str, **how: Any) -> None:
        """What is to go wrong next at a vendor (scripts/local_cloud/fakes/kit_faults.py)."""
        self.control(vendor, "faults", {"operation": operation, **how})

    def requests(self, vendor: str, operation: str | None = None) -> list[dict[str, Any]]:
        """What reached a vendor, oldest first."""
        logged: list[dict[str, Any]] = self.control(vendor, "requests")["requests"]
        return [entry for entry in logged if operation in (None, entry["operation"])]

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The subscription messages that arrived."""
        delivered: list[dict[str, Any]] = self.control("wechat", "state")["messages"]
        return delivered

    def pass_time(self, **much: float) -> None:
        """Hours or days go by, for us, WeChat and the job boards. The bucket's clock stays: the SDK signs by the machine's."""
        self.clock.offset += timedelta(**much)
        for vendor in ("wechat", *TILLS.values(), "zhaopin", "boss"):
            self.control(vendor, "clock", {"offset_s": self.clock.offset.total_seconds()})

    @property
    def keys(self) -> list[str]:
        """Every object in the bucket."""
        return [entry["key"] for entry in self.control("cos", "state")["objects"]]

    def put(self, key: str, content: bytes) -> None:
        """An object that somebody with the deployer's key writes."""
        self._vendors.served.put_object(key, content)

    def fetch(self, url: str) -> httpx.Response:
        """wx.downloadFile."""
        return self._vendors.phone_side.get(url)

    def post_form(self, form: Mapping[str, Any], content: bytes, **changed: str) -> httpx.Response:
        """wx.uploadFile with the form of an upload ticket; `changed` fields are the client's own idea."""
        fields = {**form["form_data"], **changed}
        part = ("file.bin", content, "application/octet-stream")
        return self._vendors.phone_side.post(form["url"], data=fields, files={form["name"]: part})

    def erase_user(self, user_id: str) -> None:
        """The account is gone, as if somebody had deleted the row."""
        with closing(sqlite3.connect(self.database_file)) as database, database:
            database.execute("DELETE FROM users WHERE id = ?", (user_id,))

    def ask_for_refund(self, number: str) -> None:
        """As the operator's command leaves it when the vendor could not be asked: refund R0000001 of 10 credits."""
        now = self.clock.now().strftime("%Y-%m-%d %H:%M:%S.%f")
        with closing(sqlite3.connect(self.database_file)) as database, database:
            database.execute(ASK_FOR_REFUND, {"order": number, "now": now})
            database.execute("UPDATE credit_accounts SET ledger = ledger - 10")
            database.execute(TAKE_CREDITS, {"now": now})

    def forget_order(self, number: str) -> None:
        """We never heard of this order."""
        with closing(sqlite3.connect(self.database_file)) as database, database:
            database.execute("DELETE FROM orders WHERE number = ?", (number,))

    def wait_for(self, vendor: str, operation: str) -> None:
        """Until a request of this kind has reached the vendor; for work that goes on in other threads."""
        until = time.monotonic() + 5
        while not self.requests(vendor, operation):
            assert time.monotonic() < until, f"nothing asked {vendor} for {operation}"
            time.sleep(0.01)
