"""Accounts on their way out, on every engine: begun once, worked on by one at a time, and nothing left but what is owed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from common.domain.orders import OrderNumber
from common.domain.phones import PhoneNumber
from common.domain.pipeline import FIRST_REVISION
from common.domain.users import OpenId, UserId, WeChatIdentity
from common.errors import NotLoggedIn
from common.persistence.belongings import SqlBelongings
from common.persistence.books import SqlBooks
from common.persistence.erasures import SqlErasures
from common.persistence.idempotency import SqlIdempotencyStore
from common.persistence.personal import PERSONAL
from common.persistence.schema import metadata
from common.persistence.tables.chat import chat_turns, conversations
from common.persistence.traces import RedisTraces
from tests.unit.persistence.builders import (
    NOW,
    a_message,
    a_resume,
    an_order,
    evidence,
    open_decryption,
    open_encryption,
)

LEASE_S = 60


class OpenCipher:
    def encrypt(self, text: str, *, context: str) -> bytes:
        return open_encryption(text, context=context)

    def decrypt(self, sealed: bytes, *, context: str) -> str:
        return open_decryption(sealed, context=context)


@pytest.fixture
def erasures(database: Any) -> SqlErasures:
    return SqlErasures(database)


@pytest.fixture
def belongings(database: Any) -> SqlBelongings:
    return SqlBelongings(database, OpenCipher())


@pytest.fixture
def full(alice: UserId, users: Any, credits: Any, resumes: Any, outbox: Any, orders: Any, database: Any) -> UserId:
    """Alice has a row in every table that a user can have one in, but no payment."""
    users.set_nickname(alice, "小雯")
    users.set_phone(alice, PhoneNumber("86", "13812345678"), now=NOW)
    users.set_avatar(alice, f"avatars/{alice}/a.jpg")
    credits.grant_welcome(alice, 5, now=NOW)
    resumes.add(a_resume(alice))
    resumes.claim_stage("s_1", FIRST_REVISION, "parse", now=NOW, lease_s=9)
    credits.place_hold(alice, "s_1/r1", 3, now=NOW, expires_at=NOW + timedelta(days=1))
    outbox.put(a_message(alice))
    orders.add(an_order(alice))
    orders.note(OrderNumber("o1"), "question", "open", now=NOW)
    SqlIdempotencyStore(database).begin("k", fingerprint="f", now=NOW, lease_s=9, owner=alice)
    _talk(database, alice)
    return alice


def _talk(database: Any, user_id: UserId) -> None:
    sealed = {name: open_encryption(name, context=f"chat_turns.{name}:t_1") for name in ("message", "answer")}
    with database.transaction() as connection:
        connection.execute(
            insert(conversations).values(
                id="c_1",
                user_id=user_id,
                summary=open_encryption("summary", context="conversations.summary:c_1"),
                summarised=0,
                created_at=NOW,
            )
        )
        own = {"id": "t_1", "conversation_id": "c_1", "number": 1, "state": "running", "attempt": 1, "credits": 0}
        connection.execute(insert(chat_turns).values(**own, **sealed, created_at=NOW, lease_until=NOW))


@pytest.fixture
def rows(database: Any) -> Callable[[], dict[str, int]]:
    def count() -> dict[str, int]:
        with database.transaction(write=False) as connection:
            found = {table.name: len(connection.execute(select(table)).all()) for table in metadata.sorted_tables}
        return {name: number for name, number in found.items() if number}

    return count


def test_export_holds_every_section_opened_when_somebody_asks(full, belongings):
    told = belongings.of(full)

    assert set(told) == {personal.section for personal in PERSONAL if personal.section}
    assert told["contacts"][0]["phone"] == "+8613812345678"
    assert "session_key" not in told["account"][0]
    assert [(turn["message"], turn["answer"]) for turn in told["turns"]] == [("message", "answer")]
    assert [len(told[section]) for section in ("resumes", "stages", "messages", "orders", "order_events")] == [1] * 5


def test_export_holds_nothing_of_others_when_somebody_asks(full, belongings, users):
    bob, _ = users.find_or_create(WeChatIdentity(OpenId("oBob"), "key"), now=NOW)

    told = belongings.of(bob.id)

    assert {section for section, found in told.items() if found} == {"account", "balance"}


def test_nothing_is_left_but_the_digest_when_nobody_paid(full, erasures, orders, rows):
    before = set(rows())
    erasures.begin(full, now=NOW, lease_s=LEASE_S)
    erasures.erase_rows(full, now=NOW)

    waiting = erasures.finish(full)
    orders.close(OrderNumber("o1"), now=NOW, ask_at=None)
    gone = erasures.finish(full)

    assert len(before) >= 12
    assert (waiting, gone) == (False, True)
    assert rows() == {"past_welcomes": 1}


def test_paid_orders_stay_without_an_openid_when_somebody_paid(full, erasures, orders, credits, rows, database):
    orders.settle(evidence(), source="notification", now=NOW, ask_at=None)
    orders.add(an_order(full, "o2"))
    orders.close(OrderNumber("o2"), now=NOW, ask_at=None)
    erasures.begin(full, now=NOW, lease_s=LEASE_S)
    erasures.erase_rows(full, now=NOW)

    gone = erasures.finish(full)

    kept = {"users": 1, "credit_accounts": 1, "credit_ledger": 2, "orders": 1, "order_events": 2, "past_welcomes": 1}
    assert gone
    assert rows() == kept
    assert orders.find(OrderNumber("o1")).openid == f"erased/{full}"
    assert credits.balance(full).ledger == 15
    assert SqlBooks(database).discrepancies() == []


def test_account_is_nobodys_when_leaving_has_begun(full, erasures, users):
    begun = [erasures.begin(full, now=NOW, lease_s=LEASE_S) for _ in range(2)]

    assert begun == [True, False]
    assert (users.find(full), users.is_there(full), users.session_key(full)) == (None, False, None)
    with pytest.raises(NotLoggedIn):
        users.set_avatar(full, "avatars/x.jpg")
    with pytest.raises(NotLoggedIn):
        users.set_phone(full, PhoneNumber("86", "13900000000"), now=NOW)
    users.set_nickname(full, "回来")
    assert users.find(full) is None


def test_strangers_cannot_leave(erasures):
    assert erasures.begin(UserId("u_nobody"), now=NOW, lease_s=LEASE_S) is False


def test_work_is_claimed_by_one_when_many_look_for_it(full, erasures, at_once):
    erasures.begin(full, now=NOW, lease_s=LEASE_S)
    later = NOW + timedelta(seconds=LEASE_S)

    found = at_once(lambda database: SqlErasures(database).claim(now=later, lease_s=LEASE_S, limit=9), times=6)

    assert sorted(len(claimed) for claimed in found if isinstance(claimed, list)) == [0, 0, 0, 0, 0, 1]


def test_work_is_left_alone_while_its_lease_runs_and_until_it_is_due(full, erasures):
    erasures.begin(full, now=NOW, lease_s=LEASE_S)
    leased = erasures.claim(now=NOW + timedelta(seconds=59), lease_s=LEASE_S, limit=9)
    erasures.postpone(full, until=NOW + timedelta(hours=1), error_code="x")

    early = erasures.claim(now=NOW + timedelta(minutes=59), lease_s=LEASE_S, limit=9)
    (due,) = erasures.claim(now=NOW + timedelta(hours=1), lease_s=LEASE_S, limit=9)

    assert (leased, early) == ([], [])
    assert (due.user_id, due.asked_at) == (full, NOW)


def test_one_leaves_when_many_ask_at_once(full, erasures, at_once):
    begun = at_once(lambda database: SqlErasures(database).begin(full, now=NOW, lease_s=LEASE_S), times=6)

    assert sorted(map(bool, begun)) == [False] * 5 + [True]


def test_redis_forgets_a_user_and_nobody_else(redis):
    with redis.client() as client:
        for name in ("limit:upload:u_a", "limit:requests:user:u_a", "limit:upload:u_b", "chat:t_b:1"):
            client.set(redis.key(*name.split(":")), 1)
        for attempt in ("1", "2"):
            client.rpush(redis.key("chat", "t_a", attempt), "piece")
        client.hset(redis.key("turns", "model", "owners"), mapping={"x": "u_a", "y": "u_b"})

    for _ in range(2):
        RedisTraces(redis).erase("u_a", ["t_a"])

    with redis.client() as client:
        names = {key.removeprefix(redis.key("")) for key in client.scan_iter(match=redis.key("*"))}
        owners = client.hgetall(redis.key("turns", "model", "owners"))
    assert names == {"limit:upload:u_b", "chat:t_b:1", "turns:model:owners"}
    assert owners == {"y": "u_b"}
