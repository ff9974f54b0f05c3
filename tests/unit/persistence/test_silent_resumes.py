"""What the sweep looks for beside stages: objects whose event never came, so that no stage knows of them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from common.domain.pipeline import FIRST_REVISION, STAGES, ResumeId
from tests.unit.persistence.builders import NOW, a_message, a_resume

GRACE_S = 120
AFTER_GRACE = NOW + timedelta(seconds=GRACE_S)
S1 = ResumeId("s_1")


@pytest.fixture
def resume(resumes, alice):
    row = a_resume(alice)
    resumes.add(row)
    return row


def silent(store, now=AFTER_GRACE):
    return [(row.id, [str(key) for key in keys]) for row, keys in store.silent(now=now, grace_s=GRACE_S, limit=10)]


def finish_all(store, revision=FIRST_REVISION):
    for stage in STAGES:
        store.claim_stage(S1, revision, stage, now=NOW, lease_s=60)
        store.finish_stage(S1, revision, stage, now=NOW)


def test_upload_may_be_unannounced_when_the_resume_waited_longer_than_the_grace(resumes, resume):
    assert silent(resumes, now=AFTER_GRACE - timedelta(seconds=1)) == []
    assert silent(resumes) == [(S1, [str(resume.upload_key)])]


def test_upload_is_not_looked_for_when_it_came_or_its_form_has_long_expired(resumes, resume):
    assert silent(resumes, now=NOW + timedelta(hours=2)) == []

    resumes.mark_uploaded(S1, now=NOW)

    assert silent(resumes) == []


def test_revision_may_be_unannounced_when_no_stage_knows_of_it(resumes, resume):
    resumes.mark_uploaded(S1, now=NOW)
    finish_all(resumes)
    revision = resumes.begin_revision(S1, after=FIRST_REVISION, now=NOW)
    row = replace(resume, revision=revision)

    assert silent(resumes) == [(S1, [str(row.key("optimised", "json")), str(row.key("parsed", "json"))])]

    resumes.claim_stage(S1, revision, "render", now=NOW, lease_s=60)

    assert silent(resumes) == []


def test_pdf_may_be_unannounced_when_no_message_was_written_for_it(resumes, outbox, resume):
    resumes.mark_uploaded(S1, now=NOW)
    finish_all(resumes)

    assert silent(resumes, now=AFTER_GRACE - timedelta(seconds=1)) == []
    assert silent(resumes) == [(S1, [str(resume.key("rendered", "pdf"))])]

    outbox.put(replace(a_message(resume.user_id), key=f"ready/{S1}/{FIRST_REVISION}", resume_id=S1))

    assert silent(resumes) == []
