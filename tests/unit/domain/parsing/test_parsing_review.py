"""What the user is asked to look at, where each value came from, and what never gets out."""

import json
import time
from typing import Any

import pytest

from common.domain.parsing.answer import accept_answer
from common.domain.parsing.fields.identity import has_valid_check, mask_identity
from common.domain.parsing.source import Line
from common.domain.parsing.structure import structure
from common.domain.resume.model import Resume
from tests.unit.domain.parsing import sources

HEAD = "林小满\n13900001234    linxm@example.com\n教育经历\n2016.09-2020.06    江南示例大学    软件工程    本科\n工作经历\n"
JOB = "2020.07-2021.06    示例科技有限公司    后端工程师"


def read(text: str, **line: Any) -> Resume:
    return structure([Line(row, **line) for row in text.split("\n")])


def reviewed(text: str, **line: Any) -> dict[str, str]:
    return {item["pointer"]: item["message"] for item in read(text, **line).meta.x_cn.review}


def test_nothing_is_to_review_when_all_is_there_and_certain() -> None:
    assert reviewed(HEAD + JOB) == {}


@pytest.mark.parametrize(
    ("text", "pointer", "words"),
    [
        ("", "/basics/name", "没有找到姓名"),
        (HEAD.replace("13900001234", "139****1234") + JOB, "/basics/phone", "隐去"),
        (HEAD.replace("13900001234", "电话：1390000123") + JOB, "/basics/phone", "11 位"),
        (HEAD + JOB.replace("2021.06", "2019.06"), "/work/0/endDate", "早于"),
        (HEAD + JOB.replace("2021.06", "2021.13"), "/work/0/startDate", "月份"),
        (HEAD + JOB.replace("2020.07-2021.06", "20xx.07-20xx.06"), "/work/0/startDate", "占位符"),
        (HEAD + JOB + "\n2020.01-2021.01    乙方有限公司    测试工程师", "/work/1", "重叠"),
        (HEAD + "示例科技有限公司    后端工程师", "/work/0", "没有写时间"),
        (HEAD.replace("林小满", "林小满\n身份证号：110101199003071234") + JOB, "/x_cn/personal", "打码"),
        (HEAD.replace("林小满", "林小满\n周知行") + JOB, "/basics/name", "也可能是周知行"),
    ],
)
def test_user_is_told_when_something_is_wrong_or_missing(text: str, pointer: str, words: str) -> None:
    assert words in reviewed(text)[pointer]


def test_digits_are_to_be_read_twice_when_they_were_recognised() -> None:
    items = reviewed(HEAD + JOB, method="ocr", confidence=0.93)

    assert {"/basics/phone", "/basics/email", "/work/0/x_cn/date_raw"} <= set(items)


def test_value_is_to_be_checked_when_recognition_was_unsure_of_its_line() -> None:
    assert "/work/0/name" in reviewed(HEAD + JOB, method="ocr", confidence=0.5)


@pytest.mark.parametrize(
    "pointer",
    [
        "/basics/name",
        "/basics/phone",
        "/education/0/institution",
        "/education/0/startDate",
        "/work/0/position",
        "/work/0/highlights/1",
        "/work/0/x_cn/date_raw",
        "/skills/0/keywords/1",
        "/skills/0/level",
        "/x_cn/personal/性别",
        "/x_cn/intention/cities/0",
        "/basics/profiles/0/username",
    ],
)
def test_place_is_known_for_every_kind_of_value(pointer: str) -> None:
    provenance = structure(sources.lines(sources.GRADUATE)).meta.x_cn.provenance

    assert {"page", "line", "method", "confidence"} <= set(provenance[pointer])
    assert 0.3 <= provenance[pointer]["confidence"] <= 1


def test_every_text_of_a_resume_has_a_place() -> None:
    resume = structure(sources.lines(sources.EXPERIENCED))

    missing = [pointer for pointer in pointers(resume.as_json_resume()) if pointer not in resume.meta.x_cn.provenance]

    assert missing == []


def pointers(value: Any, path: str = "") -> list[str]:
    if isinstance(value, str):
        return [path]
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, item in items if key != "meta" for found in pointers(item, f"{path}/{key}")]


def test_label_with_a_slash_is_escaped_in_its_pointer() -> None:
    provenance = read("基本信息\n姓名：林小满\n驾照/年限：C1\n教育经历").meta.x_cn.provenance

    assert "/x_cn/personal/驾照~1年限" in provenance


def test_box_is_around_all_rows_of_a_paragraph() -> None:
    rows = [
        (50.0, 90.0, "工作经历"),
        (50.0, 500.0, JOB),
        (50.0, 500.0, "• " + "负责订单系统的拆分与迁移" * 4),
        (62.0, 180.0, "没有停机"),
    ]

    place = structure(sources.laid_out(rows)).meta.x_cn.provenance["/work/0/highlights/0"]

    assert place["box"] == [50.0, 40.0, 500.0, 70.0]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证号：110101199003071234", "身份证号：110101********1234"),
        ("11010119900307123X", "110101********123X"),
        ("110101 19900307 1234", "110101********1234"),
        ("身份证 110101900307123", "身份证 110101******123"),
        ("订单号 123456789012345678", "订单号 123456789012345678"),
        ("110101********1234", "110101********1234"),
    ],
)
def test_identity_number_is_masked_and_nothing_else_is(text: str, masked: str) -> None:
    assert mask_identity(text) == masked


def test_identity_number_is_checked_by_its_last_character() -> None:
    assert has_valid_check("11010519491231002X")
    assert not has_valid_check("110105194912310021")


@pytest.mark.parametrize(
    "row",
    ["身份证号：11010519491231002X", "证件 | 11010519491231002X", "11010519491231002X", "• 备注 11010519491231002x"],
)
def test_identity_number_is_nowhere_in_the_result(row: str) -> None:
    lines = [Line(text) for text in (HEAD + JOB + "\n" + row).split("\n")]
    draft = structure(lines)

    answered = accept_answer({"basics": {"name": "林小满", "summary": "11010519491231002X"}}, lines, draft)

    for resume in (draft, answered):
        printed = json.dumps(resume.as_json_resume(), ensure_ascii=False).upper()
        assert "19491231" not in printed
        assert any("身份证" in warning for warning in resume.meta.x_cn.warnings)


@pytest.mark.parametrize(
    "text",
    [
        "弲雛嘓溦\n嬻嚑 13900000000\n㐂㗊䶮",
        "Qx Zv\nRt Kp Lm\n#### ^^ @@",
        "This Is Sample Text\nLorem Ipsum Dolor\nSit Amet",
        "\ue000\ue001\ue002\n\ufffd\ufffd\ufffd",
        "Object Moved\nThis document may be found here",
        "会议纪要\n时间地点\n参会人员",
        "",
    ],
)
def test_nobody_is_invented_when_the_text_is_no_resume(text: str) -> None:
    resume = read(text)

    assert (resume.basics.name, resume.work, resume.education) == (None, [], [])


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "大",
        "1",
        "2020.",
        "-",
        "：",
        "a@",
        "www.a",
        "大学 A·",
        "University of ",
        "Aa ",
        " | ",
        "（",
        "熟悉、",
        "GPA",
        "A-",
        "12k-",
        "姓名：",
        "Jan ",
    ],
)
def test_long_lines_cost_little_whatever_they_hold(unit: str) -> None:
    lines = [
        Line(heading)
        for heading in ("教育经历", unit * (10_000 // len(unit)), "工作经历", unit * (10_000 // len(unit)))
    ]
    started = time.process_time()

    structure(lines)

    assert time.process_time() - started < 3
