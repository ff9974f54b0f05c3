"""What is killed half way, who carries on afterwards, and what has to be true in the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from common.services.reconciling import reconcile
from common.services.refunding import refund_order
from scripts.benchmarks.money.crash_world import World

HOLD = "s_1/r1"


@dataclass(frozen=True)
class Ending:
    """Somebody repeats what was cut off, or nobody does and only the timers run."""

    name: str
    finish: Callable[[World], None]
    check: Callable[[World], list[str]]


@dataclass(frozen=True)
class Operation:
    name: str
    prepare: Callable[[World], object]
    act: Callable[[World], object]
    endings: tuple[Ending, ...]


def _nothing(_world: World) -> None:
    """The buyer is there, and nothing else is needed."""


def _only_timers(world: World) -> None:
    world.let_time_pass()


def _order_and_pay(world: World) -> None:
    world.buy()
    world.pay()


def _grant(world: World) -> None:
    _order_and_pay(world)
    world.notify()


def _welcome(world: World) -> None:
    with world.app() as app:
        app.credits.grant_welcome(world.buyer.id, 10, now=app.now())


def _hold(world: World) -> None:
    with world.app() as app:
        expires_at = app.now() + timedelta(hours=24)
        app.credits.place_hold(world.buyer.id, HOLD, 4, now=app.now(), expires_at=expires_at)


def _welcome_and_hold(world: World) -> None:
    _welcome(world)
    _hold(world)


def _capture(world: World) -> None:
    with world.app() as app:
        app.credits.capture_hold(HOLD, now=app.now())


def _release(world: World) -> None:
    with world.app() as app:
        app.credits.release_hold(HOLD, now=app.now())


def _reconcile(world: World) -> None:
    with world.app() as app:
        reconcile(app.till)


def _reconcile_after_expiry(world: World) -> None:
    world.shift(minutes=31)
    _reconcile(world)


def _refund(world: World) -> None:
    with world.app() as app:
        (order,) = app.orders.list_of(world.buyer.id, limit=10)
        refund_order(order.number, reason="trial", force=False, till=app.till)


def _buy_again_and_pay(world: World) -> None:
    """The phone repeats its request when the lease of the first one is over, and the payer pays."""
    world.shift(minutes=1)
    world.buy()
    world.pay()
    world.let_time_pass()


def _hold_again_and_capture(world: World) -> None:
    _hold(world)
    _capture(world)
    world.let_time_pass()


def _refund_agrees(world: World) -> list[str]:
    """Either nothing had been asked for when the process died, or all of it was done: here and at WeChat Pay."""
    (order,) = world.orders()
    made = len(world.at_wechat()["refunds"])
    expected = (0, 1) if order.state == "refunded" else (10, 0)
    problems = world.problems(balance=expected[0], state="refunded" if expected[1] else "granted")
    return problems + ([f"{made} refunds at WeChat Pay, not {expected[1]}"] if made != expected[1] else [])


def _one_of(*balances: int) -> Callable[[World], list[str]]:
    """What was cut off either happened or did not; the books say the same."""

    def check(world: World) -> list[str]:
        with world.app() as app:
            ledger = app.credits.balance(world.buyer.id).ledger
        return world.problems() + ([] if ledger in balances else [f"balance is {ledger}, none of {balances}"])

    return check


def _ends(balance: int, state: str | None = None) -> Callable[[World], list[str]]:
    return lambda world: world.problems(balance=balance, state=state)


def _then(act: Callable[[World], object]) -> Callable[[World], None]:
    def finish(world: World) -> None:
        act(world)
        world.let_time_pass()

    return finish


def _nobody_pays(world: World) -> list[str]:
    """At most one order, which was closed."""
    return world.problems(balance=0) + ([] if len(world.orders()) <= 1 else ["more than one order"])


OPERATIONS = (
    Operation(
        "prepay",
        _nothing,
        World.buy,
        (
            Ending("the phone asks again", _buy_again_and_pay, _ends(10, "granted")),
            Ending("the phone is gone", _only_timers, _nobody_pays),
        ),
    ),
    Operation(
        "settle",
        _order_and_pay,
        World.notify,
        (
            Ending("the vendor tells again", _then(World.notify), _ends(10, "granted")),
            Ending("the vendor never tells again", _only_timers, _ends(10, "granted")),
        ),
    ),
    Operation(
        "reconcile a payment", _order_and_pay, _reconcile, (Ending("timers", _only_timers, _ends(10, "granted")),)
    ),
    Operation(
        "reconcile an expired order",
        World.buy,
        _reconcile_after_expiry,
        (Ending("timers", _only_timers, _ends(0, "closed")),),
    ),
    Operation(
        "hold",
        _welcome,
        _hold,
        (
            Ending("the work is done again", _hold_again_and_capture, _ends(6)),
            Ending("the work is given up", _only_timers, _ends(10)),
        ),
    ),
    Operation(
        "capture",
        _welcome_and_hold,
        _capture,
        (
            Ending("captured again", _then(_capture), _ends(6)),
            Ending("nobody comes back", _only_timers, _one_of(6, 10)),
        ),
    ),
    Operation("release", _welcome_and_hold, _release, (Ending("released again", _then(_release), _ends(10)),)),
    Operation(
        "refund",
        _grant,
        _refund,
        (
            Ending("the operator asks again", _then(_refund), _refund_agrees),
            Ending("the operator is gone", _only_timers, _refund_agrees),
        ),
    ),
)
