"""Acceptances, numbers and consents: right under races, encrypted, and gone when the user is."""

import pytest
from sqlalchemy import select

from common.domain.phones import parse_phone
from common.persistence.acceptances import SqlAcceptances
from common.persistence.contacts import SqlContacts
from common.persistence.tables.accounts import contacts as contacts_table
from common.security.encryption import Cipher
from common.security.keyring import KeyRing
from tests.unit.persistence.builders import LATER, NOW

PHONE, OTHER = parse_phone("13800138000"), parse_phone("13900139000")
CIPHER = Cipher(KeyRing("k1", {"k1": b"k" * 32}))


def contacts_of(database):
    return SqlContacts(database, encrypt=CIPHER.encrypt, decrypt=CIPHER.decrypt)


@pytest.fixture
def contacts(database):
    return contacts_of(database)


@pytest.fixture
def acceptances(database):
    return SqlAcceptances(database)


def left(acceptances, alice):
    return {found.template_id: found.left for found in acceptances.of_user(alice)}


def test_acceptances_are_counted_by_template_when_they_are_told(acceptances, alice):
    for template, answer in (("t1", "accept"), ("t1", "accept"), ("t1", "reject"), ("t2", "ban")):
        acceptances.note_by_client(alice, template, answer, now=NOW)

    assert left(acceptances, alice) == {"t1": 2, "t2": 0}
    assert [found.last_answer for found in acceptances.of_user(alice)] == ["reject", "ban"]


def test_acceptances_are_all_counted_when_told_many_times_at_once(at_once, acceptances, alice):
    at_once(lambda own: SqlAcceptances(own).note_by_client(alice, "t1", "accept", now=NOW), times=10)

    assert left(acceptances, alice) == {"t1": 10}


def test_no_more_are_spent_than_there_are_when_many_spend_at_once(at_once, acceptances, alice):
    for _ in range(3):
        acceptances.note_by_push(alice, "t1", "accept", now=NOW)

    at_once(lambda own: SqlAcceptances(own).spend(alice, "t1"), times=10)

    (found,) = acceptances.of_user(alice)
    assert (found.spent, found.left) == (3, 0)


def test_larger_count_holds_when_phone_and_push_missed_some(acceptances, alice):
    for _ in range(3):
        acceptances.note_by_client(alice, "t1", "accept", now=NOW)
    for _ in range(4):
        acceptances.note_by_push(alice, "t1", "accept", now=NOW)
    acceptances.spend(alice, "t1")

    assert left(acceptances, alice) == {"t1": 3}


def test_nothing_is_left_when_exhausted_and_the_next_acceptance_counts(acceptances, alice):
    for _ in range(3):
        acceptances.note_by_client(alice, "t1", "accept", now=NOW)
    acceptances.exhaust(alice, "t1")
    exhausted = left(acceptances, alice)
    acceptances.note_by_client(alice, "t1", "accept", now=LATER)

    assert (exhausted, left(acceptances, alice)) == ({"t1": 0}, {"t1": 1})


def test_spending_what_was_never_accepted_changes_nothing(acceptances, alice):
    acceptances.spend(alice, "t1")
    acceptances.exhaust(alice, "t1")

    assert acceptances.of_user(alice) == []


def test_number_is_read_back_and_not_stored_in_the_clear(contacts, database, alice):
    contacts.bind_phone(alice, PHONE, now=NOW)

    sealed = database.run(lambda connection: connection.scalar(select(contacts_table.c.phone)), write=False)
    assert contacts.phone_of(alice) == PHONE
    assert b"138" not in bytes(sealed)


def test_number_before_is_forgotten_when_another_is_bound(contacts, alice):
    contacts.allow_sms(alice, True, now=NOW)
    contacts.bind_phone(alice, PHONE, now=NOW)
    contacts.bind_phone(alice, OTHER, now=LATER)

    assert (contacts.phone_of(alice), contacts.allows_sms(alice)) == (OTHER, True)


def test_sms_are_not_allowed_until_somebody_says_so(contacts, alice):
    before = contacts.allows_sms(alice)
    contacts.allow_sms(alice, True, now=NOW)
    contacts.allow_sms(alice, False, now=LATER)

    assert (before, contacts.allows_sms(alice), contacts.phone_of(alice)) == (False, False, None)


def test_number_and_consent_are_both_kept_when_they_come_at_the_same_time(at_once, contacts, alice):
    numbers = iter(range(10))

    def work(own):
        if next(numbers) % 2:
            contacts_of(own).bind_phone(alice, PHONE, now=NOW)
        else:
            contacts_of(own).allow_sms(alice, True, now=NOW)

    outcomes = at_once(work, times=10)

    assert set(outcomes) == {None}
    assert (contacts.phone_of(alice), contacts.allows_sms(alice)) == (PHONE, True)


def test_number_is_gone_when_it_is_erased(contacts, alice):
    contacts.bind_phone(alice, PHONE, now=NOW)
    contacts.allow_sms(alice, True, now=NOW)

    assert (contacts.erase_user(alice), contacts.erase_user(alice)) == (1, 0)
    assert (contacts.phone_of(alice), contacts.allows_sms(alice)) == (None, False)
