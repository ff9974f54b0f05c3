"""POST /resume/upload through the WSGI application of functions/upload, the web function."""

from typing import Any

import httpx
import pytest

from tests.functional import files
from tests.functional.cloud import Cloud
from tests.functional.phone import Phone
from tests.functional.scf import Answer

MEBIBYTE = 1024 * 1024


def _post(cloud: Cloud, phone: Phone | None, *, method: str = "POST", **content: Any) -> Answer:
    own = {"Authorization": f"Bearer {phone.token}"} if phone else {}
    headers = {**own, **content.pop("headers", {})}
    request = httpx.Request(method, "https://api.example.com/resume/upload", headers=headers, **content)
    return cloud.platform.request_web("upload", request)


def _upload(cloud: Cloud, phone: Phone | None, content: bytes, filename: str) -> Answer:
    return _post(cloud, phone, files={"resume": (filename, content)})


def test_upload_stores_the_file_and_holds_the_price_when_it_is_a_resume(cloud: Cloud, alice: Phone) -> None:
    content = files.docx()

    answer = _upload(cloud, alice, content, "我的简历.docx")

    (key,) = cloud.keys
    (stored,) = cloud.control("cos", "state")["objects"]
    assert answer.status == 201
    assert key.endswith(f"/{answer.json['resume_id']}/source.docx")
    assert stored["size_bytes"] == len(content)
    assert alice.credits == (0, 5)


def test_upload_starts_the_pipeline_when_it_is_stored(cloud: Cloud, alice: Phone) -> None:
    resume_id = _upload(cloud, alice, files.docx(), "我的简历.docx").json["resume_id"]

    ran = cloud.follow(lose="optimise")

    assert ran == ["parse"]
    assert alice.resume(resume_id)["parsed"]["basics"]["name"] == files.NAME
    assert alice.resume(resume_id)["filename"] == "我的简历.docx"


def test_upload_is_announced_again_when_its_event_got_lost(cloud: Cloud, alice: Phone) -> None:
    resume_id = _upload(cloud, alice, files.docx(), "a.docx").json["resume_id"]
    cloud.follow(lose="parse")
    cloud.pass_time(minutes=4)

    swept = cloud.tick("sweep")

    assert swept["redelivered"] == 1
    assert cloud.follow(lose="optimise") == ["parse"]
    assert alice.outcome(resume_id) == ("parsed", None)


@pytest.mark.parametrize(
    ("content", "filename", "refusal"),
    [
        (b"", "a.pdf", (422, "file_empty", "文件是空的（0 字节），请重新选择文件")),
        (
            files.EXECUTABLE,
            "a.exe",
            (415, "file_type_unsupported", "不支持这种文件，请上传 PDF、Word（.doc、.docx）或清晰的图片"),
        ),
        (bytes(MEBIBYTE + 1), "a.pdf", (413, "file_too_large", "文件太大，请压缩后再上传")),
    ],
    ids=["empty", "exe", "too large"],
)
def test_upload_holds_nothing_when_the_file_cannot_be_used(
    cloud: Cloud,
    alice: Phone,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes,
    filename: str,
    refusal: tuple[int, str, str],
) -> None:
    monkeypatch.setenv("LIMITS_UPLOAD_MAX_MB", "1")

    answer = _upload(cloud, alice, content, filename)

    assert answer.refusal == refusal
    assert alice.credits == (5, 0)
    assert cloud.keys == []


@pytest.mark.parametrize("parts", [{"file": ("a.pdf", b"x")}, {"resume": (None, "no file")}, {"resume": ("", b"x")}])
def test_upload_names_the_part_when_it_is_missing(cloud: Cloud, alice: Phone, parts: dict[str, Any]) -> None:
    answer = _post(cloud, alice, files=parts)

    assert answer.refusal == (422, "invalid_field", "提交的内容格式不正确")
    assert answer.details["field"] == "resume"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data", b"--x--"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=resume"),
        ("multipart/form-data; boundary=x", b"no form at all"),
    ],
    ids=["json", "no boundary", "cut off", "something else"],
)
def test_upload_is_refused_when_the_form_is_broken(cloud: Cloud, alice: Phone, kind: str, body: bytes) -> None:
    answer = _post(cloud, alice, content=body, headers={"Content-Type": kind})

    assert answer.refusal == (400, "bad_request", "请求有误，请检查后重试")


def test_upload_is_refused_when_not_logged_in(cloud: Cloud) -> None:
    answer = _upload(cloud, None, files.docx(), "a.docx")

    assert answer.refusal == (401, "not_logged_in", "请先登录")


def test_upload_is_refused_when_the_credits_are_held_already(cloud: Cloud, alice: Phone) -> None:
    _upload(cloud, alice, files.docx(), "a.docx")

    answer = _upload(cloud, alice, files.docx(), "b.docx")

    assert answer.refusal == (402, "credits_exhausted", "积分不足，请先充值")
    assert len(cloud.keys) == 1


def _tried_again(cloud: Cloud, phone: Phone, *contents: bytes) -> list[Answer]:
    """Uploads under one Idempotency-Key; as in every client, each form has a boundary of its own."""
    key = {"Idempotency-Key": "up-1"}
    return [_post(cloud, phone, files={"resume": ("a.pdf", content)}, headers=key) for content in contents]


def test_upload_is_stored_once_when_the_idempotency_key_is_repeated(cloud: Cloud, alice: Phone) -> None:
    first, again = _tried_again(cloud, alice, b"%PDF one", b"%PDF one")

    assert (first.status, again.status) == (201, 201)
    assert first.json == again.json
    assert len(cloud.keys) == 1
    assert alice.credits == (0, 5)


def test_upload_is_refused_when_the_idempotency_key_is_used_for_another_file(cloud: Cloud, alice: Phone) -> None:
    first, another = _tried_again(cloud, alice, b"%PDF one", b"%PDF two")

    assert first.status == 201
    assert another.refusal == (409, "idempotency_key_reused", "重复的请求编号，但内容不同")


def test_upload_is_stored_when_the_bucket_is_overloaded_twice(cloud: Cloud, alice: Phone) -> None:
    cloud.fault("cos", "PutObject", kind="status", status=503, times=2)

    answer = _upload(cloud, alice, files.docx(), "a.docx")

    assert answer.status == 201
    assert len(cloud.keys) == 1


def test_upload_gives_the_credits_back_when_the_bucket_is_down(cloud: Cloud, alice: Phone) -> None:
    cloud.fault("cos", "PutObject", kind="status", status=503, times=3)

    answer = _upload(cloud, alice, files.docx(), "a.docx")

    assert answer.refusal == (503, "vendor_busy", "当前使用人数较多，请稍后再试")
    assert alice.credits == (5, 0)
    assert alice.call("GET", "/resume").json == {"resumes": []}


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_upload_is_refused_when_the_method_is_wrong(cloud: Cloud, alice: Phone, method: str) -> None:
    answer = _post(cloud, alice, method=method)

    assert answer.refusal == (405, "method_not_allowed", "不支持这种请求方式")


def test_upload_obeys_the_fields_of_the_form_when_there_are_some(cloud: Cloud, alice: Phone) -> None:
    fields = {"optimise": "false", "userId": "somebody-else"}

    answer = _post(cloud, alice, files={"resume": ("a.docx", files.docx())}, data=fields)

    assert answer.status == 201
    assert alice.credits == (5, 0)
