"""New revisions: the user decides, edits, asks again; the ones before stay, and money is settled first."""

import json
from datetime import timedelta
from typing import Any

import pytest

from common.domain.optimising.changes import Change, OptimisedResume
from common.domain.rendering.options import RenderOptions
from common.errors import CreditsExhausted, InvalidField, NotFound, ResumeNotReady, VendorUnavailable, message_of
from common.services import revising
from common.services.library import Shelf
from common.services.publishing import MAX_JSON_BYTES
from common.services.revising import ChangeDecisions, OptimiseAgain, RenderAgain
from common.services.uploads import UploadRules
from tests.builders import NOW, a_resume

RULES = UploadRules(cost=5, hold_for=timedelta(hours=24), max_bytes=1000, per_hour=3, templates=("classic", "modern"))
CHANGES = [
    Change(id="c1", path="/basics/summary", original="三年后端开发经验", text="三年后端经验", reason="简洁"),
    Change(id="c2", path="/work/0/highlights/1", original="用 mysql", text="第一", reason="-", state="blocked"),
]


@pytest.fixture
def shelf(resumes: Any, objects: Any, credits: Any, han: Any) -> Shelf:
    return Shelf(han.id, resumes, objects, message_of, RULES, credits, NOW)


@pytest.fixture
def row(keep: Any, resumes: Any, objects: Any, credits: Any) -> Any:
    """A finished and paid resume with one applied and one blocked change."""
    row = keep()
    optimised = OptimisedResume(
        resume=a_resume(basics={"name": "韩梅梅", "summary": "三年后端经验"}).as_json_resume(),
        source=a_resume().as_json_resume(),
        changes=CHANGES,
    )
    objects.kept = {
        str(row.key("parsed", "json")): json.dumps(a_resume().as_json_resume()).encode(),
        str(row.key("optimised", "json")): optimised.model_dump_json(by_alias=True).encode(),
    }
    for stage in ("parse", "optimise", "render"):
        resumes.claim_stage(row.id, row.revision, stage, now=NOW, lease_s=1)
        resumes.finish_stage(row.id, row.revision, stage, now=NOW)
    credits.capture_hold(row.charge_key(), now=NOW)
    return row


def content(objects: Any, row: Any, prefix: str, revision: str) -> dict[str, Any]:
    return json.loads(objects.kept[f"{prefix}/{row.user_id}/{row.id}/{revision}.json"])


def test_options_are_stored_with_the_revision_when_another_layout_is_wanted(shelf, row, objects):
    options = RenderOptions(accent="#6a3d9a", hidden=["interests"])

    revising.render_again(shelf, row.id, RenderAgain(template="modern", options=options))

    new = OptimisedResume.model_validate(content(objects, row, "optimised", "r2"))
    assert (new.template, new.options) == ("modern", options)


@pytest.mark.parametrize(
    "revise",
    [
        lambda shelf, row: revising.decide_changes(shelf, row.id, ChangeDecisions(reject=["c1"])),
        lambda shelf, row: revising.replace_resume(shelf, row.id, a_resume().as_json_resume()),
        lambda shelf, row: revising.optimise_again(shelf, row.id, OptimiseAgain(jd="招 Go 工程师")),
    ],
    ids=["changes", "edit", "optimise"],
)
def test_layout_stays_chosen_when_the_content_changes(shelf, row, objects, resumes, revise):
    options = RenderOptions(accent="#6a3d9a", typeface="serif")
    revising.render_again(shelf, row.id, RenderAgain(template="modern", options=options))

    revised = revise(shelf, row)

    now = resumes.find(row.id)
    assert (now.revision, now.template, now.options) == (revised.revision, "modern", options)
    if f"optimised/{row.user_id}/{row.id}/r3.json" in objects.kept:
        new = OptimisedResume.model_validate(content(objects, row, "optimised", "r3"))
        assert (new.template, new.options) == ("modern", options)


def test_options_are_the_templates_own_again_when_another_layout_is_wanted_without_any(shelf, row, resumes):
    revising.render_again(shelf, row.id, RenderAgain(template="modern", options=RenderOptions(accent="#6a3d9a")))

    revising.render_again(shelf, row.id, RenderAgain(template="classic"))

    now = resumes.find(row.id)
    assert (now.template, now.options) == ("classic", RenderOptions())


def test_original_comes_back_in_a_new_revision_when_a_change_is_rejected(shelf, row, objects):
    revised = revising.decide_changes(shelf, row.id, ChangeDecisions(reject=["c1"]))

    new = content(objects, row, "optimised", "r2")
    assert revised.revision == "r2"
    assert new["resume"]["basics"]["summary"] == "三年后端开发经验"
    assert [change["state"] for change in new["changes"]] == ["rejected", "blocked"]


def test_earlier_revision_stays_as_it_was_when_a_new_one_begins(shelf, row, objects):
    before = content(objects, row, "optimised", "r1")

    revising.decide_changes(shelf, row.id, ChangeDecisions(reject=["c1"]))

    assert content(objects, row, "optimised", "r1") == before


def test_blocked_change_stays_out_when_the_user_accepts_it(shelf, row, objects):
    revising.decide_changes(shelf, row.id, ChangeDecisions(accept=["c2"]))

    new = content(objects, row, "optimised", "r2")
    assert new["changes"][1]["state"] == "blocked"


def test_decisions_build_on_the_newest_revision_when_there_are_ten(shelf, row, objects, resumes):
    for _ in range(10):
        revising.decide_changes(shelf, row.id, ChangeDecisions(reject=["c1"]))

    revising.decide_changes(shelf, row.id, ChangeDecisions(accept=["c1"]))

    revised = revising.decide_changes(shelf, row.id, ChangeDecisions())

    assert revised.revision == "r13"
    assert content(objects, row, "optimised", "r13")["changes"][0]["state"] == "applied"


def test_row_names_the_revision_when_its_object_is_announced(shelf, row, objects, resumes):
    seen = []
    create = objects.create

    def spying(key: str, *args: Any, **kwargs: Any) -> None:
        seen.append((key.rpartition("/")[2], resumes.find(row.id).revision))
        create(key, *args, **kwargs)

    objects.create = spying

    revising.decide_changes(shelf, row.id, ChangeDecisions())

    assert seen == [("r2.json", "r2")]


def test_layout_changes_and_content_stays_when_rendered_again(shelf, row, objects, resumes):
    revising.render_again(shelf, row.id, RenderAgain(template="modern"))

    new, old = (content(objects, row, "optimised", revision) for revision in ("r2", "r1"))
    assert (new["template"], new["resume"]) == ("modern", old["resume"])
    assert resumes.find(row.id).template == "modern"


def test_rendering_again_is_refused_when_there_is_no_such_template(shelf, row, resumes):
    with pytest.raises(InvalidField):
        revising.render_again(shelf, row.id, RenderAgain(template="none"))

    assert resumes.find(row.id).revision == "r1"


def test_edits_of_the_user_replace_the_content_when_put(shelf, row, objects):
    revising.replace_resume(shelf, row.id, {"basics": {"name": "韩梅"}})

    new = content(objects, row, "optimised", "r2")
    assert (new["resume"], new["changes"]) == ({"basics": {"name": "韩梅"}}, [])


@pytest.mark.parametrize(
    ("edited", "field"),
    [({"work": "x"}, "work"), ({"basics": {"name": ["x"]}}, "basics.name"), ({"work": [1]}, "work.0")],
)
def test_edits_are_refused_by_field_when_they_are_no_resume(shelf, row, resumes, edited, field):
    with pytest.raises(InvalidField) as refused:
        revising.replace_resume(shelf, row.id, edited)

    assert refused.value.details["field"] == field
    assert resumes.find(row.id).revision == "r1"


def test_edits_are_refused_when_nobody_could_read_them_again(shelf, row, resumes):
    with pytest.raises(InvalidField):
        revising.replace_resume(shelf, row.id, {"basics": {"summary": "长" * MAX_JSON_BYTES}})

    assert resumes.find(row.id).revision == "r1"


def test_optimising_again_costs_and_remembers_the_job_when_asked(shelf, row, objects, resumes, credits):
    revised = revising.optimise_again(shelf, row.id, OptimiseAgain(jd="招 Go 工程师"))

    assert revised.revision == "r2"
    assert resumes.find(row.id).jd == "招 Go 工程师"
    assert credits.balance(row.user_id).held == 5
    assert content(objects, row, "parsed", "r2") == content(objects, row, "parsed", "r1")


def test_optimising_again_changes_nothing_when_the_credits_do_not_suffice(shelf, row, resumes, objects, credits):
    credits.place_hold(row.user_id, "other", 5, now=NOW, expires_at=NOW + timedelta(days=1))

    with pytest.raises(CreditsExhausted):
        revising.optimise_again(shelf, row.id, OptimiseAgain(jd="招 Go 工程师"))

    assert (resumes.find(row.id).revision, resumes.find(row.id).jd) == ("r1", None)
    assert len(objects.kept) == 2


def test_credits_return_when_the_bucket_does_not_take_the_new_revision(shelf, row, objects, credits):
    objects.fail["create"] = [VendorUnavailable()]

    with pytest.raises(VendorUnavailable):
        revising.optimise_again(shelf, row.id, OptimiseAgain())

    assert credits.balance(row.user_id).held == 0


def test_user_can_try_again_when_the_bucket_did_not_take_the_new_revision(shelf, row, objects):
    objects.fail["create"] = [VendorUnavailable()]
    with pytest.raises(VendorUnavailable):
        revising.decide_changes(shelf, row.id, ChangeDecisions())

    revised = revising.decide_changes(shelf, row.id, ChangeDecisions())

    assert revised.revision == "r3"


ACTIONS = [
    lambda shelf, resume_id: revising.decide_changes(shelf, resume_id, ChangeDecisions()),
    lambda shelf, resume_id: revising.replace_resume(shelf, resume_id, {}),
    lambda shelf, resume_id: revising.render_again(shelf, resume_id, RenderAgain(template="modern")),
    lambda shelf, resume_id: revising.optimise_again(shelf, resume_id, OptimiseAgain()),
]


@pytest.mark.parametrize("act", ACTIONS)
def test_revision_waits_when_the_one_before_is_still_worked_on(shelf, keep, resumes, objects, act):
    """Otherwise the unfinished one would never be paid for."""
    row = keep()
    objects.kept[str(row.key("parsed", "json"))] = b"{}"
    objects.kept[str(row.key("optimised", "json"))] = b'{"resume": {}}'
    resumes.claim_stage(row.id, row.revision, "parse", now=NOW, lease_s=1)
    resumes.finish_stage(row.id, row.revision, "parse", now=NOW)

    with pytest.raises(ResumeNotReady):
        act(shelf, row.id)

    assert resumes.find(row.id).revision == "r1"


@pytest.mark.parametrize("act", ACTIONS)
def test_revision_waits_when_nothing_was_read_yet(shelf, keep, act):
    row = keep()

    with pytest.raises(ResumeNotReady):
        act(shelf, row.id)


@pytest.mark.parametrize("act", ACTIONS)
def test_revision_is_not_found_when_the_resume_is_somebody_elses(shelf, row, li, act, resumes, objects, credits):
    theirs = Shelf(li.id, resumes, objects, message_of, RULES, credits, NOW)

    with pytest.raises(NotFound):
        act(theirs, row.id)

    assert resumes.find(row.id).revision == "r1"


def test_actions_are_found_by_name_when_known():
    command, act = revising.action("changes")

    assert (command, act) == (ChangeDecisions, revising.decide_changes)


def test_action_is_not_found_when_unknown():
    with pytest.raises(NotFound):
        revising.action("sing")


def test_credits_stay_held_when_only_the_answer_of_the_bucket_was_lost(shelf, row, objects, credits, han):
    objects.lose_answers = 1

    revising.optimise_again(shelf, row.id, OptimiseAgain())

    assert credits.balance(han.id).held == RULES.cost


def test_credits_of_a_revision_come_back_when_another_takes_its_place(shelf, row, credits, han):
    revising.optimise_again(shelf, row.id, OptimiseAgain())

    revising.optimise_again(shelf, row.id, OptimiseAgain())

    assert credits.balance(han.id).held == RULES.cost
