"""/resume through functions/resume: list, watch, download, delete. New revisions are in test_resume_revisions.py."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.functional import files
from tests.functional.cloud import Cloud
from tests.functional.phone import Phone

NOT_FOUND = (404, "not_found", "没有找到相关内容")
NOT_READY = (409, "resume_not_ready", "简历还在处理中，请稍候")

EVERY_WAY_IN: list[tuple[str, str, Any]] = [
    ("GET", "/resume/{id}", None),
    ("PUT", "/resume/{id}", {"basics": {"name": "别人"}}),
    ("DELETE", "/resume/{id}", None),
    ("POST", "/resume/{id}/changes", {"reject": ["c1"]}),
    ("POST", "/resume/{id}/render", {"template": "classic"}),
    ("POST", "/resume/{id}/optimise", {"jd": "x"}),
    ("GET", "/resume/download/{id}.pdf", None),
    ("GET", "/resume/download/{id}.json", None),
]


def test_resumes_are_empty_when_nothing_was_uploaded(cloud: Cloud, alice: Phone) -> None:
    answer = cloud.call("resume", "GET", "/resume", token=alice.token)

    assert (answer.status, answer.json) == (200, {"resumes": []})


def test_resumes_are_listed_newest_first_and_only_my_own_when_several_upload(cloud: Cloud, alice: Phone) -> None:
    bob = cloud.member("bob")
    mine = [alice.upload(files.docx(), filename, optimise=False) for filename in ("a.docx", "b.docx")]
    bob.upload(files.docx())

    resumes = alice.call("GET", "/resume").json["resumes"]

    assert [resume["resume_id"] for resume in resumes] == mine[::-1]
    assert [resume["filename"] for resume in resumes] == ["b.docx", "a.docx"]
    assert {resume["state"] for resume in resumes} == {"waiting_for_upload"}


def test_resume_shows_how_far_it_is_when_it_is_watched(cloud: Cloud, alice: Phone) -> None:
    resume_id = alice.upload(files.docx())
    seen = [alice.resume(resume_id)]

    for lost in ("optimise", "render", "notify"):
        cloud.follow(lose=lost)
        cloud.announce_again(lost)
        seen.append(alice.resume(resume_id))

    assert [detail["state"] for detail in seen] == ["waiting_for_upload", "parsed", "optimised", "ready"]
    assert [detail["progress"] for detail in seen] == [0, 35, 75, 100]
    assert [len(detail["stages"]) for detail in seen] == [0, 1, 2, 3]
    assert seen[1]["title"] == files.NAME
    assert seen[0]["parsed"] is None
    assert seen[1]["parsed"] == seen[3]["parsed"]


def test_resume_shows_the_reason_in_chinese_when_it_failed(cloud: Cloud, alice: Phone) -> None:
    resume_id = alice.finish(files.EXECUTABLE, "简历.pdf")

    detail = alice.resume(resume_id)

    assert (detail["state"], detail["progress"]) == ("failed", 100)
    assert detail["failure"] == {
        "stage": "parse",
        "code": "file_type_mismatch",
        "message": "文件内容与扩展名不符，不是可以读取的简历，请用 Word 或 WPS 打开后另存为 PDF 再上传",
    }


@pytest.mark.parametrize(("method", "path", "content"), EVERY_WAY_IN)
def test_resume_is_not_found_when_it_is_somebody_elses(
    cloud: Cloud, alice: Phone, method: str, path: str, content: Any
) -> None:
    resume_id = alice.upload(files.docx())
    before = cloud.keys
    bob = cloud.member("bob")

    answer = bob.call(method, path.format(id=resume_id), content)

    assert answer.refusal == NOT_FOUND
    assert cloud.keys == before
    assert bob.credits == (5, 0)


@pytest.mark.parametrize(("method", "path", "content"), EVERY_WAY_IN)
def test_resume_is_not_found_when_it_does_not_exist(
    cloud: Cloud, alice: Phone, method: str, path: str, content: Any
) -> None:
    answer = alice.call(method, path.format(id="s_unknown"), content)

    assert answer.refusal == NOT_FOUND


@pytest.mark.parametrize(("method", "path", "content"), [("GET", "/resume", None), *EVERY_WAY_IN])
def test_resume_is_refused_when_not_logged_in(cloud: Cloud, method: str, path: str, content: Any) -> None:
    answer = cloud.call("resume", method, path.format(id="s_any"), content)

    assert answer.refusal == (401, "not_logged_in", "请先登录")


@pytest.mark.parametrize(
    ("method", "path", "refusal"),
    [
        ("POST", "/resume/s_any/explode", NOT_FOUND),
        ("GET", "/resume/s_any/r1/x", NOT_FOUND),
        ("PATCH", "/resume/s_any", (405, "method_not_allowed", "不支持这种请求方式")),
        ("DELETE", "/resume", (405, "method_not_allowed", "不支持这种请求方式")),
    ],
)
def test_resume_is_refused_when_there_is_no_such_thing_to_do(
    alice: Phone, method: str, path: str, refusal: tuple[int, str, str]
) -> None:
    answer = alice.call(method, path)

    assert answer.refusal == refusal


# -- downloading -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("extension", ["pdf", "docx", "png", "json"])
def test_download_leads_to_the_file_under_a_good_name_when_it_is_ready(
    cloud: Cloud, alice: Phone, ready: str, extension: str
) -> None:
    answer = alice.call("GET", f"/resume/download/{ready}.{extension}")

    file = cloud.fetch(answer.headers["location"])
    assert (answer.status, answer.content) == (302, b"")
    assert answer.headers["cache-control"] == "no-store"
    assert (file.status_code, file.content) == (200, f"a {extension}".encode())
    assert quote(f"{files.NAME}-简历.{extension}") in file.headers["content-disposition"]


def test_download_is_refused_when_the_resume_is_not_ready(cloud: Cloud, alice: Phone) -> None:
    resume_id = alice.upload(files.docx())
    cloud.follow(lose="optimise")

    answer = alice.call("GET", f"/resume/download/{resume_id}.pdf")

    assert answer.refusal == NOT_READY


@pytest.mark.parametrize("file", ["{id}.exe", "{id}", ".pdf", "123.pdf", "{id}.pdf.pdf"])
def test_download_is_not_found_when_there_is_no_such_file(alice: Phone, file: str) -> None:
    resume_id = alice.upload(files.docx())

    answer = alice.call("GET", f"/resume/download/{file.format(id=resume_id)}")

    assert answer.refusal == NOT_FOUND


def test_download_link_ends_when_it_is_used_too_late(cloud: Cloud, alice: Phone, ready: str) -> None:
    link = alice.call("GET", f"/resume/download/{ready}.pdf").headers["location"]
    cloud.control("cos", "clock", {"offset_s": 11 * 60})

    file = cloud.fetch(link)

    assert file.status_code == 403


def test_download_link_opens_nothing_else_when_it_is_changed(cloud: Cloud, alice: Phone, ready: str) -> None:
    link = alice.call("GET", f"/resume/download/{ready}.pdf").headers["location"]

    file = cloud.fetch(link.replace("/r1.pdf?", "/r1.docx?"))

    assert file.status_code == 403


# -- deleting --------------------------------------------------------------------------------------------------


def test_delete_removes_every_trace_when_the_resume_is_ready(cloud: Cloud, alice: Phone, ready: str) -> None:
    answer = alice.call("DELETE", f"/resume/{ready}")

    assert (answer.status, answer.content) == (204, b"")
    assert cloud.keys == []
    assert alice.call("GET", f"/resume/{ready}").refusal == NOT_FOUND
    assert alice.call("DELETE", f"/resume/{ready}").refusal == NOT_FOUND


def test_delete_gives_the_credits_back_when_the_work_has_not_ended(cloud: Cloud, alice: Phone) -> None:
    resume_id = alice.upload(files.docx())
    cloud.follow(lose="optimise")

    alice.call("DELETE", f"/resume/{resume_id}")

    assert alice.credits == (5, 0)
    assert cloud.follow() == []


def test_delete_leaves_the_others_alone_when_there_are_several(cloud: Cloud, alice: Phone) -> None:
    first, second = (alice.upload(files.docx(), optimise=False) for _ in range(2))

    alice.call("DELETE", f"/resume/{first}")

    assert [key for key in cloud.keys if second in key] == cloud.keys
    assert len(cloud.keys) == 1
    assert alice.outcome(second) == ("waiting_for_upload", None)


def test_delete_can_be_repeated_when_the_bucket_was_down(cloud: Cloud, alice: Phone, ready: str) -> None:
    cloud.fault("cos", "DeleteObject", kind="status", status=503, times=3, skip=1)

    refused = alice.call("DELETE", f"/resume/{ready}")
    answer = alice.call("DELETE", f"/resume/{ready}")

    assert refused.refusal == (503, "vendor_busy", "当前使用人数较多，请稍后再试")
    assert answer.status == 204
    assert cloud.keys == []


@pytest.mark.parametrize(
    "fault", [{"kind": "status", "status": 500}, {"kind": "drop"}, {"kind": "drop", "when": "middle"}]
)
def test_resume_asks_to_wait_when_the_bucket_is_down(
    cloud: Cloud, alice: Phone, ready: str, fault: dict[str, Any]
) -> None:
    cloud.fault("cos", "GetObject", times=3, **fault)

    answer = alice.call("GET", f"/resume/{ready}")

    assert answer.refusal == (503, "vendor_unavailable", "外部服务暂时不可用，请稍后再试")
    assert alice.outcome(ready) == ("ready", None)
