"""Watching: an incident is told once when it begins and once when it ends, by every channel, whatever the others do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import update

from common.domain.monitoring.incidents import Alert, Incident
from common.domain.phones import parse_phone
from common.errors import StoreUnavailable, VendorBusy, VendorUnavailable
from common.persistence.backlog import SqlBacklog
from common.persistence.incidents import SqlIncidents
from common.persistence.tables.orders import orders as orders_table
from common.services.alerting import SmsAlerts
from common.services.monitoring import Watch, watch
from tests.builders import a_message, an_order
from tests.doubles import FakeTexts, MemoryLimits

ALL_OK = {"database": "ok", "redis": "ok", "objects": "ok"}
FAILING = {"deepseek/chat/2000": 20, "deepseek/chat/!vendor_unavailable": 10}


@dataclass
class Counted:
    """What Redis says; an error when it is down."""

    counts: Mapping[str, int] | StoreUnavailable = field(default_factory=dict)

    def recent(self, **_: Any) -> Mapping[str, int]:
        if isinstance(self.counts, StoreUnavailable):
            raise self.counts
        return self.counts


@dataclass
class Chat:
    name: str = "wecom"
    only_urgent: bool = False
    errors: list[Exception] = field(default_factory=list)
    heard: list[Alert] = field(default_factory=list)

    def tell(self, alert: Alert, /) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.heard.append(alert)


@dataclass
class World:
    """One production; `run` is the timer, so many minutes later."""

    parts: dict[str, Any]
    clock: Any
    calls: Counted = field(default_factory=Counted)
    stores: dict[str, str] = field(default_factory=lambda: dict(ALL_OK))
    channels: list[Any] = field(default_factory=lambda: [Chat()])
    reported: list[tuple[str, str]] = field(default_factory=list)
    noted: list[Incident] = field(default_factory=list)

    def run(self, *, after: float = 0) -> dict[str, int]:
        self.clock.pass_(minutes=after)
        return watch(
            Watch(
                stage="production",
                stores=self.stores,
                calls=self.calls,
                channels=self.channels,
                report=lambda name, error: self.reported.append((name, error.code)),
                note=self.noted.append,
                now=self.clock(),
                **self.parts,
            )
        )

    @property
    def heard(self) -> list[str]:
        return [alert.text for alert in self.channels[0].heard]


@pytest.fixture
def world(database: Any, resumes: Any, orders: Any, outbox: Any, clock: Any) -> World:
    ids = count(1)
    parts = {
        "backlog": SqlBacklog(database),
        "incidents": SqlIncidents(database, lambda: f"i_{next(ids)}"),
        "resumes": resumes,
        "orders": orders,
        "outbox": outbox,
        "limits": MemoryLimits(),
    }
    return World(parts, clock)


def test_nobody_is_told_anything_when_all_is_well(world: World):
    world.calls.counts = {"deepseek/chat/2000": 500, "deepseek/chat/!vendor_busy": 10}

    assert world.run()["incidents"] == 0
    assert world.heard == []


def test_an_incident_is_told_once_when_it_lasts(world: World):
    world.calls.counts = FAILING

    for _ in range(5):
        world.run(after=1)

    (text,) = world.heard
    assert text.startswith("【墨简 production】告警：vendor_failing\ndeepseek 的请求失败 50%（上限 20%）")
    assert "docs/runbook.md 的 vendor_failing" in text
    assert [(incident.name, incident.subject) for incident in world.noted] == [("vendor_failing", "deepseek")]


def test_its_end_is_told_once_when_it_stayed_away(world: World):
    world.calls.counts = FAILING
    world.run()
    world.calls.counts = {}

    results = [world.run(after=1) for _ in range(6)]

    assert [text.splitlines()[0] for text in world.heard] == [
        "【墨简 production】告警：vendor_failing",
        "【墨简 production】恢复：vendor_failing",
    ]
    assert "持续 4 分钟" in world.heard[1]
    assert [result["incidents"] for result in results] == [1, 1, 1, 0, 0, 0]


def test_what_comes_and_goes_is_one_incident_when_the_pauses_are_short(world: World):
    for minute in range(8):
        world.calls.counts = FAILING if minute % 2 == 0 else {}
        world.run(after=1)

    assert len(world.heard) == 1


def test_it_is_told_again_when_it_comes_back_later(world: World):
    for counts in (FAILING, {}, FAILING):
        world.calls.counts = counts
        world.run(after=1)
        world.run(after=5)

    assert [text[:20].split("】")[1][:2] for text in world.heard] == ["告警", "恢复", "告警"]


def test_vendors_are_told_apart_when_two_fail(world: World):
    world.calls.counts = {**FAILING, "wechat/login/50": 10, "wechat/login/!vendor_busy": 10}

    world.run()

    assert len(world.heard) == 2
    assert any("wechat 的请求失败 100%" in text for text in world.heard)


def test_few_calls_say_nothing_when_most_of_them_failed(world: World):
    world.calls.counts = {"xpay/query/50": 3, "xpay/query/!vendor_unavailable": 3}

    assert world.run()["incidents"] == 0


@pytest.mark.parametrize(
    ("vendor", "code", "name"),
    [
        ("deepseek", "credential_rejected", "vendor_key_refused"),
        ("deepseek", "vendor_quota_exhausted", "vendor_quota_used_up"),
        ("tencent_sms", "vendor_quota_exhausted", "vendor_quota_used_up"),
    ],
)
def test_one_refused_key_or_empty_account_is_enough_when_it_is_seen(world: World, vendor: str, code: str, name: str):
    world.calls.counts = {f"{vendor}/x/50": 1, f"{vendor}/x/!{code}": 1}

    world.run()

    (alert,) = world.channels[0].heard
    assert name in alert.text
    assert alert.urgent


def test_the_other_channels_are_told_when_one_fails(world: World):
    world.channels = [Chat(), Chat("feishu", errors=[VendorUnavailable()]), Chat("other")]
    world.calls.counts = FAILING

    world.run()
    world.run(after=1)

    assert [len(chat.heard) for chat in world.channels] == [1, 0, 1]
    assert world.reported == [("feishu", "vendor_unavailable")]


def test_it_is_told_a_minute_later_when_every_channel_failed(world: World):
    world.channels = [Chat(errors=[VendorBusy()])]
    world.calls.counts = FAILING

    assert world.run()["told"] == 0
    assert world.run(after=1)["told"] == 1
    assert world.run(after=1)["told"] == 0
    assert len(world.heard) == 1


def test_only_the_end_is_told_when_no_channel_worked_before_it(world: World):
    world.channels = [Chat(errors=[VendorBusy() for _ in range(5)])]
    world.calls.counts = FAILING
    world.run()
    world.calls.counts = {}
    for _ in range(8):
        world.run(after=1)

    (text,) = world.heard
    assert "恢复" in text


def test_an_incident_goes_on_when_nobody_can_see_whether_it_ended(world: World):
    world.calls.counts = FAILING
    world.run()
    world.calls.counts = StoreUnavailable(store="redis")
    world.stores["redis"] = "store_unavailable"

    for _ in range(6):
        world.run(after=1)

    assert [text.splitlines()[0].partition("：")[2] for text in world.heard] == ["vendor_failing", "store_down"]
    assert "redis 无法访问" in world.heard[1]


def test_operators_are_woken_only_when_something_urgent_begins(world: World):
    texts = FakeTexts()
    world.channels.append(SmsAlerts(texts, [parse_phone("13800138000"), parse_phone("13800138001")]))
    world.calls.counts = FAILING
    world.run()
    quiet = list(texts.alerts)
    world.stores["objects"] = "vendor_unavailable"
    world.run(after=1)
    world.stores["objects"] = "ok"
    world.run(after=5)

    assert quiet == []
    assert [str(phone) for phone in texts.alerts] == ["+8613800138000", "+8613800138001"]


def test_a_database_that_is_down_is_told_every_half_hour_when_nothing_can_be_written(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    def down(**_: Any) -> None:
        raise StoreUnavailable(store="sql")

    monkeypatch.setattr(world.parts["resumes"], "stuck", down)
    world.stores["database"] = "store_unavailable"

    for _ in range(3):
        with pytest.raises(StoreUnavailable):
            world.run(after=1)

    assert len(world.heard) == 1
    assert "database 无法访问" in world.heard[0]


def test_what_piles_up_is_counted_and_told_when_it_is_too_much(
    world: World, han: Any, keep: Callable[..., Any], outbox: Any, orders: Any, resumes: Any, database: Any
):
    row = keep()
    resumes.claim_stage(row.id, row.revision, "parse", now=world.clock(), lease_s=1)
    orders.add(an_order(han.id))
    outbox.put(a_message(han.id))

    result = world.run(after=15)

    assert {name: result[name] for name in ("stuck", "open_orders", "waiting_messages")} == {
        "stuck": 1,
        "open_orders": 1,
        "waiting_messages": 1,
    }
    assert [text.splitlines()[0].partition("：")[2] for text in world.heard] == ["queue_old"]


def test_orders_nobody_asks_about_are_told_when_they_are_many(world: World, han: Any, orders: Any, database: Any):
    for number in range(21):
        orders.add(an_order(han.id, number=f"M{number:08}"))
    long_ago = world.clock() - timedelta(minutes=10)
    database.run(lambda connection: connection.execute(update(orders_table).values(next_question_at=long_ago)))

    world.run()

    assert "21 笔订单超过 5 分钟未核对" in world.heard[0]
    assert world.channels[0].heard[0].urgent


def test_nothing_of_a_user_is_told_when_something_is(world: World, han: Any, keep: Callable[..., Any], outbox: Any):
    keep()
    outbox.put(a_message(han.id))
    world.calls.counts = FAILING

    world.run(after=15)

    told = "\n".join(world.heard)
    assert len(world.heard) == 2
    assert han.id not in told
    assert han.openid not in told
    assert a_message(han.id).title not in told
