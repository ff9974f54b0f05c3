"""Checks of pictures: question and answer in either order, first answer kept, forgotten in time."""

from datetime import timedelta

import pytest

from common.domain.moderation import Finding, MediaCheck, Scene
from common.persistence.media_checks import SqlMediaChecks
from common.persistence.visits import RedisVisits
from tests.unit.persistence.builders import NOW, a_resume

KEY = "parsed/u_1/s_1/r1.jpg"
LATER = NOW + timedelta(minutes=40)
RISKY = Finding("risky", 20002)


@pytest.fixture
def checks(database):
    return SqlMediaChecks(database)


@pytest.fixture
def begun(checks, resumes, alice):
    row = a_resume(alice)
    resumes.add(row)
    check = MediaCheck(KEY, alice, row.id, "oAlice", Scene.SOCIAL_LOG, "waiting", 0, NOW)
    checks.begin(check, next_check_at=LATER)
    return check


def state(checks):
    found = checks.find(KEY)
    return found and found.state


def test_picture_is_begun_once(checks, begun):
    assert checks.begin(begun, next_check_at=LATER) is False
    assert checks.find(KEY) == begun


@pytest.mark.parametrize(
    ("finding", "expected"), [(Finding(), "passed"), (RISKY, "refused"), (Finding("review", 1), "refused")]
)
def test_answer_decides_when_it_comes_after_the_question(checks, begun, finding, expected):
    checks.asked(KEY, "t1", now=NOW, next_check_at=LATER)

    checks.told("t1", finding, now=NOW)

    assert state(checks) == expected
    assert checks.due(now=LATER, limit=9) == []


def test_answer_decides_when_it_comes_before_the_question_is_written_down(checks, begun):
    checks.told("t1", RISKY, now=NOW)
    early = state(checks)

    checks.asked(KEY, "t1", now=NOW, next_check_at=LATER)

    assert (early, state(checks)) == ("waiting", "refused")


def test_first_answer_stays_when_another_one_comes(checks, begun):
    for trace, finding in (("t1", RISKY), ("t2", Finding())):
        checks.asked(KEY, trace, now=NOW, next_check_at=LATER)
        checks.told(trace, finding, now=NOW)

    assert state(checks) == "refused"


def test_late_answer_counts_when_we_had_given_up(checks, begun):
    checks.asked(KEY, "t1", now=NOW, next_check_at=LATER)
    checks.give_up(KEY)
    given_up = state(checks)

    checks.told("t1", Finding(), now=LATER)

    assert (given_up, state(checks)) == ("unanswered", "passed")


def test_answer_to_a_question_of_nobody_changes_nothing(checks, begun):
    checks.told("t9", RISKY, now=NOW)

    assert state(checks) == "waiting"


def test_picture_without_an_answer_is_due_and_counts_its_questions(checks, begun):
    checks.asked(KEY, "t1", now=NOW, next_check_at=LATER)

    assert checks.due(now=NOW, limit=9) == []
    assert [(found.key, found.asked) for found in checks.due(now=LATER, limit=9)] == [(KEY, 1)]


def test_answer_and_question_at_once_end_in_a_decision(checks, begun, at_once):
    turns = iter(range(8))

    def work(database):
        store = SqlMediaChecks(database)
        if next(turns) % 2:
            store.told("t1", RISKY, now=NOW)
        else:
            store.asked(KEY, "t1", now=NOW, next_check_at=LATER)

    at_once(work, times=8)

    assert state(checks) == "refused"


def test_old_traces_are_forgotten_and_the_decision_stays(checks, begun):
    checks.asked(KEY, "t1", now=NOW, next_check_at=LATER)
    checks.told("t1", Finding(), now=NOW)

    assert checks.purge(before=LATER, limit=9) == 1
    assert state(checks) == "passed"


def test_check_goes_with_its_resume(checks, begun, resumes):
    resumes.delete(begun.resume_id)

    assert checks.find(KEY) is None


def test_check_is_forgotten_with_its_picture(checks, begun):
    checks.forget(KEY)

    assert checks.find(KEY) is None


def test_visit_is_the_first_one_once(redis):
    visits = RedisVisits(redis)

    assert [visits.is_first("a"), visits.is_first("a"), visits.is_first("b")] == [True, False, True]


def test_nothing_is_a_first_visit_while_redis_is_down(dead_redis):
    assert RedisVisits(dead_redis).is_first("a") is False
