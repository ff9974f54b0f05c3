"""What goes wrong, one after another: each store away and silent, each vendor slow, down and lying."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scripts.benchmarks.chaos.proxy import Proxy
from scripts.local_cloud.fakes import Fakes
from scripts.local_cloud.fakes.kit import Fake
from scripts.local_cloud.fakes.kit_faults import Fault

ALWAYS = 1_000_000
REDIS_S, DATABASE_S, VENDOR_S = 5.0, 10.0, 10.0
LIE = "曾任星辰集团首席架构师，管理 500 人团队"

Act = Callable[[], None]


@dataclass(frozen=True)
class Trouble:
    """`lie` must be in no result. `met` says how often it struck, where that can be told: one that nobody met shows nothing."""

    name: str
    lasts_s: float
    begin: Act
    end: Act
    lie: str | None = None
    met: Callable[[], int] | None = None


NOTHING = Trouble("nothing", 5.0, lambda: None, lambda: None)


def troubles(redis: Proxy, database: Proxy, fakes: Fakes) -> Iterator[Trouble]:
    yield NOTHING
    yield Trouble("Redis down", REDIS_S, redis.cut, redis.restore)
    yield Trouble("Redis silent", REDIS_S, redis.mute, redis.restore)
    yield Trouble("database down", DATABASE_S, database.cut, database.restore)
    yield Trouble("database silent", DATABASE_S, database.mute, database.restore)
    for name, fake in _vendors(fakes):
        yield _of(f"{name} slow", fake, Fault("*", "slow", ALWAYS, seconds=4.0))
        yield _of(f"{name} down", fake, Fault("*", "status", ALWAYS, status=503))
        yield _of(f"{name} hangs up", fake, Fault("*", "drop", ALWAYS, when="after"))
        yield _of(f"{name} talks nonsense", fake, Fault("*", "malformed", ALWAYS))
    yield _lying(fakes)


def _vendors(fakes: Fakes) -> Iterator[tuple[str, Fake]]:
    yield "model", fakes.deepseek
    yield "bucket", fakes.cos
    yield "WeChat", fakes.wechat
    yield "WeChat Pay", fakes.wechat_pay
    yield "SMS", fakes.tencent_cloud


def _of(name: str, fake: Fake, fault: Fault) -> Trouble:
    return Trouble(name, VENDOR_S, lambda: fake.faults.plan(fault), fake.faults.clear, met=lambda: ALWAYS - fault.times)


def _lying(fakes: Fakes) -> Trouble:
    """Fluent, well-formed, and untrue."""

    def says(text: str) -> Act:
        return lambda: fakes.deepseek.say(text)

    return Trouble("model lies", VENDOR_S, says(LIE), says(""), LIE)
