"""Resumes: rows, revisions, and stages that one worker at a time owns."""

from datetime import timedelta
from typing import get_args

import pytest
from sqlalchemy import text

from common.domain.credits import Balance
from common.domain.pipeline import FIRST_REVISION, ResumeId, Revision
from common.domain.rendering.options import RenderOptions
from common.domain.rendering.theme import SectionKind
from common.errors import Conflict, NotFound
from common.persistence.resumes import SqlResumeStore
from tests.unit.persistence.builders import LATER, NOW, a_message, a_resume

S1 = ResumeId("s_1")
R2 = Revision("r2")


@pytest.fixture
def resume(resumes, alice):
    row = a_resume(alice)
    resumes.add(row)
    return row


def claim(store, stage="parse", now=NOW, revision=FIRST_REVISION):
    return store.claim_stage(S1, revision, stage, now=now, lease_s=60)


def test_resume_is_found_as_it_was_when_added(resumes, resume):
    assert resumes.find(S1) == resume
    assert resumes.find(ResumeId("s_2")) is None


def test_resume_text_survives_when_it_holds_what_databases_refuse(resumes, alice):
    resumes.add(a_resume(alice, jd="招聘\0工程师\ud800😀", filename="长" * 300))

    stored = resumes.find(S1)

    assert stored.jd == "招聘工程师?😀"
    assert stored.filename == "长" * 255


def test_options_are_found_as_they_were_when_added(resumes, alice):
    every = list(get_args(SectionKind))
    chosen = RenderOptions(
        accent="#6a3d9a", density="compact", typeface="serif", photo=False, order=every, hidden=every
    )

    resumes.add(a_resume(alice, options=chosen))

    assert resumes.find(S1).options == chosen


def test_options_of_a_later_version_are_none_when_this_one_does_not_know_them(resumes, alice, database):
    resumes.add(a_resume(alice, options=RenderOptions(accent="#6a3d9a")))
    with database.transaction() as connection:
        connection.execute(text("""UPDATE resumes SET options = '{"paper": "letter"}'"""))

    found = resumes.find(S1)

    assert found.options == RenderOptions()


def test_layout_stays_when_a_revision_begins_without_one(resumes, alice):
    chosen = RenderOptions(accent="#6a3d9a")
    resumes.add(a_resume(alice, template="modern", options=chosen))

    second = resumes.begin_revision(S1, after=FIRST_REVISION, now=NOW)
    kept = resumes.find(S1)
    resumes.begin_revision(S1, after=second, now=NOW, template="classic", options=RenderOptions())

    assert (kept.template, kept.options) == ("modern", chosen)
    assert (resumes.find(S1).template, resumes.find(S1).options) == ("classic", RenderOptions())


def test_resumes_are_listed_newest_first_when_asked_for_one_user(resumes, alice):
    resumes.add(a_resume(alice, "s_1"))
    resumes.add(a_resume(alice, "s_2", created_at=LATER))

    assert [row.id for row in resumes.list_of(alice, limit=5)] == ["s_2", "s_1"]


def test_upload_time_is_the_first_one_when_marked_twice(resumes, resume):
    resumes.mark_uploaded(S1, now=NOW)

    resumes.mark_uploaded(S1, now=LATER)

    assert resumes.find(S1).uploaded_at == NOW


def test_title_is_cut_when_it_is_too_long(resumes, resume):
    resumes.set_title(S1, "李" * 500)

    assert resumes.find(S1).title == "李" * 120


def test_revision_becomes_current_when_begun_after_the_current_one(resumes, resume):
    revision = resumes.begin_revision(S1, after=FIRST_REVISION, now=NOW, jd="后端工程师")

    stored = resumes.find(S1)
    assert revision == stored.revision == "r2"
    assert (stored.jd, stored.template) == ("后端工程师", "classic")


def test_revision_is_refused_when_another_one_was_begun(resumes, resume):
    resumes.begin_revision(S1, after=FIRST_REVISION, now=NOW)

    with pytest.raises(Conflict):
        resumes.begin_revision(S1, after=FIRST_REVISION, now=NOW)


def test_revision_is_refused_when_the_resume_is_unknown(resumes):
    with pytest.raises(NotFound):
        resumes.begin_revision(S1, after=FIRST_REVISION, now=NOW)


def test_revision_and_job_are_as_before_when_undone(resumes, alice):
    resumes.add(a_resume(alice, jd="前端工程师"))
    revision = resumes.begin_revision(S1, after=FIRST_REVISION, now=NOW, jd="后端工程师")

    resumes.undo_revision(S1, revision, back_to=FIRST_REVISION, jd="前端工程师")

    stored = resumes.find(S1)
    assert (stored.revision, stored.jd) == (FIRST_REVISION, "前端工程师")


def test_revision_stays_when_another_one_is_undone(resumes, resume):
    second = resumes.begin_revision(S1, after=FIRST_REVISION, now=NOW)
    resumes.begin_revision(S1, after=second, now=NOW)

    resumes.undo_revision(S1, second, back_to=FIRST_REVISION, jd=None)

    assert resumes.find(S1).revision == "r3"


def test_stage_is_free_at_once_when_its_worker_yields_it(resumes, resume):
    claim(resumes)

    resumes.yield_stage(S1, FIRST_REVISION, "parse", now=NOW)

    assert claim(resumes) == "mine"
    assert resumes.stages(S1)[0].attempts == 2


def test_stage_stays_done_when_a_late_worker_yields_it(resumes, resume):
    claim(resumes)
    resumes.finish_stage(S1, FIRST_REVISION, "parse", now=NOW)

    resumes.yield_stage(S1, FIRST_REVISION, "parse", now=NOW)

    assert claim(resumes, now=LATER) == "done"


def test_stage_is_mine_and_then_busy_when_claimed_twice(resumes, resume):
    assert claim(resumes) == "mine"
    assert claim(resumes) == "busy"


def test_stage_is_mine_for_one_when_claimed_many_times_at_once(at_once, resumes, resume):
    outcomes = at_once(lambda own: claim(SqlResumeStore(own)))

    assert sorted(outcomes) == ["busy"] * 19 + ["mine"]


def test_stage_is_taken_over_when_the_lease_ran_out(resumes, resume):
    claim(resumes)

    outcome = claim(resumes, now=NOW + timedelta(seconds=60))

    (record,) = resumes.stages(S1)
    assert outcome == "mine"
    assert (record.attempts, record.started_at) == (2, NOW)


def test_stage_is_taken_over_by_one_when_many_find_the_lease_over(at_once, resumes, resume):
    claim(resumes)

    outcomes = at_once(lambda own: claim(SqlResumeStore(own), now=LATER))

    assert sorted(outcomes) == ["busy"] * 19 + ["mine"]
    assert resumes.stages(S1)[0].attempts == 2


def test_stage_is_done_when_claimed_after_it_finished(resumes, resume):
    claim(resumes)
    resumes.finish_stage(S1, FIRST_REVISION, "parse", now=NOW)

    assert claim(resumes, now=LATER) == "done"


def test_stage_is_failed_when_claimed_after_it_failed(resumes, resume):
    claim(resumes)
    resumes.fail_stage(S1, FIRST_REVISION, "parse", error_code="file_damaged", now=NOW)

    assert claim(resumes, now=LATER) == "failed"


def test_claim_is_refused_when_the_resume_is_gone(resumes):
    with pytest.raises(NotFound):
        claim(resumes)


def test_stage_finishes_once_when_two_workers_end(resumes, resume):
    claim(resumes)

    assert resumes.finish_stage(S1, FIRST_REVISION, "parse", now=NOW) is True
    assert resumes.finish_stage(S1, FIRST_REVISION, "parse", now=LATER) is False
    assert resumes.stages(S1)[0].finished_at == NOW


def test_finish_is_false_when_nobody_claimed_or_it_failed(resumes, resume):
    assert resumes.finish_stage(S1, FIRST_REVISION, "parse", now=NOW) is False
    claim(resumes)
    resumes.fail_stage(S1, FIRST_REVISION, "parse", error_code="file_damaged", now=NOW)

    assert resumes.finish_stage(S1, FIRST_REVISION, "parse", now=NOW) is False


def test_hold_is_captured_once_when_the_stage_finishes_many_times_at_once(at_once, resumes, credits, alice, resume):
    credits.grant_welcome(alice, 5, now=NOW)
    credits.place_hold(alice, "s_1/r1", 5, now=NOW, expires_at=LATER)
    claim(resumes, "optimise")

    outcomes = at_once(
        lambda own: SqlResumeStore(own).finish_stage(S1, FIRST_REVISION, "optimise", now=NOW, charge_key="s_1/r1")
    )

    assert sorted(outcomes) == [False] * 19 + [True]
    assert credits.balance(alice) == Balance(0, 0)


def test_hold_is_released_and_the_reason_kept_when_the_stage_fails(resumes, credits, alice, resume):
    credits.grant_welcome(alice, 5, now=NOW)
    credits.place_hold(alice, "s_1/r1", 5, now=NOW, expires_at=LATER)
    claim(resumes)

    failed = resumes.fail_stage(S1, FIRST_REVISION, "parse", error_code="file_damaged", now=NOW, refund_key="s_1/r1")

    (record,) = resumes.stages(S1)
    assert failed is True
    assert (record.state, record.error_code) == ("failed", "file_damaged")
    assert credits.balance(alice) == Balance(5, 0)


def test_nothing_is_charged_when_the_stage_finished_before(resumes, credits, alice, resume):
    credits.grant_welcome(alice, 5, now=NOW)
    claim(resumes, "optimise")
    resumes.finish_stage(S1, FIRST_REVISION, "optimise", now=NOW)
    credits.place_hold(alice, "s_1/r1", 5, now=NOW, expires_at=LATER)

    resumes.finish_stage(S1, FIRST_REVISION, "optimise", now=NOW, charge_key="s_1/r1")

    assert credits.balance(alice) == Balance(5, 5)


def test_stages_come_in_pipeline_order_when_listed(resumes, resume):
    for revision in (Revision("r10"), R2, FIRST_REVISION):
        for stage in ("render", "parse", "optimise"):
            claim(resumes, stage, revision=revision)

    records = resumes.stages(S1)

    assert [record.revision for record in records[::3]] == ["r1", "r2", "r10"]
    assert [record.stage for record in records[:3]] == ["parse", "optimise", "render"]
    assert {record.revision for record in resumes.stages(S1, R2)} == {"r2"}


def test_stages_and_messages_are_gone_when_the_resume_is_deleted(resumes, outbox, alice, resume):
    claim(resumes)
    outbox.put(a_message(alice))

    resumes.delete(S1)
    resumes.delete(S1)

    assert resumes.find(S1) is None
    assert resumes.stages(S1) == []
    assert outbox.find("ready/m_1") is None
