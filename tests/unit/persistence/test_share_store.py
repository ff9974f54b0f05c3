"""Shares: found by token without the token being readable, ended once, counted, erased with their person and resume."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from common.domain.pipeline import ResumeId, Revision
from common.domain.sharing import Share, ShareId
from common.persistence.shares import SqlShareStore
from tests.unit.persistence.builders import NOW, a_resume, open_decryption, open_encryption

SOON = NOW + timedelta(minutes=10)


@pytest.fixture
def shares(database):
    return SqlShareStore(database, encrypt=open_encryption, decrypt=open_decryption)


@pytest.fixture
def resume(resumes, alice):
    row = a_resume(alice)
    resumes.add(row)
    return row


@pytest.fixture
def share(resume, alice):
    return Share(
        ShareId("sh_1"),
        "token-1",
        alice,
        resume.id,
        Revision("r1"),
        "张*的简历",
        False,
        "shown",
        NOW,
        NOW + timedelta(days=1),
    )


def test_share_is_found_by_its_token_as_it_was_added(shares, share):
    shares.add(share, next_check_at=None)

    assert shares.find("token-1") == share
    assert shares.find("token-2") is None


def test_token_is_not_readable_in_the_table(shares, share, database):
    shares.add(share, next_check_at=None)

    row = database.run(lambda connection: connection.execute(text("SELECT * FROM shares")).one(), write=False)

    assert "token-1" not in repr(row)


def test_list_shows_the_newest_first_and_leaves_out_what_is_over(shares, share, alice):
    shares.add(share, next_check_at=None)
    newer = replace(share, id=ShareId("sh_2"), token="token-2", created_at=NOW + timedelta(seconds=1))
    shares.add(newer, next_check_at=None)
    shares.add(replace(share, id=ShareId("sh_3"), token="token-3", expires_at=NOW), next_check_at=None)
    shares.add(replace(share, id=ShareId("sh_4"), token="token-4"), next_check_at=None)
    shares.withdraw(ShareId("sh_4"), now=NOW)

    assert shares.list_of(alice, now=NOW, limit=9) == [newer, share]


def test_withdrawn_share_stays_withdrawn(shares, share):
    shares.add(share, next_check_at=None)

    shares.withdraw(share.id, now=NOW)
    shares.checked(share.id, "shown", now=NOW)

    assert shares.find("token-1").state == "withdrawn"


@pytest.mark.parametrize("state", ["shown", "refused"])
def test_held_share_is_due_until_it_was_decided(shares, share, state):
    shares.add(replace(share, state="held"), next_check_at=SOON)
    early, due = shares.due(now=NOW, limit=9), shares.due(now=SOON, limit=9)

    shares.checked(share.id, state, now=SOON)

    assert (early, [found.id for found in due]) == ([], [share.id])
    assert shares.due(now=SOON, limit=9) == []
    assert shares.find("token-1").state == state


def test_held_share_is_due_later_when_nobody_could_tell(shares, share):
    shares.add(replace(share, state="held"), next_check_at=NOW)

    shares.check_later(share.id, at=SOON)

    assert shares.due(now=NOW, limit=9) == []


def test_no_view_is_lost_when_many_come_at_once(shares, share, at_once):
    shares.add(share, next_check_at=None)

    at_once(
        lambda database: SqlShareStore(database, encrypt=open_encryption, decrypt=open_decryption).count_view(share.id),
        times=8,
    )

    assert shares.find("token-1").views == 8


def test_ended_share_is_found_for_clearing_when_it_is_over_long_enough(shares, share):
    shares.add(share, next_check_at=None)
    over = share.expires_at + timedelta(seconds=1)

    early, late = shares.ended(before=share.expires_at, limit=9), shares.ended(before=over, limit=9)
    shares.delete([share.id])

    assert (early, [found.id for found in late]) == ([], [share.id])
    assert shares.find("token-1") is None


def test_share_goes_with_its_resume(shares, share, resumes):
    shares.add(share, next_check_at=None)

    resumes.delete(ResumeId(share.resume_id))

    assert shares.find("token-1") is None
