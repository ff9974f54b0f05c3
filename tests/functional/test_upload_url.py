"""POST /resume/upload-url through functions/upload_url, and what the bucket makes of the form it gives."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.functional.cloud import Cloud
from tests.functional.phone import Phone

CONTENT = b"%PDF-1.7 whatever"
MEBIBYTE = 1024 * 1024


def test_upload_url_holds_the_price_and_gives_a_form_when_the_file_is_fine(cloud: Cloud) -> None:
    phone = cloud.member()

    answer = phone.ask_for_upload("我的简历.PDF", 1000, jd="后端工程师")

    form = answer.json["upload"]
    left = datetime.fromisoformat(form["expires_at"].replace("Z", "+00:00")) - cloud.clock.now()
    assert answer.status == 201
    assert form["name"] == "file"
    assert form["form_data"]["key"].endswith(f"/{answer.json['resume_id']}/source.pdf")
    assert timedelta(minutes=14) < left <= timedelta(minutes=15)
    assert phone.credits == (0, 5)
    assert phone.outcome(answer.json["resume_id"]) == ("waiting_for_upload", None)


@pytest.mark.parametrize(
    ("filename", "size", "refusal"),
    [
        ("a.pdf", 0, (422, "file_empty", "文件是空的（0 字节），请重新选择文件")),
        ("a.pdf", 10 * MEBIBYTE + 1, (413, "file_too_large", "文件太大，请压缩后再上传")),
        ("a.exe", 9, (415, "file_type_unsupported", "不支持这种文件，请上传 PDF、Word（.doc、.docx）或清晰的图片")),
        ("a.pdf.exe", 9, (415, "file_type_unsupported", "不支持这种文件，请上传 PDF、Word（.doc、.docx）或清晰的图片")),
        ("简历", 9, (415, "file_type_unsupported", "不支持这种文件，请上传 PDF、Word（.doc、.docx）或清晰的图片")),
    ],
)
def test_upload_url_holds_nothing_when_the_file_cannot_be_used(
    cloud: Cloud, filename: str, size: int, refusal: tuple[int, str, str]
) -> None:
    phone = cloud.member()

    answer = phone.ask_for_upload(filename, size)

    assert answer.refusal == refusal
    assert phone.credits == (5, 0)
    assert phone.call("GET", "/resume").json == {"resumes": []}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("filename", "  "),
        ("filename", None),
        ("filename", "x" * 256),
        ("size", -1),
        ("size", "many"),
        ("jd", "长" * 8001),
        ("template", "no-such-template"),
    ],
)
def test_upload_url_names_the_field_when_it_is_wrong(cloud: Cloud, field: str, value: object) -> None:
    phone = cloud.member()

    answer = phone.call("POST", "/resume/upload-url", {"filename": "a.pdf", "size": 9, field: value})

    assert answer.refusal == (422, "invalid_field", "提交的内容格式不正确")
    assert answer.details["field"] == field
    assert phone.credits == (5, 0)


def test_upload_url_is_refused_when_not_logged_in(cloud: Cloud) -> None:
    answer = cloud.call("upload_url", "POST", "/resume/upload-url", {"filename": "a.pdf", "size": 9})

    assert answer.refusal == (401, "not_logged_in", "请先登录")


def test_upload_url_is_refused_when_the_credits_are_held_already(cloud: Cloud) -> None:
    phone = cloud.member()
    phone.ask_for_upload("a.pdf", 9)

    answer = phone.ask_for_upload("b.pdf", 9)

    assert answer.refusal == (402, "credits_exhausted", "积分不足，请先充值")
    assert phone.credits == (0, 5)
    assert len(phone.call("GET", "/resume").json["resumes"]) == 1


def test_upload_url_lets_one_through_when_five_ask_at_once_with_credits_for_one(cloud: Cloud) -> None:
    phone = cloud.member()

    answers = cloud.at_once(lambda: phone.ask_for_upload("a.pdf", 9), times=5)

    assert sorted(answer.status for answer in answers) == [201, 402, 402, 402, 402]
    assert phone.credits == (0, 5)


def test_upload_url_costs_nothing_when_no_optimisation_is_wanted(cloud: Cloud) -> None:
    phone = cloud.member()
    phone.ask_for_upload("a.pdf", 9)

    answer = phone.ask_for_upload("b.pdf", 9, optimise=False)

    assert answer.status == 201
    assert phone.credits == (0, 5)


def test_upload_url_gives_the_same_form_and_holds_once_when_the_key_is_repeated(cloud: Cloud) -> None:
    phone = cloud.member()
    wanted = {"filename": "a.pdf", "size": 9}

    answers = [phone.call("POST", "/resume/upload-url", wanted, key="up-1") for _ in range(2)]

    assert answers[0].json == answers[1].json
    assert phone.credits == (0, 5)


def test_upload_url_is_limited_per_user_when_it_is_asked_for_too_often(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIMITS_UPLOADS_PER_HOUR", "1")
    alice, bob = cloud.member("alice"), cloud.member("bob")
    alice.ask_for_upload("a.pdf", 9, optimise=False)

    answer = alice.ask_for_upload("b.pdf", 9, optimise=False)

    assert answer.refusal == (429, "too_many_requests", "操作太频繁了，请稍后再试")
    assert 1 <= int(answer.headers["retry-after"]) <= 3600
    assert bob.ask_for_upload("a.pdf", 9).status == 201


def test_upload_url_works_uncounted_when_redis_is_down(cloud: Cloud, down: Callable[[str], None]) -> None:
    down("redis")

    answer = cloud.member().ask_for_upload("a.pdf", 9)

    assert answer.status == 201


# -- the form at the bucket ------------------------------------------------------------------------------------


def _form(cloud: Cloud, **options: Any) -> dict[str, Any]:
    form: dict[str, Any] = cloud.member().ask_for_upload("a.pdf", len(CONTENT), **options).json["upload"]
    return form


def _refusal(reply: httpx.Response) -> tuple[int, str]:
    return reply.status_code, reply.text.partition("<Code>")[2].partition("</Code>")[0]


def test_upload_form_is_accepted_when_it_is_used_as_it_came(cloud: Cloud) -> None:
    form = _form(cloud)

    reply = cloud.post_form(form, CONTENT)

    assert reply.status_code == 204
    assert cloud.keys == [form["form_data"]["key"]]


@pytest.mark.parametrize("key", ["uploads/u_bob/s_other/source.pdf", "rendered/u_bob/s_other/r1.pdf", "x"])
def test_upload_form_is_refused_when_it_is_used_for_another_key(cloud: Cloud, key: str) -> None:
    reply = cloud.post_form(_form(cloud), CONTENT, key=key)

    assert _refusal(reply) == (403, "AccessDenied")
    assert cloud.keys == []


@pytest.mark.parametrize(
    ("content", "refusal"),
    [(b"", (400, "EntityTooSmall")), (bytes(MEBIBYTE + 1), (400, "EntityTooLarge"))],
    ids=["empty", "too large"],
)
def test_upload_form_is_refused_when_the_file_has_another_size(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch, content: bytes, refusal: tuple[int, str]
) -> None:
    monkeypatch.setenv("LIMITS_UPLOAD_MAX_MB", "1")

    reply = cloud.post_form(_form(cloud), content)

    assert _refusal(reply) == refusal
    assert cloud.keys == []


@pytest.mark.parametrize("field", ["policy", "q-signature", "q-key-time", "x-cos-security-token"])
def test_upload_form_is_refused_when_a_signed_field_is_changed(cloud: Cloud, field: str) -> None:
    form = _form(cloud)

    reply = cloud.post_form(form, CONTENT, **{field: form["form_data"][field][::-1]})

    assert reply.status_code in (400, 403)
    assert cloud.keys == []


def test_upload_form_is_refused_when_it_is_used_too_late(cloud: Cloud) -> None:
    form = _form(cloud)
    cloud.control("cos", "clock", {"offset_s": 16 * 60})

    reply = cloud.post_form(form, CONTENT)

    assert reply.status_code == 403
    assert cloud.keys == []


def test_client_with_an_sdk_gets_keys_for_its_own_object_only(cloud: Cloud, alice: Phone) -> None:
    ticket = alice.ask_for_upload("简历.docx", 100, sdk=True).json

    keys = ticket["keys"]
    issued = cloud.control("tencent_cloud", "state")["sts"]["issued"]
    assert keys["key"] == ticket["upload"]["form_data"]["key"]
    assert keys["tmp_secret_id"].startswith("AKID")
    assert keys["expires_at"] - keys["starts_at"] == 900
    assert [one["policy"]["statement"][0]["resource"][0].rpartition("/uploads/")[2] for one in issued] == [
        keys["key"].removeprefix("uploads/")
    ]


def test_no_keys_are_asked_for_when_the_client_does_not_want_them(cloud: Cloud, alice: Phone) -> None:
    ticket = alice.ask_for_upload("简历.docx", 100).json

    assert ticket.get("keys") is None
    assert cloud.control("tencent_cloud", "state")["sts"]["issued"] == []


def test_keys_are_refused_before_anything_is_held_when_there_are_none_to_give(
    cloud: Cloud, alice: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STS_SECRET_ID", "")
    monkeypatch.setenv("STS_SECRET_KEY", "")
    cloud.platform.restart()
    before = alice.credits

    refusal = alice.ask_for_upload("简历.docx", 100, sdk=True).refusal

    assert refusal[:2] == (422, "invalid_field")
    assert alice.credits == before


def test_nothing_is_held_when_the_keys_cannot_be_had(cloud: Cloud, alice: Phone) -> None:
    before = alice.credits
    cloud.fault("tencent_cloud", "GetFederationToken", kind="code", code="UnauthorizedOperation", times=5)

    refusal = alice.ask_for_upload("简历.docx", 100, sdk=True).refusal

    assert refusal[:2] == (502, "credential_rejected")
    assert alice.credits == before
    assert alice.call("GET", "/resume").json["resumes"] == []
