"""Erasing an account: killed before and after every step, gone on with by the timer, and then nothing is left anywhere."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from common.domain.leaving import PERSONAL_PREFIXES
from common.domain.orders import PRODUCTS, Order, OrderNumber
from common.domain.phones import PhoneNumber
from common.domain.users import OpenId, WeChatIdentity
from common.errors import StoreUnavailable, VendorUnavailable
from common.persistence.books import SqlBooks
from common.persistence.schema import metadata
from common.persistence.tables.chat import chat_turns, conversations
from common.persistence.tables.messages import outbox
from common.services.leaving import LeavingDesk, go_on_leaving, leave
from tests.builders import NOW, evidence_for
from tests.doubles import MemoryObjects

#: Calls on the stores of the first and the last round of somebody with an object under every prefix.
STEPS = 31
KEPT_TABLES = {
    "users",
    "credit_accounts",
    "credit_ledger",
    "credit_holds",
    "orders",
    "order_events",
    "past_welcomes",
}


class Killed(BaseException):
    """The platform ends the process: nothing catches it."""


class KilledAt:
    """Stands before a store: call number `kill_at` of all of them is never made."""

    def __init__(self, store: Any, count: list[int], kill_at: int) -> None:
        self._store, self._count, self._kill_at = store, count, kill_at

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._store, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            self._count[0] += 1
            if self._count[0] == self._kill_at:
                raise Killed
            return method(*args, **kwargs)

        return call


@pytest.fixture
def life(
    han: Any, keep: Any, users: Any, credits: Any, database: Any, answers: Any, objects: MemoryObjects, traces: Any
) -> Any:
    """Everything that Han Meimei can leave behind, except money she paid."""
    users.set_nickname(han.id, "韩梅梅")
    users.set_avatar(han.id, f"avatars/{han.id}/a1.jpg")
    users.set_phone(han.id, PhoneNumber("86", "13812345678"), now=NOW)
    row = keep()
    answers.begin("k", fingerprint="f", now=NOW, lease_s=9, owner=han.id)
    with database.transaction() as connection:
        connection.execute(insert(conversations).values(_conversation(han.id, row.id)))
        connection.execute(insert(chat_turns).values(_turn()))
        connection.execute(insert(outbox).values(_message(han, row.id)))
    for prefix in PERSONAL_PREFIXES:
        objects.kept[f"{prefix}/{han.id}/{row.id}/r1.json"] = b"{}"
    objects.kept["parsed/u_other/s_other/r1.json"] = b"{}"
    traces.keys |= {f"limit:upload:{han.id}", "chat:t_1:1", "limit:upload:u_other"}
    return han


def _conversation(user_id: str, resume_id: str) -> dict[str, Any]:
    own = {"id": "c_1", "user_id": user_id, "resume_id": resume_id}
    return {**own, "summary": b"s", "summarised": 0, "created_at": NOW}


def _turn() -> dict[str, Any]:
    own = {"id": "t_1", "conversation_id": "c_1", "number": 1, "message": b"m", "answer": b"a", "state": "running"}
    return {**own, "attempt": 1, "credits": 0, "created_at": NOW, "lease_until": NOW}


def _message(user: Any, resume_id: str) -> dict[str, Any]:
    own = {"id": "m_1", "key": "ready", "user_id": user.id, "openid": user.openid, "resume_id": resume_id}
    return {
        **own,
        "title": "韩梅梅的简历",
        "created_at": NOW,
        "due_at": NOW,
        "state": "waiting",
        "attempts": 0,
        "kind": "ready",
        "channel": "subscription",
    }


@pytest.fixture
def buy(han: Any, orders: Any, refunds: Any, clock: Any) -> Callable[..., Order]:
    def call(number: str = "M1", *, paid: bool = True) -> Order:
        order = Order.of(
            PRODUCTS[0], han, number=OrderNumber(number), provider="v3", now=clock(), lifetime=timedelta(hours=2)
        )
        orders.add(order)
        if paid:
            evidence = evidence_for(order, transaction_id=f"T{number}")
            orders.settle(evidence, source="notification", now=clock(), ask_at=None)
        return order

    return call


@pytest.fixture
def left(database: Any, objects: Any, traces: Any) -> Callable[[Any], dict[str, list[str]]]:
    """Where in every store the person, their account or anything of theirs still stands."""

    def find(person: Any, also: tuple[str, ...] = ()) -> dict[str, list[str]]:
        needles = (person.id, person.openid, "韩梅梅", "13812345678", "session-key", "t_1", *also)
        found: dict[str, list[str]] = {}
        with database.transaction(write=False) as connection:
            for table in metadata.sorted_tables:
                rows = [str(dict(row)) for row in connection.execute(select(table)).mappings()]
                found[table.name] = [row for row in rows if any(needle in row for needle in needles)]
        found["objects"] = [key for key in objects.kept if person.id in key]
        found["redis"] = [key for key in traces.keys if person.id in key or "t_1" in key]
        return {place: what for place, what in found.items() if what}

    return find


def _until_done(desk: LeavingDesk, clock: Any, *, rounds: int = 6) -> None:
    for _ in range(rounds):
        clock.pass_(minutes=10)
        go_on_leaving(desk)


def test_person_is_gone_from_every_store_when_they_leave(life, leaving, left):
    before = left(life)

    leave(life.id, desk=leaving)

    after = left(life)
    assert len(before) >= 10
    assert set(after) == {"users", "erasures", "credit_accounts", "credit_ledger", "credit_holds"}
    assert after["users"] == [row for row in after["users"] if "erased/" in row and "韩梅梅" not in row]
    assert life.openid not in str(after)


def test_nothing_at_all_is_left_when_they_never_paid_and_the_last_round_is_over(
    life, leaving, left, clock, objects, traces, database
):
    leave(life.id, desk=leaving)
    clock.pass_(minutes=31)

    gone = go_on_leaving(leaving)

    assert gone == 1
    assert left(life) == {}
    assert list(objects.kept) == ["parsed/u_other/s_other/r1.json"]
    assert traces.keys == {"limit:upload:u_other"}
    assert SqlBooks(database).discrepancies() == []
    assert go_on_leaving(leaving) == 0


@pytest.mark.parametrize("kill_at", range(1, STEPS + 1))
def test_nothing_is_left_when_the_worker_was_killed_before_any_step(life, leaving, left, clock, database, kill_at):
    count = [0]

    with pytest.raises(Killed):
        _leave_and_go_on(life, _counted(leaving, count, kill_at), clock)
    clock.pass_(minutes=3)
    leave(life.id, desk=leaving)
    _until_done(leaving, clock)

    assert count == [kill_at]
    assert left(life) == {}
    assert SqlBooks(database).discrepancies() == []


def test_steps_are_all_there_are(life, leaving, clock):
    count = [0]

    _leave_and_go_on(life, _counted(leaving, count, 0), clock)

    assert count == [STEPS]


def _counted(desk: LeavingDesk, count: list[int], kill_at: int) -> LeavingDesk:
    stores = (KilledAt(store, count, kill_at) for store in (desk.erasures, desk.traces, desk.objects))
    return LeavingDesk(*stores, desk.report, desk.now)


def _leave_and_go_on(life: Any, desk: LeavingDesk, clock: Any) -> None:
    leave(life.id, desk=desk)
    clock.pass_(minutes=31)
    go_on_leaving(desk)


@pytest.mark.parametrize("store", ["traces", "objects"])
def test_account_is_gone_at_once_and_the_rest_later_when_a_store_is_down(
    life, users, leaving, left, clock, reports, store
):
    if store == "traces":
        leaving.traces.fail["erase"] = [StoreUnavailable(store="redis")] * 2
    else:
        leaving.objects.fail["delete"] = [VendorUnavailable()] * 2

    leave(life.id, desk=leaving)
    gone_at_once = users.find(life.id), users.is_there(life.id), users.session_key(life.id)
    _until_done(leaving, clock)

    assert gone_at_once == (None, False, None)
    assert len(reports.codes) == 2
    assert left(life) == {}


def test_what_was_under_way_is_erased_too_when_it_ends_after_the_first_round(life, leaving, left, clock, keep, objects):
    leave(life.id, desk=leaving)
    objects.kept[f"uploads/{life.id}/s_late/source.pdf"] = b"%PDF"
    assert "objects" in left(life)

    _until_done(leaving, clock)

    assert left(life) == {}


def test_same_person_is_somebody_new_and_not_welcomed_again_when_they_come_back(life, leaving, users, credits, clock):
    leave(life.id, desk=leaving)

    again, is_new = users.find_or_create(WeChatIdentity(OpenId("oHan"), "key"), now=clock())
    welcomed = credits.grant_welcome(again.id, 5, now=clock())

    assert is_new
    assert again.id != life.id
    assert (again.nickname, again.avatar_key, again.phone) == (None, None, None)
    assert not welcomed
    assert credits.balance(again.id).available == 0


def test_same_person_can_leave_again_and_is_still_not_welcomed_when_they_come_back_twice(
    life, leaving, users, credits, clock
):
    for _ in range(2):
        leave(users.find_or_create(WeChatIdentity(OpenId("oHan"), "key"), now=clock())[0].id, desk=leaving)
        _until_done(leaving, clock)

    again, _ = users.find_or_create(WeChatIdentity(OpenId("oHan"), "key"), now=clock())

    assert not credits.grant_welcome(again.id, 5, now=clock())


def test_orders_stay_without_a_name_when_something_was_paid(life, buy, orders, leaving, left, clock, database):
    buy()
    _until_unasked(orders)
    leave(life.id, desk=leaving)

    _until_done(leaving, clock)

    kept = left(life)
    order = orders.find(OrderNumber("M1"))
    assert set(kept) <= KEPT_TABLES
    assert life.openid not in str(kept)
    assert (order.openid, order.prepay_id, order.transaction_id) == (f"erased/{life.id}", None, "TM1")
    assert (order.amount_fen, order.credits, order.state) == (990, 10, "granted")
    assert SqlBooks(database).discrepancies() == []
    assert SqlBooks(database).totals().agree


def _until_unasked(orders: Any) -> None:
    for order in orders.due(now=NOW + timedelta(days=9), limit=9):
        orders.asked(order, next_at=None)


def test_order_can_still_be_paid_when_it_was_open_as_they_left(life, buy, orders, leaving, clock, left):
    order = buy(paid=False)
    leave(life.id, desk=leaving)
    _until_done(leaving, clock)
    waiting = orders.find(order.number)

    evidence = evidence_for(order, transaction_id="TLATE")
    settled = orders.settle(evidence, source="notification", now=clock(), ask_at=None)
    _until_done(leaving, clock)

    assert waiting.openid == life.openid
    assert settled == "granted"
    assert orders.find(order.number).openid == f"erased/{life.id}"
    assert set(left(life)) <= KEPT_TABLES


def test_order_that_nobody_paid_goes_when_it_is_closed_for_good(life, buy, orders, leaving, clock, left):
    order = buy(paid=False)
    leave(life.id, desk=leaving)
    _until_done(leaving, clock)

    orders.close(order.number, now=clock(), ask_at=None)
    _until_done(leaving, clock)

    assert left(life, also=(order.number,)) == {}


def test_others_keep_everything_when_somebody_leaves(life, li, leaving, users, database, clock):
    leave(life.id, desk=leaving)
    _until_done(leaving, clock)

    assert users.find(li.id) == li
    with database.transaction(write=False) as connection:
        assert connection.scalars(select(metadata.tables["users"].c.id)).all() == [li.id]


def test_leaving_twice_is_leaving_once(life, leaving, clock, left):
    leave(life.id, desk=leaving)

    leave(life.id, desk=leaving)

    _until_done(leaving, clock)
    assert left(life) == {}
