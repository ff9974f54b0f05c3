"""Credits: gifts once, holds that end once, balances that are never negative."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from common.domain.credits import Balance
from common.domain.users import UserId, WeChatIdentity
from common.errors import Conflict, CreditsExhausted, NotFound
from common.persistence.credits import SqlCreditStore
from common.persistence.tables.accounts import users as user_rows
from common.persistence.tables.credits import credit_ledger
from tests.unit.persistence.builders import LATER, NOW

TOMORROW = NOW + timedelta(days=1)


def hold(store, user_id, key="s_1/r1", amount=3, expires_at=TOMORROW):
    return store.place_hold(user_id, key, amount, now=NOW, expires_at=expires_at)


def ledger_sum(database):
    with database.transaction(write=False) as connection:
        return connection.scalar(select(func.coalesce(func.sum(credit_ledger.c.amount), 0)))


def test_balance_is_empty_when_the_user_is_new_or_unknown(credits, alice):
    assert credits.balance(alice) == Balance(0, 0)
    assert credits.balance(UserId("u_nobody")) == Balance(0, 0)


def test_welcome_is_granted_once_when_asked_twice(credits, alice):
    assert credits.grant_welcome(alice, 5, now=NOW) is True

    assert credits.grant_welcome(alice, 5, now=LATER) is False

    assert credits.balance(alice) == Balance(5, 0)


def test_welcome_is_granted_once_when_asked_many_times_at_once(at_once, credits, alice):
    outcomes = at_once(lambda own: SqlCreditStore(own).grant_welcome(alice, 5, now=NOW))

    assert sorted(outcomes) == [False] * 19 + [True]
    assert credits.balance(alice) == Balance(5, 0)


def test_welcome_is_granted_once_when_the_account_was_erased_and_made_anew(credits, users, alice, database):
    """The row stays for the books, without whose it was; the same person comes back under a new one."""
    credits.grant_welcome(alice, 5, now=NOW)
    with database.transaction() as connection:
        connection.execute(update(user_rows).where(user_rows.c.id == alice).values(openid="erased"))
    again, is_new = users.find_or_create(WeChatIdentity("oAlice", "k"), now=LATER)

    granted = credits.grant_welcome(again.id, 5, now=LATER)

    assert (is_new, granted) == (True, False)
    assert credits.balance(again.id) == Balance(0, 0)


def test_welcome_is_granted_once_when_it_was_granted_before_people_were_told_apart(credits, alice, database):
    """Entries of version 0.1.0 name the account."""
    credits.grant_welcome(alice, 5, now=NOW)
    with database.transaction() as connection:
        connection.execute(update(credit_ledger).values(entry_key=f"welcome/{alice}"))

    assert credits.grant_welcome(alice, 5, now=LATER) is False


def test_welcome_is_refused_when_the_user_is_unknown(credits):
    with pytest.raises(NotFound):
        credits.grant_welcome(UserId("u_nobody"), 5, now=NOW)


def test_hold_lowers_what_is_available_when_placed(credits, alice):
    credits.grant_welcome(alice, 5, now=NOW)

    placed = hold(credits, alice)

    assert (placed.state, placed.amount, placed.expires_at) == ("held", 3, TOMORROW)
    assert credits.balance(alice).available == 2


def test_hold_is_the_same_when_placed_again(credits, alice):
    credits.grant_welcome(alice, 5, now=NOW)

    first, second = hold(credits, alice), hold(credits, alice)

    assert first == second
    assert credits.balance(alice) == Balance(5, 3)


def test_hold_tells_its_state_when_placed_again_after_it_ended(credits, alice):
    credits.grant_welcome(alice, 5, now=NOW)
    hold(credits, alice)
    credits.release_hold("s_1/r1", now=NOW)

    again = hold(credits, alice)

    assert again.state == "released"
    assert credits.balance(alice) == Balance(5, 0)


def test_hold_is_refused_when_credits_do_not_suffice(credits, alice):
    credits.grant_welcome(alice, 5, now=NOW)

    with pytest.raises(CreditsExhausted) as refusal:
        hold(credits, alice, amount=6)

    assert refusal.value.facts == {"needed": 6, "available": 5}
    assert credits.balance(alice) == Balance(5, 0)


def test_hold_is_refused_when_the_key_is_somebody_elses(credits, users, alice):
    bob, _ = users.find_or_create(WeChatIdentity("oBob", "k"), now=NOW)
    credits.grant_welcome(alice, 5, now=NOW)
    hold(credits, alice)

    with pytest.raises(Conflict):
        hold(credits, bob.id)


def test_holds_never_overdraw_when_placed_at_once(at_once, credits, alice):
    credits.grant_welcome(alice, 10, now=NOW)
    keys = iter(range(20))

    outcomes = at_once(lambda own: hold(SqlCreditStore(own), alice, key=f"s_{next(keys)}/r1"))

    assert outcomes.count(CreditsExhausted) == 17
    assert credits.balance(alice) == Balance(10, 9)


def test_capture_spends_once_when_called_many_times_at_once(at_once, credits, alice, database):
    credits.grant_welcome(alice, 5, now=NOW)
    hold(credits, alice)

    outcomes = at_once(lambda own: SqlCreditStore(own).capture_hold("s_1/r1", now=NOW))

    assert sorted(outcomes) == [False] * 19 + [True]
    assert credits.balance(alice) == Balance(2, 0)
    assert ledger_sum(database) == 2


def test_release_gives_back_when_held(credits, alice):
    credits.grant_welcome(alice, 5, now=NOW)
    hold(credits, alice)

    assert credits.release_hold("s_1/r1", now=NOW) is True

    assert credits.balance(alice) == Balance(5, 0)


def test_hold_ends_one_way_when_captured_and_released(credits, alice):
    credits.grant_welcome(alice, 5, now=NOW)
    hold(credits, alice)
    credits.capture_hold("s_1/r1", now=NOW)

    assert credits.release_hold("s_1/r1", now=NOW) is False

    assert credits.balance(alice) == Balance(2, 0)


def test_hold_ends_one_way_when_captured_and_released_at_once(at_once, credits, alice, database):
    credits.grant_welcome(alice, 5, now=NOW)
    hold(credits, alice)
    turns = iter(range(20))

    def end(own):
        store = SqlCreditStore(own)
        return (store.capture_hold if next(turns) % 2 else store.release_hold)("s_1/r1", now=NOW)

    outcomes = at_once(end)

    assert outcomes.count(True) == 1
    balance = credits.balance(alice)
    assert balance.held == 0
    assert balance.ledger == ledger_sum(database)


def test_capture_is_false_when_nothing_was_held(credits):
    assert credits.capture_hold("s_9/r1", now=NOW) is False
    assert credits.release_hold("s_9/r1", now=NOW) is False


def test_expired_holds_are_released_when_swept(credits, alice):
    credits.grant_welcome(alice, 5, now=NOW)
    hold(credits, alice, key="s_1/r1", amount=1, expires_at=LATER)
    hold(credits, alice, key="s_2/r1", amount=1, expires_at=TOMORROW)

    released = credits.release_expired(now=LATER)

    assert released == 1
    assert credits.balance(alice) == Balance(5, 1)
