"""functions/parse: COS created uploads/."""

import json
from typing import Any

import pytest

from common.errors import InternalError
from tests.functional import files
from tests.functional.cloud import Cloud
from tests.functional.phone import Phone

WARNING = "智能解析暂时不可用，本次由规则解析，请仔细核对"


def _key(cloud: Cloud) -> str:
    (key,) = [key for key in cloud.keys if key.startswith("uploads/")]
    return key


def _parsed(cloud: Cloud) -> list[str]:
    return [key for key in cloud.keys if key.startswith("parsed/")]


@pytest.mark.parametrize(
    ("content", "filename"),
    [(files.docx(), "简历.docx"), (files.pdf(), "简历.pdf"), (files.rtf(), "简历.doc")],
    ids=["docx", "pdf", "rtf named doc"],
)
def test_parse_structures_the_resume_when_the_file_has_text(
    cloud: Cloud, alice: Phone, content: bytes, filename: str
) -> None:
    resume_id = alice.upload(content, filename)

    result = cloud.deliver("parse", _key(cloud))

    parsed = alice.resume(resume_id)["parsed"]
    assert result == {"records": 1}
    assert alice.outcome(resume_id) == ("parsed", None)
    assert (parsed["basics"]["name"], parsed["basics"]["phone"], parsed["basics"]["email"]) == (
        files.NAME,
        files.PHONE,
        files.EMAIL,
    )
    assert parsed["work"][0]["name"] == files.EMPLOYER
    assert parsed["education"][0]["institution"] == files.SCHOOL
    assert alice.credits == (0, 5)


def test_parse_reads_through_ocr_when_the_file_is_a_picture(cloud: Cloud, alice: Phone) -> None:
    cloud.fault("wechat", "ocr_comm", kind="status", status=200, body=_recognised(files.LINES))
    resume_id = alice.upload(files.photo(), "简历.png")

    cloud.deliver("parse", _key(cloud))

    parsed = alice.resume(resume_id)["parsed"]
    assert parsed["basics"]["name"] == files.NAME
    assert parsed["meta"]["x_cn"]["provenance"]["/basics/name"]["method"] == "ocr"


def test_parse_reads_through_tencent_cloud_when_that_is_the_provider(
    cloud: Cloud, alice: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OCR_PROVIDER", "tencent")
    cloud.fault("tencent_cloud", "GeneralAccurateOCR", kind="status", status=200, body=_detected(files.LINES))
    resume_id = alice.upload(files.photo(), "简历.png")

    cloud.deliver("parse", _key(cloud))

    assert alice.resume(resume_id)["parsed"]["basics"]["name"] == files.NAME
    assert cloud.requests("wechat", "ocr_comm") == []


def test_parse_asks_the_second_ocr_when_the_first_has_no_quota_left(
    cloud: Cloud, alice: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OCR_FALLBACK_PROVIDER", "tencent")
    cloud.fault("wechat", "ocr_comm", kind="errcode", errcode=101003)
    cloud.fault("tencent_cloud", "GeneralAccurateOCR", kind="status", status=200, body=_detected(files.LINES))
    resume_id = alice.upload(files.photo(), "简历.png")

    cloud.deliver("parse", _key(cloud))

    assert alice.resume(resume_id)["parsed"]["basics"]["name"] == files.NAME
    assert len(cloud.requests("wechat", "ocr_comm")) == 1


def test_parse_signs_with_the_keys_of_its_role_when_none_are_set(
    cloud: Cloud, alice: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OCR_PROVIDER", "tencent")
    for name in ("OCR_SECRET_ID", "OCR_SECRET_KEY"):
        monkeypatch.delenv(name)
    cloud.control(
        "tencent_cloud", "limits/ocr", {"calls_left": 0}
    )  # refused for this only after the signature was checked
    resume_id = alice.upload(files.photo(), "简历.png")

    cloud.deliver("parse", _key(cloud))

    assert alice.outcome(resume_id) == ("failed", "vendor_quota_exhausted")


def test_parse_says_what_to_do_when_the_local_engine_is_not_installed(
    cloud: Cloud, alice: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OCR_PROVIDER", "local")
    monkeypatch.setattr("common.documents.local_ocr.find_spec", lambda _name: None)
    resume_id = alice.upload(files.photo(), "简历.png")

    cloud.deliver("parse", _key(cloud))

    assert alice.outcome(resume_id) == ("failed", "ocr_unavailable")
    assert "PDF 或 Word" in alice.resume(resume_id)["failure"]["message"]


def _detected(lines: tuple[str, ...]) -> str:
    def detection(number: int, line: str) -> dict[str, object]:
        corners = [{"X": x, "Y": y} for x, y in _box(40 + 30 * number, 60 + 30 * number)]
        return {"DetectedText": line, "Confidence": 98, "Polygon": corners}

    detections = [detection(number, line) for number, line in enumerate(lines)]
    return json.dumps({"Response": {"TextDetections": detections, "Angle": 0.0, "RequestId": "r"}})


def _recognised(lines: tuple[str, ...]) -> str:
    def corners(number: int) -> dict[str, dict[str, int]]:
        top, bottom = 40 + 30 * number, 60 + 30 * number
        names = ("left_top", "right_top", "right_bottom", "left_bottom")
        return {name: {"x": x, "y": y} for name, (x, y) in zip(names, _box(top, bottom), strict=True)}

    items = [{"text": line, "pos": corners(number)} for number, line in enumerate(lines)]
    return json.dumps({"errcode": 0, "errmsg": "ok", "items": items, "img_size": {"w": 600, "h": 800}})


def _box(top: int, bottom: int) -> list[tuple[int, int]]:
    return [(60, top), (460, top), (460, bottom), (60, bottom)]


def test_parse_works_once_when_the_event_comes_twice(cloud: Cloud, alice: Phone) -> None:
    resume_id = alice.upload(files.docx())
    cloud.deliver("parse", _key(cloud))
    first = alice.resume(resume_id)

    again = cloud.deliver("parse", _key(cloud))

    assert again == {"records": 1}
    assert alice.resume(resume_id) == first
    assert len(cloud.requests("deepseek", "chat")) == files.PARTS


def test_parse_works_once_when_the_event_comes_three_times_at_once(cloud: Cloud, alice: Phone) -> None:
    resume_id = alice.upload(files.docx())
    cloud.fault("deepseek", "chat", kind="slow", seconds=0.4)

    results = cloud.at_once(lambda: cloud.deliver("parse", _key(cloud)), times=3)

    done, *busy = sorted(results, key=lambda result: isinstance(result, Exception))
    assert done == {"records": 1}
    assert [error.facts for error in busy] == [{"code_seen": "stage_busy"}] * 2
    assert alice.outcome(resume_id) == ("parsed", None)
    assert (len(cloud.requests("deepseek", "chat")), len(_parsed(cloud))) == (files.PARTS, 1)


def test_parse_asks_the_model_again_when_it_answers_503_twice(cloud: Cloud, alice: Phone) -> None:
    resume_id = alice.upload(files.docx())
    cloud.fault("deepseek", "chat", kind="status", status=503, times=2)

    cloud.deliver("parse", _key(cloud))

    assert alice.resume(resume_id)["warnings"] == []
    assert len(cloud.requests("deepseek", "chat")) == files.PARTS + 2


def test_parse_asks_the_model_to_repair_its_answer_when_it_is_no_resume(cloud: Cloud, alice: Phone) -> None:
    resume_id = alice.upload(files.docx())
    cloud.fault("deepseek", "chat", kind="array")

    cloud.deliver("parse", _key(cloud))

    assert alice.resume(resume_id)["warnings"] == []
    assert len(cloud.requests("deepseek", "chat")) == files.PARTS + 1


@pytest.mark.parametrize(
    "fault", [{"kind": "status", "status": 503}, {"kind": "status", "status": 402}, {"kind": "array"}, {"kind": "drop"}]
)
def test_parse_reads_by_rules_and_says_so_when_the_model_is_no_help(
    cloud: Cloud, alice: Phone, fault: dict[str, Any]
) -> None:
    resume_id = alice.upload(files.docx())
    cloud.fault("deepseek", "chat", times=99, **fault)

    cloud.deliver("parse", _key(cloud))

    detail = alice.resume(resume_id)
    assert detail["state"] == "parsed"
    assert detail["warnings"] == [WARNING]
    assert detail["parsed"]["basics"]["name"] == files.NAME


@pytest.mark.parametrize(
    ("content", "filename", "failure"),
    [
        (files.pdf(password="open sesame"), "a.pdf", ("file_encrypted", "文件设有密码，请去掉密码后重新上传")),
        (b"%PDF-1.7\nnothing else", "a.pdf", ("file_damaged", "文件已损坏，无法打开，请重新导出后上传")),
        (files.docx(("  ",)), "a.docx", ("no_text_found", "没有在文件里找到文字，请上传更清晰的文件")),
        (
            files.EXECUTABLE,
            "a.pdf",
            (
                "file_type_mismatch",
                "文件内容与扩展名不符，不是可以读取的简历，请用 Word 或 WPS 打开后另存为 PDF 再上传",
            ),
        ),
    ],
    ids=["encrypted", "damaged", "blank", "exe"],
)
def test_parse_fails_with_the_reason_and_gives_the_credits_back_when_the_file_cannot_be_used(
    cloud: Cloud, alice: Phone, content: bytes, filename: str, failure: tuple[str, str]
) -> None:
    resume_id = alice.upload(content, filename)

    result = cloud.deliver("parse", _key(cloud))

    code, message = failure
    assert result == {"records": 1}
    assert alice.resume(resume_id)["failure"] == {"stage": "parse", "code": code, "message": message}
    assert alice.resume(resume_id)["state"] == "failed"
    assert alice.credits == (5, 0)
    assert cloud.requests("deepseek") == []
    assert _parsed(cloud) == []


@pytest.mark.parametrize(
    ("errcode", "code"),
    [(101003, "vendor_quota_exhausted"), (45009, "vendor_quota_exhausted"), (101002, "file_damaged")],
)
def test_parse_fails_and_gives_the_credits_back_when_ocr_is_impossible(
    cloud: Cloud, alice: Phone, errcode: int, code: str
) -> None:
    cloud.fault("wechat", "ocr_comm", kind="errcode", errcode=errcode)
    resume_id = alice.upload(files.photo(), "a.png")

    cloud.deliver("parse", _key(cloud))

    assert alice.outcome(resume_id) == ("failed", code)
    assert alice.credits == (5, 0)


def test_parse_is_repeated_by_the_platform_when_ocr_is_down(cloud: Cloud, alice: Phone) -> None:
    cloud.fault("wechat", "ocr_comm", kind="status", status=500, times=2)
    cloud.fault("wechat", "ocr_comm", kind="status", status=200, body=_recognised(files.LINES))
    resume_id = alice.upload(files.photo(), "a.png")

    with pytest.raises(InternalError) as raised:
        cloud.deliver("parse", _key(cloud))
    cloud.deliver("parse", _key(cloud))

    assert raised.value.facts == {"code_seen": "vendor_unavailable"}
    assert alice.outcome(resume_id) == ("parsed", None)


def test_parse_gives_up_and_returns_the_credits_when_the_bucket_stays_down(cloud: Cloud, alice: Phone) -> None:
    resume_id = alice.upload(files.docx())
    key = _key(cloud)
    cloud.fault("cos", "GetObject", kind="status", status=503, times=99)

    for _ in range(5):
        with pytest.raises(InternalError):
            cloud.deliver("parse", key)
    cloud.deliver("parse", key)

    cloud.control("cos", "reset", {})
    assert alice.outcome(resume_id) == ("failed", "vendor_busy")
    assert alice.credits == (5, 0)


@pytest.mark.parametrize("encoded", [True, False])
@pytest.mark.parametrize(
    "key", ["uploads/简历 终稿.pdf", "uploads/", "uploads/u_a/s_b/r1.pdf", "uploads/../s_b/source.pdf"]
)
def test_parse_ignores_an_object_when_its_key_is_none_of_ours(cloud: Cloud, key: str, encoded: bool) -> None:
    cloud.put(key, files.docx())

    result = cloud.deliver("parse", key, encoded=encoded)

    assert result["records"] in (0, 1)
    assert cloud.keys == [key]


def test_parse_reads_the_upload_when_the_platform_encodes_its_key(cloud: Cloud, alice: Phone) -> None:
    resume_id = alice.upload(files.docx())
    event = cloud.event("parse", [_key(cloud)])
    stored = event["Records"][0]["cos"]["cosObject"]
    stored["key"] = stored["key"].replace("_", "%5F")

    cloud.platform.invoke("parse", event)

    assert alice.outcome(resume_id) == ("parsed", None)


def test_parse_ignores_an_upload_when_it_lies_under_somebody_elses_name(cloud: Cloud, alice: Phone) -> None:
    resume_id = alice.upload(files.docx())
    foreign = f"uploads/u_bob/{resume_id}/source.docx"
    cloud.put(foreign, files.docx())

    cloud.deliver("parse", foreign)

    assert _parsed(cloud) == []
    assert alice.resume(resume_id)["stages"] == []


def test_parse_ignores_an_upload_when_the_resume_was_deleted(cloud: Cloud, alice: Phone) -> None:
    resume_id = alice.upload(files.docx())
    key = _key(cloud)
    alice.call("DELETE", f"/resume/{resume_id}")

    result = cloud.deliver("parse", key)

    assert result == {"records": 1}
    assert cloud.keys == []


def test_parse_does_the_good_records_when_others_of_the_same_event_are_foreign(cloud: Cloud, alice: Phone) -> None:
    resume_id = alice.upload(files.docx())
    cloud.put("uploads/x.pdf", b"x")

    result = cloud.deliver("parse", "uploads/x.pdf", others=[f"{_key_of(cloud, resume_id)}"])

    assert result == {"records": 2}
    assert alice.outcome(resume_id) == ("parsed", None)


def _key_of(cloud: Cloud, resume_id: str) -> str:
    return next(key for key in cloud.keys if resume_id in key)


@pytest.mark.parametrize("event", [{}, {"Records": []}, {"Records": [{"cos": {}}]}, {"Type": "Timer"}])
def test_parse_drops_an_event_when_it_is_none_of_a_bucket(cloud: Cloud, event: dict[str, Any]) -> None:
    result = cloud.platform.invoke("parse", event)

    assert result == {"dropped": 1}
