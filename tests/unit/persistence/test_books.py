"""The books check: quiet while everything adds up, and it names the row whichever one is broken."""

import pytest
from sqlalchemy import insert, update

from common.domain.books import Discrepancy
from common.domain.orders import OrderNumber
from common.domain.refunds import RefundNumber, RefundRequest
from common.persistence.books import SqlBooks
from common.persistence.orders import SqlOrderStore
from common.persistence.refunds import SqlRefundStore
from common.persistence.tables.accounts import users
from common.persistence.tables.credits import credit_accounts, credit_holds, credit_ledger
from common.persistence.tables.orders import order_events, orders, refunds
from tests.unit.persistence.builders import LATER, NOW, an_order, evidence

TABLES = {
    "accounts": credit_accounts,
    "holds": credit_holds,
    "ledger": credit_ledger,
    "orders": orders,
    "refunds": refunds,
}


@pytest.fixture
def books(database):
    return SqlBooks(database)


def buy(store, user_id, number):
    store.add(an_order(user_id, number))
    store.settle(evidence(number, f"wx-{number}"), source="notification", now=NOW, ask_at=None)


def refund(store, number, order_number, *, force=False):
    return store.open(RefundRequest(RefundNumber(number), OrderNumber(order_number), "test", force=force), now=NOW)


@pytest.fixture
def busy(database, credits, alice):
    """A user with one of everything: o1 granted, o2 refunded, o3 with a refund under way, o4 with one that failed."""
    order_store, refund_store = SqlOrderStore(database), SqlRefundStore(database)
    credits.grant_welcome(alice, 5, now=NOW)
    for number in ("o1", "o2", "o3", "o4"):
        buy(order_store, alice, number)
    order_store.add(an_order(alice, "o5"))
    order_store.add(an_order(alice, "o6"))
    order_store.settle_refunded(evidence("o6", "wx-o6"), source="question", now=NOW)
    refund_store.done(refund(refund_store, "r2", "o2"), source="question", now=NOW)
    refund(refund_store, "r3", "o3")
    refund_store.failed(refund(refund_store, "r4", "o4"), source="question", now=NOW)
    for key, end in (("s_1/r1", credits.capture_hold), ("s_2/r1", credits.release_hold), ("s_3/r1", None)):
        credits.place_hold(alice, key, 2, now=NOW, expires_at=LATER)
        if end:
            end(key, now=NOW)
    return alice


def test_books_agree_when_everything_was_done_by_the_stores(books, busy):
    totals = books.totals()

    assert books.discrepancies() == []
    assert totals.agree
    assert (totals.balances, totals.welcome, totals.orders, totals.captured, totals.refunds) == (23, 5, 40, 2, 20)


def test_books_agree_when_there_is_nothing(books):
    assert books.discrepancies() == []
    assert books.totals().agree


BROKEN = [
    ("accounts", {"ledger": 24}, {}, "balance is not the sum of the user's ledger", "user"),
    ("accounts", {"held": 3}, {}, "held credits are not the sum of the user's live holds", "user"),
    ("ledger", {"amount": -3}, {"entry_key": "hold/s_1/r1"}, "capture in the ledger has no hold", "hold/s_1/r1"),
    ("ledger", {"amount": -3}, {"entry_key": "hold/s_1/r1"}, "hold has no capture in the ledger", "s_1/r1"),
    (
        "ledger",
        {"entry_key": "hold/s_9/r1"},
        {"entry_key": "hold/s_1/r1"},
        "hold has no capture in the ledger",
        "s_1/r1",
    ),
    ("ledger", {"amount": 11}, {"entry_key": "order/o1"}, "purchase in the ledger has no order", "order/o1"),
    ("ledger", {"amount": 11}, {"entry_key": "order/o1"}, "order has no purchase in the ledger", "o1"),
    ("ledger", {"reason": "welcome"}, {"entry_key": "order/o1"}, "order has no purchase in the ledger", "o1"),
    ("ledger", {"reason": "welcome"}, {"entry_key": "order/o1"}, "user was welcomed more than once", "user"),
    ("ledger", {"amount": -9}, {"entry_key": "refund/r2"}, "refund has no refund in the ledger", "r2"),
    ("ledger", {"amount": -9}, {"entry_key": "refund/r2"}, "refund in the ledger has no refund", "refund/r2"),
    (
        "ledger",
        {"amount": 9},
        {"entry_key": "refund_failed/r4"},
        "refund_failed has no refund_failed in the ledger",
        "r4",
    ),
    (
        "ledger",
        {"amount": 9},
        {"entry_key": "refund_failed/r4"},
        "refund_failed in the ledger has no refund_failed",
        "refund_failed/r4",
    ),
    ("holds", {"state": "released"}, {"key": "s_1/r1"}, "capture in the ledger has no hold", "hold/s_1/r1"),
    ("holds", {"state": "captured"}, {"key": "s_2/r1"}, "hold has no capture in the ledger", "s_2/r1"),
    (
        "holds",
        {"state": "released"},
        {"key": "s_3/r1"},
        "held credits are not the sum of the user's live holds",
        "user",
    ),
    ("holds", {"amount": 9}, {"key": "s_3/r1"}, "held credits are not the sum of the user's live holds", "user"),
    ("orders", {"state": "closed"}, {"number": "o1"}, "purchase in the ledger has no order", "order/o1"),
    (
        "orders",
        {"state": "granted", "transaction_id": "wx-o5", "paid_at": NOW},
        {"number": "o5"},
        "order has no purchase in the ledger",
        "o5",
    ),
    ("orders", {"credits": 99}, {"number": "o1"}, "order has no purchase in the ledger", "o1"),
    ("orders", {"credits": 9}, {"number": "o2"}, "refund takes more credits than its order gave", "r2"),
    ("orders", {"state": "refunded"}, {"number": "o1"}, "purchase in the ledger has no order", "order/o1"),
    ("orders", {"state": "granted"}, {"number": "o2"}, "refund is done and its order is not refunded", "r2"),
    ("orders", {"state": "refunded"}, {"number": "o3"}, "refund is under way and its order not granted", "r3"),
    ("refunds", {"amount_fen": 1}, {"number": "r2"}, "refund is of another amount than its order", "r2"),
    ("refunds", {"credits": 0}, {"number": "r2"}, "refund in the ledger has no refund", "refund/r2"),
    (
        "refunds",
        {"state": "failed", "live_order": None},
        {"number": "r2"},
        "refund_failed has no refund_failed in the ledger",
        "r2",
    ),
]


@pytest.mark.parametrize(("table", "change", "where", "rule", "row"), BROKEN)
def test_books_name_the_row_when_it_is_broken(database, books, busy, table, change, where, rule, row):
    broken = TABLES[table]
    with database.transaction() as connection:
        matching = [broken.c[name] == value for name, value in where.items()]
        assert connection.execute(update(broken).where(*matching).values(**change)).rowcount == 1

    found = books.discrepancies()

    assert Discrepancy(rule, busy if row == "user" else row) in found


@pytest.mark.parametrize(
    ("table", "column", "value", "rule"),
    [
        ("ledger", "entry_key", "hold/s_1/r1", "hold has no capture in the ledger"),
        ("ledger", "entry_key", "order/o1", "order has no purchase in the ledger"),
        ("ledger", "entry_key", "refund/r2", "refund has no refund in the ledger"),
        ("ledger", "entry_key", "refund_failed/r4", "refund_failed has no refund_failed in the ledger"),
        ("ledger", "reason", "welcome", "balance is not the sum of the user's ledger"),
        ("holds", "key", "s_1/r1", "capture in the ledger has no hold"),
        ("holds", "key", "s_3/r1", "held credits are not the sum of the user's live holds"),
        ("refunds", "number", "r2", "refund in the ledger has no refund"),
        ("refunds", "number", "r4", "refund_failed in the ledger has no refund_failed"),
        ("accounts", "held", 2, "user has no credit account"),
    ],
)
def test_books_miss_the_row_when_it_is_deleted(database, books, busy, table, column, value, rule):
    gone = TABLES[table]
    with database.transaction() as connection:
        connection.execute(gone.delete().where(gone.c[column] == value))

    assert rule in {discrepancy.rule for discrepancy in books.discrepancies()}


def test_books_miss_the_order_when_it_is_deleted_with_its_history(database, books, busy):
    with database.transaction() as connection:
        connection.execute(order_events.delete())
        connection.execute(orders.delete().where(orders.c.number == "o1"))

    assert Discrepancy("purchase in the ledger has no order", "order/o1") in books.discrepancies()


def test_totals_disagree_when_a_row_was_lost(database, books, busy):
    with database.transaction() as connection:
        connection.execute(credit_ledger.delete().where(credit_ledger.c.entry_key == "order/o1"))

    assert not books.totals().agree


def test_books_see_one_moment_when_others_write_meanwhile(database, books, busy, at_once):
    """Every reading is of a snapshot: purchases that commit between two of its queries are no contradiction."""
    turns = iter(range(12))

    def buy_or_check(own):
        turn = next(turns)
        if turn % 2:
            return len(SqlBooks(own).discrepancies())
        for number in range(8):
            buy(SqlOrderStore(own), busy, f"n{turn}-{number}")
        return 0

    assert at_once(buy_or_check, times=12) == [0] * 12


def test_books_name_only_so_many_rows_when_all_are_broken(database, books):
    with database.transaction() as connection:
        for number in range(120):
            connection.execute(insert_user(number))

    assert len(books.discrepancies()) == 100


def insert_user(number):
    return insert(users).values(id=f"u_{number}", openid=f"o{number}", created_at=NOW, seen_at=NOW)
