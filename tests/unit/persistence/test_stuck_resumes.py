"""What the sweep finds: dead workers and lost events, and nothing that is on its way."""

from datetime import timedelta

import pytest

from common.domain.pipeline import FIRST_REVISION, STAGES, ResumeId
from tests.unit.persistence.builders import NOW, a_resume

GRACE_S = 120
AFTER_GRACE = NOW + timedelta(seconds=GRACE_S)
S1 = ResumeId("s_1")


@pytest.fixture
def resume(resumes, alice):
    row = a_resume(alice)
    resumes.add(row)
    return row


def stuck(store, now=AFTER_GRACE, limit=10):
    return [(row.id, stage) for row, stage in store.stuck(now=now, grace_s=GRACE_S, limit=limit)]


def finish(store, stage, revision=FIRST_REVISION):
    store.claim_stage(S1, revision, stage, now=NOW, lease_s=60)
    store.finish_stage(S1, revision, stage, now=NOW)


def test_nothing_is_stuck_when_the_resume_waits_for_its_upload(resumes, resume):
    assert stuck(resumes, now=NOW + timedelta(days=2)) == []


def test_parse_is_stuck_when_the_upload_waited_longer_than_the_grace(resumes, resume):
    resumes.mark_uploaded(S1, now=NOW)

    assert stuck(resumes, now=AFTER_GRACE - timedelta(seconds=1)) == []
    assert stuck(resumes) == [(S1, "parse")]


def test_stage_is_not_stuck_when_a_worker_holds_the_lease(resumes, resume):
    resumes.mark_uploaded(S1, now=NOW)
    resumes.claim_stage(S1, FIRST_REVISION, "parse", now=NOW, lease_s=GRACE_S + 1)

    assert stuck(resumes) == []


@pytest.mark.parametrize("stage", STAGES)
def test_stage_is_stuck_when_its_lease_ran_out(resumes, resume, stage):
    resumes.claim_stage(S1, FIRST_REVISION, stage, now=NOW, lease_s=GRACE_S)

    assert stuck(resumes) == [(S1, stage)]


@pytest.mark.parametrize(("done", "waiting"), [("parse", "optimise"), ("optimise", "render")])
def test_next_stage_is_stuck_when_nobody_started_it(resumes, resume, done, waiting):
    finish(resumes, done)

    assert stuck(resumes, now=AFTER_GRACE - timedelta(seconds=1)) == []
    assert stuck(resumes) == [(S1, waiting)]


def test_nothing_is_stuck_when_the_last_stage_is_done(resumes, resume):
    resumes.mark_uploaded(S1, now=NOW)
    for stage in STAGES:
        finish(resumes, stage)

    assert stuck(resumes, now=NOW + timedelta(days=1)) == []


def test_nothing_is_stuck_when_a_stage_failed(resumes, resume):
    resumes.mark_uploaded(S1, now=NOW)
    resumes.claim_stage(S1, FIRST_REVISION, "parse", now=NOW, lease_s=1)
    resumes.fail_stage(S1, FIRST_REVISION, "parse", error_code="file_damaged", now=NOW)

    assert stuck(resumes) == []


def test_old_revision_is_not_stuck_when_a_newer_one_is_current(resumes, resume):
    resumes.mark_uploaded(S1, now=NOW)
    finish(resumes, "parse")
    revision = resumes.begin_revision(S1, after=FIRST_REVISION, now=NOW)

    assert stuck(resumes) == []
    finish(resumes, "optimise", revision)
    assert stuck(resumes) == [(S1, "render")]


def test_stuck_resumes_are_at_most_as_many_as_asked_for(resumes, alice):
    for number in range(4):
        resumes.add(a_resume(alice, f"s_{number}", uploaded_at=NOW))
    resumes.claim_stage(ResumeId("s_3"), FIRST_REVISION, "parse", now=NOW, lease_s=1)

    found = stuck(resumes, limit=2)

    assert found[0] == ("s_3", "parse")
    assert len(found) == 2
