"""One stage: one outcome, however often it is started, by how many, and however its workers die."""

from typing import Any

import pytest

from common.domain.pipeline import Revision
from common.errors import FileDamaged, StageBusy, StoreUnavailable, VendorUnavailable
from common.services.stages import MOST_ATTEMPTS, StageRun, run_stage

LEASE_S = 150


@pytest.fixture
def run(keep: Any, resumes: Any, objects: Any, clock: Any) -> StageRun:
    return StageRun("parse", keep().upload_key, resumes, objects, LEASE_S, clock)


class Work:
    """Writes the output and counts its tries; raises the listed errors first."""

    def __init__(self, run: StageRun, *errors: Exception) -> None:
        self._run = run
        self._errors = list(errors)
        self.attempts: list[int] = []

    def __call__(self, row: Any, attempt: int) -> None:
        self.attempts.append(attempt)
        if self._errors:
            raise self._errors.pop(0)
        self._run.publish(self._run.output, b"{}", media_type="application/json")


def record(run: StageRun) -> Any:
    return run.resumes.stages(run.key.resume_id)[0]


def held(credits: Any, run: StageRun) -> int:
    return credits.balance(run.key.user_id).held


def test_stage_is_done_when_the_work_went_well(run, clock):
    outcome = run_stage(run, Work(run))

    assert outcome == "done"
    assert (record(run).state, record(run).finished_at) == ("done", clock.now)


def test_work_is_done_once_when_the_event_comes_twice(run):
    work = Work(run)
    run_stage(run, work)

    outcome = run_stage(run, work)

    assert outcome == "done"
    assert work.attempts == [1]


def test_stage_is_busy_when_another_worker_holds_the_lease(run):
    run.resumes.claim_stage(run.key.resume_id, Revision("r1"), "parse", now=run.now(), lease_s=LEASE_S)
    work = Work(run)

    with pytest.raises(StageBusy) as busy:
        run_stage(run, work)

    assert busy.value.retryable
    assert work.attempts == []


def test_stage_is_taken_over_when_the_lease_of_a_dead_worker_ran_out(run, clock):
    run.resumes.claim_stage(run.key.resume_id, Revision("r1"), "parse", now=run.now(), lease_s=LEASE_S)
    clock.pass_(seconds=LEASE_S)
    work = Work(run)

    outcome = run_stage(run, work)

    assert outcome == "done"
    assert work.attempts == [2]


def test_work_is_not_repeated_when_a_dead_worker_left_the_output(run, objects):
    objects.kept[str(run.output)] = b"{}"
    work = Work(run)

    outcome = run_stage(run, work)

    assert outcome == "done"
    assert work.attempts == []


@pytest.mark.parametrize("changes", [{"revision": Revision("r2")}, {"user_id": "u_somebody"}])
def test_event_is_outdated_when_the_resume_has_moved_on_or_is_not_theirs(keep, resumes, objects, clock, changes):
    row = keep()
    key = row.upload_key
    if "revision" in changes:
        resumes.begin_revision(row.id, after=row.revision, now=clock())
    else:
        key = type(key)(key.prefix, changes["user_id"], key.resume_id, key.revision, key.extension)
    work = Work(StageRun("parse", key, resumes, objects, LEASE_S, clock))

    outcome = run_stage(StageRun("parse", key, resumes, objects, LEASE_S, clock), work)

    assert outcome == "outdated"
    assert work.attempts == []


def test_event_is_outdated_when_the_resume_was_deleted(run):
    run.resumes.delete(run.key.resume_id)

    assert run_stage(run, Work(run)) == "outdated"


@pytest.mark.parametrize("error", [VendorUnavailable(), StoreUnavailable(), RuntimeError("a bug")])
def test_lease_is_given_back_when_the_failure_may_pass(run, error):
    work = Work(run, error)

    with pytest.raises(type(error)):
        run_stage(run, work)

    assert record(run).state == "running"
    assert run_stage(run, work) == "done"
    assert work.attempts == [1, 2]


def test_stage_fails_with_its_reason_and_the_credits_return_when_the_error_is_final(run, credits):
    outcome = run_stage(run, Work(run, FileDamaged()))

    assert outcome == "failed"
    assert (record(run).state, record(run).error_code) == ("failed", "file_damaged")
    assert held(credits, run) == 0


def test_failed_stage_is_not_worked_on_again_when_the_event_is_repeated(run):
    run_stage(run, Work(run, FileDamaged()))
    work = Work(run)

    outcome = run_stage(run, work)

    assert outcome == "failed"
    assert work.attempts == []


def test_stage_gives_up_when_a_failure_that_may_pass_never_does(run, credits):
    work = Work(run, *[VendorUnavailable() for _ in range(MOST_ATTEMPTS)])
    for _ in range(MOST_ATTEMPTS - 1):
        with pytest.raises(VendorUnavailable):
            run_stage(run, work)

    outcome = run_stage(run, work)

    assert outcome == "failed"
    assert record(run).error_code == "vendor_unavailable"
    assert held(credits, run) == 0


def test_stage_gives_up_when_a_bug_strikes_every_time_and_the_bug_is_still_seen(run, credits):
    work = Work(run, *[RuntimeError("a bug") for _ in range(MOST_ATTEMPTS)])
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(RuntimeError):
            run_stage(run, work)

    assert (record(run).state, record(run).error_code) == ("failed", "internal")
    assert held(credits, run) == 0


def test_stage_gives_up_when_every_worker_dies_without_a_word(run, credits, clock):
    for _ in range(MOST_ATTEMPTS):
        run.resumes.claim_stage(run.key.resume_id, Revision("r1"), "parse", now=run.now(), lease_s=LEASE_S)
        clock.pass_(seconds=LEASE_S)
    work = Work(run)

    outcome = run_stage(run, work)

    assert outcome == "failed"
    assert work.attempts == []
    assert held(credits, run) == 0


def test_stage_is_done_when_the_last_worker_died_after_writing_the_output(run, objects, clock):
    for _ in range(MOST_ATTEMPTS):
        run.resumes.claim_stage(run.key.resume_id, Revision("r1"), "parse", now=run.now(), lease_s=LEASE_S)
        clock.pass_(seconds=LEASE_S)
    objects.kept[str(run.output)] = b"{}"

    assert run_stage(run, Work(run)) == "done"


def test_credits_are_spent_when_a_stage_that_charges_is_done(run, credits):
    run_stage(run, Work(run), charge=True)

    assert (credits.balance(run.key.user_id).ledger, held(credits, run)) == (5, 0)


def test_credits_stay_held_when_a_stage_that_does_not_charge_is_done(run, credits):
    run_stage(run, Work(run))

    assert (credits.balance(run.key.user_id).ledger, held(credits, run)) == (10, 5)


@pytest.mark.parametrize("error", [None, FileDamaged()])
def test_nothing_stays_in_the_bucket_when_the_user_deleted_the_resume_meanwhile(run, objects, error):
    objects.kept["uploads/another/s_02/source.pdf"] = b"somebody else's"

    def work(row: Any, _attempt: int) -> None:
        run.resumes.delete(row.id)
        run.publish(run.output, b"{}", media_type="application/json")
        if error:
            raise error

    run_stage(run, work)

    assert list(objects.kept) == ["uploads/another/s_02/source.pdf"]


def test_publishing_keeps_the_first_output_when_two_workers_wrote(run, objects):
    run.publish(run.output, b"first", media_type="application/json")

    run.publish(run.output, b"second", media_type="application/json")

    assert objects.kept[str(run.output)] == b"first"
