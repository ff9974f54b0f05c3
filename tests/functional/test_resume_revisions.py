"""PUT /resume/{id} and POST /resume/{id}/changes, /render, /optimise through functions/resume: every one a new revision."""

from typing import Any

import httpx
import pytest

from tests.functional import files
from tests.functional.cloud import Cloud
from tests.functional.phone import Phone

NOT_READY = (409, "resume_not_ready", "简历还在处理中，请稍候")
INVALID = (422, "invalid_field", "提交的内容格式不正确")

EVERY_REVISION: list[tuple[str, str, Any]] = [
    ("PUT", "", {"basics": {"name": files.NAME}}),
    ("POST", "/changes", {"reject": ["c1"]}),
    ("POST", "/render", {"template": "classic"}),
    ("POST", "/restore", {"revision": "r1"}),
    ("POST", "/optimise", {}),
]


def _bullet(detail: dict[str, Any]) -> str:
    return str(detail["optimised"]["work"][0]["highlights"][0])


def test_edit_starts_a_free_revision_with_the_users_text_when_the_resume_is_ready(
    cloud: Cloud, alice: Phone, ready: str
) -> None:
    edited = alice.resume(ready)["optimised"]
    edited["basics"]["name"] = "林小雯"
    before = alice.credits

    answer = alice.call("PUT", f"/resume/{ready}", edited)

    detail = alice.resume(ready)
    assert (answer.status, answer.json) == (202, {"revision": "r2"})
    assert (detail["revision"], detail["optimised"]["basics"]["name"], detail["changes"]) == ("r2", "林小雯", [])
    assert detail["parsed"]["basics"]["name"] == files.NAME
    assert cloud.started() == ["render"]
    assert alice.credits == before


def test_edit_is_typeset_when_it_was_accepted(cloud: Cloud, alice: Phone, ready: str) -> None:
    alice.call("PUT", f"/resume/{ready}", {"basics": {"name": "林小雯"}})

    ran = cloud.follow()

    link = alice.call("GET", f"/resume/download/{ready}.pdf").headers["location"]
    assert ran == ["render", "notify"]
    assert alice.outcome(ready) == ("ready", None)
    assert cloud.fetch(link).content.startswith(b"%PDF-")
    assert alice.credits == (10, 0)


@pytest.mark.parametrize("content", [{"work": "none"}, {"basics": {"name": ["x"]}}, {"education": [{"courses": 3}]}])
def test_edit_names_the_field_when_it_is_no_resume(cloud: Cloud, alice: Phone, ready: str, content: Any) -> None:
    answer = alice.call("PUT", f"/resume/{ready}", content)

    assert answer.refusal == INVALID
    assert answer.details["field"].startswith(next(iter(content)))
    assert alice.resume(ready)["revision"] == "r1"


def test_changes_put_the_original_back_when_one_is_rejected(cloud: Cloud, alice: Phone, ready: str) -> None:
    reworded = _bullet(alice.resume(ready))

    answer = alice.call("POST", f"/resume/{ready}/changes", {"reject": ["c1"]})

    detail = alice.resume(ready)
    assert (answer.status, answer.json) == (202, {"revision": "r2"})
    assert _bullet(detail) == files.BULLET != reworded
    assert detail["changes"][0]["state"] == "rejected"
    assert detail["changes"][1]["state"] == "applied"


def test_changes_bring_the_rewording_back_when_it_is_accepted_after_all(cloud: Cloud, alice: Phone, ready: str) -> None:
    reworded = _bullet(alice.resume(ready))
    alice.call("POST", f"/resume/{ready}/changes", {"reject": ["c1", "c2"]})

    alice.call("POST", f"/resume/{ready}/changes", {"accept": ["c1"]})

    detail = alice.resume(ready)
    assert detail["revision"] == "r3"
    assert _bullet(detail) == reworded
    assert [change["state"] for change in detail["changes"]] == ["applied", "rejected"]


def test_changes_name_the_field_when_they_are_no_list(alice: Phone) -> None:
    resume_id = alice.upload(files.docx())

    answer = alice.call("POST", f"/resume/{resume_id}/changes", {"reject": "c1"})

    assert answer.refusal == INVALID
    assert answer.details["field"] == "reject"


def test_render_starts_a_revision_with_the_same_text_when_the_template_exists(
    cloud: Cloud, alice: Phone, ready: str
) -> None:
    before = alice.resume(ready)

    answer = alice.call("POST", f"/resume/{ready}/render", {"template": "classic"})

    detail = alice.resume(ready)
    assert (answer.status, answer.json) == (202, {"revision": "r2"})
    assert detail["optimised"] == before["optimised"]
    assert cloud.started() == ["render"]


@pytest.mark.parametrize("content", [{}, {"template": ""}, {"template": "../classic"}, {"template": 1}])
def test_render_names_the_field_when_there_is_no_such_template(alice: Phone, content: Any) -> None:
    resume_id = alice.upload(files.docx())

    answer = alice.call("POST", f"/resume/{resume_id}/render", content)

    assert answer.refusal == INVALID
    assert answer.details["field"] == "template"


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"colour": "#000000"}, "options.colour"),
        ({"accent": "#ffff00"}, "options.accent"),
        ({"order": "x"}, "options.order"),
    ],
)
def test_render_names_the_option_when_it_is_unknown_or_wrong(alice: Phone, options: Any, field: str) -> None:
    resume_id = alice.upload(files.docx())

    answer = alice.call("POST", f"/resume/{resume_id}/render", {"template": "classic", "options": options})

    assert answer.refusal == INVALID
    assert answer.details["field"] == field


def test_optimise_again_holds_the_price_and_asks_for_the_new_job_when_there_are_credits(
    cloud: Cloud, alice: Phone, ready: str
) -> None:
    answer = alice.call("POST", f"/resume/{ready}/optimise", {"jd": "精通 Redis"})

    held = alice.credits
    ran = cloud.follow(lose="render")
    detail = alice.resume(ready)
    assert (answer.status, answer.json) == (202, {"revision": "r2"})
    assert held == (5, 5)
    assert ran == ["optimise"]
    assert (detail["state"], detail["revision"]) == ("optimised", "r2")
    assert "与职位要求中的 Redis 对应" in detail["changes"][0]["reason"]


def test_optimise_again_changes_nothing_when_there_are_no_credits(cloud: Cloud, alice: Phone, ready: str) -> None:
    for _ in range(2):
        alice.ask_for_upload("a.pdf", 9)
    before = alice.resume(ready)

    answer = alice.call("POST", f"/resume/{ready}/optimise", {})

    assert answer.refusal == (402, "credits_exhausted", "积分不足，请先充值")
    assert alice.resume(ready) == before
    assert cloud.started() == []


def test_optimise_again_gives_the_credits_back_when_the_bucket_is_down(cloud: Cloud, alice: Phone, ready: str) -> None:
    cloud.fault("cos", "PutObject", kind="status", status=503, times=3)

    answer = alice.call("POST", f"/resume/{ready}/optimise", {})

    assert answer.refusal[:2] == (503, "vendor_busy")
    assert alice.credits == (10, 0)


def test_optimise_again_names_the_field_when_the_job_is_too_long(alice: Phone) -> None:
    resume_id = alice.upload(files.docx())

    answer = alice.call("POST", f"/resume/{resume_id}/optimise", {"jd": "长" * 8001})

    assert answer.refusal == INVALID
    assert answer.details["field"] == "jd"


@pytest.mark.parametrize(("method", "action", "content"), EVERY_REVISION)
def test_revision_is_refused_when_nothing_was_uploaded_yet(
    alice: Phone, method: str, action: str, content: Any
) -> None:
    resume_id = alice.ask_for_upload("a.pdf", 9).json["resume_id"]

    answer = alice.call(method, f"/resume/{resume_id}{action}", content)

    assert answer.refusal == NOT_READY


@pytest.mark.parametrize(("method", "action", "content"), EVERY_REVISION)
def test_revision_is_refused_when_the_one_before_is_still_under_way(
    cloud: Cloud, alice: Phone, method: str, action: str, content: Any
) -> None:
    alice.pay(alice.open_order())
    resume_id = alice.upload(files.docx())
    cloud.follow(lose="render")

    answer = alice.call(method, f"/resume/{resume_id}{action}", content)

    assert answer.refusal == NOT_READY
    assert alice.resume(resume_id)["revision"] == "r1"
    assert alice.credits == (10, 5)


@pytest.mark.parametrize(("method", "action", "content"), EVERY_REVISION[1:])
def test_revision_is_made_once_when_the_idempotency_key_is_repeated(
    alice: Phone, ready: str, method: str, action: str, content: Any
) -> None:
    path = f"/resume/{ready}{action}"

    answers = [alice.call(method, path, content, key="again-1") for _ in range(2)]

    assert [answer.json for answer in answers] == [{"revision": "r2"}] * 2
    assert alice.resume(ready)["revision"] == "r2"


def test_layout_of_the_upload_is_kept_when_the_resume_is_optimised_again_and_decided_about(
    cloud: Cloud, alice: Phone
) -> None:
    alice.pay(alice.open_order())
    chosen = {"accent": "#6a3d9a", "density": "compact", "order": ["skills"]}
    resume_id = alice.finish(files.docx(), template="modern", options=chosen)
    first = alice.resume(resume_id)

    alice.call("POST", f"/resume/{resume_id}/optimise", {})
    cloud.follow()
    alice.call("POST", f"/resume/{resume_id}/changes", {"reject": ["c1"]})
    cloud.follow()

    last = alice.resume(resume_id)
    assert (first["template"], first["options"]) == ("modern", chosen)
    assert (last["revision"], last["state"]) == ("r3", "ready")
    assert (last["template"], last["options"]) == ("modern", chosen)


def test_form_of_a_client_carries_options_when_it_uploads_through_us(cloud: Cloud, alice: Phone) -> None:
    fields = {"template": "modern", "options": '{"typeface": "serif"}'}
    request = httpx.Request(
        "POST",
        "https://api.example.com/resume/upload",
        headers={"Authorization": f"Bearer {alice.token}"},
        data=fields,
        files={"resume": ("简历.docx", files.docx())},
    )

    resume_id = cloud.platform.request_web("upload", request).json["resume_id"]
    cloud.follow()

    detail = alice.resume(resume_id)
    assert (detail["state"], detail["template"], detail["options"]) == ("ready", "modern", {"typeface": "serif"})
    assert any("宋体" in warning for warning in detail["warnings"])


def test_earlier_revision_comes_back_with_its_layout_when_it_is_restored(
    cloud: Cloud, alice: Phone, ready: str
) -> None:
    first = alice.resume(ready)
    alice.call("PUT", f"/resume/{ready}", {"basics": {"name": "林小雯"}})
    cloud.follow()
    alice.call("POST", f"/resume/{ready}/render", {"template": "modern"})
    cloud.follow()
    before = alice.credits

    answer = alice.call("POST", f"/resume/{ready}/restore", {"revision": "r1"})

    cloud.follow()
    detail = alice.resume(ready)
    assert (answer.status, answer.json) == (202, {"revision": "r4"})
    assert (detail["state"], detail["revisions"]) == ("ready", ["r1", "r2", "r3", "r4"])
    assert detail["optimised"] == first["optimised"]
    assert detail["changes"] == first["changes"]
    assert detail["template"] == first["template"]
    assert alice.credits == before


@pytest.mark.parametrize(
    ("revision", "refusal"),
    [("r9", (404, "not_found", "没有找到相关内容")), ("../r1", INVALID), ("r0", INVALID), (1, INVALID)],
)
def test_revision_is_refused_when_there_is_none_of_that_name(
    cloud: Cloud, alice: Phone, ready: str, revision: Any, refusal: Any
) -> None:
    answer = alice.call("POST", f"/resume/{ready}/restore", {"revision": revision})

    assert answer.refusal == refusal
    assert alice.resume(ready)["revision"] == "r1"
