"""Stage optimise: changes are judged, and a model that is down costs the user nothing."""

import json
from typing import Any

import pytest

from common.domain.pipeline import Revision
from common.domain.rendering.options import RenderOptions
from common.errors import CredentialRejected, DeadlineExceeded, ModelAnswerInvalid, VendorUnavailable
from common.services.moderating import Moderator
from common.services.moderating_rewrites import LEFT_OUT_WARNING
from common.services.optimising import TRIES_BEFORE_BASIC, optimise_resume
from common.services.stages import StageRun
from tests.builders import a_resume
from tests.doubles import Reports, ScriptedModel, WordCheck

FIRST, SECOND = "/work/0/highlights/0", "/work/0/highlights/1"
HONEST = {"changes": [{"path": SECOND, "text": "使用 MySQL 与 Redis 优化查询", "reason": "写法更规范"}]}
INVENTED = {"changes": [{"path": SECOND, "text": "用 mysql 和 redis 优化查询，性能提升 300%", "reason": "补充数据"}]}


@pytest.fixture
def optimise(keep: Any, resumes: Any, objects: Any, clock: Any, prompts: Any, credits: Any) -> Any:
    def start(resume: Any = None, **changes: Any) -> Any:
        row = keep(**changes)
        key = row.key("parsed", "json")
        objects.kept[str(key)] = (resume or a_resume()).model_dump_json(by_alias=True).encode()
        run = StageRun("optimise", key, resumes, objects, 150, clock)

        def call(model: Any) -> dict[str, Any]:
            optimise_resume(run, model=model, prompts=prompts, credits=credits)
            return json.loads(objects.kept[str(run.output)])

        call.run = run
        return call

    return start


def held(credits: Any, call: Any) -> int:
    return credits.balance(call.run.key.user_id).held


def test_honest_change_is_applied_and_can_be_undone_when_suggested(optimise, credits):
    call = optimise()

    optimised = call(ScriptedModel(HONEST))

    change = optimised["changes"][0]
    assert optimised["resume"]["work"][0]["highlights"][1] == "使用 MySQL 与 Redis 优化查询"
    assert (change["state"], change["original"], change["reason"]) == (
        "applied",
        "用 mysql 和 redis 优化查询",
        "写法更规范",
    )
    assert optimised["basic"] is False
    assert held(credits, call) == 5


def test_invention_is_blocked_and_shown_when_suggested(optimise):
    optimised = optimise()(ScriptedModel(INVENTED))

    assert optimised["resume"]["work"][0]["highlights"][1] == "用 mysql 和 redis 优化查询"
    assert (optimised["changes"][0]["state"], optimised["changes"][0]["blocked_because"]) == (
        "blocked",
        ["数字“300%”原文没有"],
    )


def test_only_prose_and_the_job_leave_us_when_the_model_is_asked(optimise):
    model = ScriptedModel(HONEST)

    optimise(jd="招 Go 工程师")(model)

    asked = json.loads(model.asked[0][1]["content"])
    assert {item["path"] for item in asked["items"]} == {"/basics/summary", FIRST, SECOND}
    assert asked["jd"] == "招 Go 工程师"
    assert "138" not in str(model.asked)
    assert "韩梅梅" not in str(model.asked)


def test_template_of_the_resume_is_handed_on_when_optimised(optimise):
    assert optimise(template="modern")(ScriptedModel(HONEST))["template"] == "modern"


def test_model_is_asked_again_when_its_answer_has_another_form(optimise):
    model = ScriptedModel({"changes": [{"path": SECOND}]}, HONEST)

    optimised = optimise()(model)

    assert json.loads(model.asked[1][2]["content"]) == {"changes": [{"path": SECOND}]}
    assert optimised["changes"][0]["state"] == "applied"


@pytest.mark.parametrize("error", [VendorUnavailable(), ModelAnswerInvalid(answer="no")])
def test_stage_is_tried_again_when_the_model_may_come_back(optimise, credits, error):
    call = optimise()

    with pytest.raises(type(error)):
        call(ScriptedModel(error, error))

    assert held(credits, call) == 5


def test_user_gets_the_basic_version_for_free_when_the_model_stays_down(optimise, credits):
    call = optimise()
    for _ in range(TRIES_BEFORE_BASIC - 1):
        with pytest.raises(VendorUnavailable):
            call(ScriptedModel(VendorUnavailable()))

    optimised = call(ScriptedModel(VendorUnavailable()))

    assert (optimised["basic"], {change["state"] for change in optimised["changes"]}) == (True, {"applied"})
    assert optimised["resume"]["work"][0]["highlights"][1] == "用 MySQL 和 Redis 优化查询"
    assert optimised["source"]["work"][0]["highlights"][1] == "用 mysql 和 redis 优化查询"
    assert held(credits, call) == 0


def test_user_gets_the_basic_version_at_once_when_the_model_refuses_for_good(optimise, credits):
    call = optimise()

    optimised = call(ScriptedModel(CredentialRejected()))

    assert optimised["basic"] is True
    assert held(credits, call) == 0


def test_user_gets_the_basic_version_when_every_try_ran_out_of_time(optimise, credits):
    call = optimise()
    for _ in range(TRIES_BEFORE_BASIC):
        with pytest.raises(DeadlineExceeded):
            call(ScriptedModel(DeadlineExceeded()))
    model = ScriptedModel()

    optimised = call(model)

    assert model.asked == []
    assert optimised["basic"] is True
    assert held(credits, call) == 0


def test_nothing_is_charged_when_working_offline(optimise, credits):
    call = optimise()

    optimised = call(None)

    assert optimised["basic"] is True
    assert held(credits, call) == 0


def test_nothing_is_charged_when_there_is_no_prose(optimise, credits):
    call = optimise(a_resume(basics={"name": "韩梅梅"}, work=[]))

    optimised = call(ScriptedModel())

    assert optimised["basic"] is True
    assert held(credits, call) == 0


def test_model_is_not_asked_when_the_user_wanted_no_rewording(optimise):
    model = ScriptedModel()

    optimised = optimise(optimise=False)(model)

    assert (model.asked, optimised["basic"]) == ([], True)


def test_model_is_asked_when_the_user_changed_their_mind_in_a_later_revision(optimise):
    optimised = optimise(optimise=False, revision=Revision("r2"))(ScriptedModel(HONEST))

    assert optimised["basic"] is False


def test_layout_that_was_chosen_is_the_revisions_when_optimised(optimise):
    options = RenderOptions(accent="#6a3d9a", typeface="serif")

    optimised = optimise(template="modern", options=options)(None)

    assert optimised["template"] == "modern"
    assert RenderOptions.model_validate(optimised["options"]) == options


def test_rewrite_is_left_out_and_the_rest_kept_when_it_is_risky(keep, resumes, objects, clock, prompts, credits):
    row, check = keep(), WordCheck("违禁")
    objects.kept[str(row.key("parsed", "json"))] = a_resume().model_dump_json(by_alias=True).encode()
    run = StageRun("optimise", row.key("parsed", "json"), resumes, objects, 150, clock)
    said = {"changes": [*HONEST["changes"], {"path": FIRST, "text": "违禁地负责支付系统", "reason": "更短"}]}

    optimise_resume(
        run,
        model=ScriptedModel(said),
        prompts=prompts,
        credits=credits,
        moderator=lambda _, subject: Moderator(check, "oHan", Reports(), subject=subject),
    )

    optimised = json.loads(objects.kept[str(run.output)])
    assert optimised["resume"]["work"][0]["highlights"][1] == "使用 MySQL 与 Redis 优化查询"
    assert "违禁" not in json.dumps(optimised, ensure_ascii=False)
    assert LEFT_OUT_WARNING in optimised["resume"]["meta"]["x_cn"]["warnings"]


def test_rewrite_is_kept_when_nobody_can_check_it(keep, resumes, objects, clock, prompts, credits):
    row, check, reports = keep(), WordCheck("违禁"), Reports()
    check.fail["check_text"] = [VendorUnavailable()]
    objects.kept[str(row.key("parsed", "json"))] = a_resume().model_dump_json(by_alias=True).encode()
    run = StageRun("optimise", row.key("parsed", "json"), resumes, objects, 150, clock)

    optimise_resume(
        run,
        model=ScriptedModel(HONEST),
        prompts=prompts,
        credits=credits,
        moderator=lambda _, subject: Moderator(check, "oHan", reports, subject=subject),
    )

    assert json.loads(objects.kept[str(run.output)])["changes"][0]["path"] == SECOND
    assert reports.codes == [(row.id, "vendor_unavailable")]
