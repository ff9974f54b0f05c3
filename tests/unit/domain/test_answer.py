"""What of a model's reading is believed."""

from typing import Any

import pytest
from pydantic import ValidationError

from common.domain.parsing.answer import accept_answer
from common.domain.parsing.rows import number_rows
from common.domain.parsing.structure import structure
from common.domain.resume import Resume
from tests.builders import lines

EXTRA = (
    "韩梅梅    女    github.com/hanmeimei",
    "电话：138 0013 8000    邮箱：han@example.com",
    "教育经历",
    "示例大学    软件工程    本科    2016.09-2020.06    绩点：3.8",
    "工作经历",
    "示例科技有限公司    后端工程师    Jul 2020-至今",
    "• 负责订单系统的开发，",
    "日均处理 10w 请求",
    "曾获 2021 年度最佳员工",
)


def accept(content: dict[str, Any], *texts: str) -> Resume:
    document = lines(*(texts or EXTRA))
    return accept_answer(content, document, structure(document))


def work(**members: Any) -> dict[str, Any]:
    return {"work": [{"name": "示例科技有限公司", **members}]}


@pytest.mark.parametrize(
    "name",
    ["韩梅梅", "韩 梅 梅"],
)
def test_value_is_believed_when_the_document_says_it_in_any_spacing(name):
    assert accept({"basics": {"name": name}}).basics.name == name


@pytest.mark.parametrize("position", ["总监", "后端工程师师", "—", "  "])
def test_value_is_dropped_when_the_document_does_not_say_it(position):
    assert accept({"work": [{"name": "示例大学", "position": position}]}).work[0].position is None


def test_what_the_rules_read_stays_when_the_model_invents_another_value():
    assert accept(work(position="总监")).work[0].position == "后端工程师"


@pytest.mark.parametrize("name", ["李雷", "梅梅", "后端工程师", "", None])
def test_name_is_what_the_rules_read_when_the_model_says_another(name):
    assert accept({"basics": {"name": name}}).basics.name == "韩梅梅"


@pytest.mark.parametrize("phone", ["13800138001", "1380013800", "8001 3800", None])
def test_phone_is_what_the_rules_read_when_the_model_says_another(phone):
    assert accept({"basics": {"phone": phone}}).basics.phone == "138 0013 8000"


@pytest.mark.parametrize("score", ["3", "8", "0.8", "016"])
def test_value_is_dropped_when_it_is_a_piece_of_a_longer_number(score):
    assert accept({"work": [{"name": "示例大学", "location": score}]}).work[0].location is None


def test_value_is_dropped_when_rows_that_may_not_speak_for_it_say_it():
    document = lines(*EXTRA, "证明人    王强    139 0013 9000")
    draft = structure(document)
    content = {"work": [{"name": "示例大学", "position": "王强"}]}

    resume = accept_answer(content, document, draft, evidence={"work": number_rows(lines(*EXTRA))})

    assert resume.work[0].position is None


def test_value_is_believed_when_it_was_broken_over_two_lines():
    resume = accept(work(highlights=["负责订单系统的开发，日均处理 10w 请求"]))

    assert resume.work[0].highlights == ["负责订单系统的开发，日均处理 10w 请求"]


def test_list_loses_only_what_is_invented():
    resume = accept(work(highlights=["日均处理 10w 请求", "日均处理 100w 请求", None, ""]))

    assert resume.work[0].highlights == ["日均处理 10w 请求"]


def test_entry_goes_when_all_of_it_is_invented():
    assert accept({"work": [{"name": "虚构公司", "position": "总裁"}]}).work == []


def test_number_is_believed_when_it_is_printed():
    assert accept({"education": [{"institution": "示例大学", "score": 3.8}]}).education[0].score == "3.8"


def test_number_is_dropped_when_it_is_not_printed():
    assert accept({"education": [{"institution": "示例科技有限公司", "score": 4.0}]}).education[0].score is None


@pytest.mark.parametrize("date", ["2020-07", "2016-09", "2020-06", "2020", "2016", "2021", "2020-07-01"])
def test_date_is_believed_when_it_is_printed_in_any_form(date):
    assert accept(work(startDate=date)).work[0].start_date == date


@pytest.mark.parametrize(
    "date", ["2020-08", "2019", "2016-9", "2020-13", "2020-00", "July 2020", "8001", "3800", "至今"]
)
def test_date_is_dropped_when_it_is_not_printed_or_no_date(date):
    assert accept({"work": [{"name": "示例大学", "startDate": date}]}).work[0].start_date is None


def test_flag_is_believed_because_it_quotes_nothing():
    assert accept(work(x_cn={"current": True})).work[0].x_cn.current is True


@pytest.mark.parametrize(("kind", "kept"), [("internship", "internship"), ("campus", "campus"), ("董事长", None)])
def test_kind_is_one_of_ours_or_nothing(kind, kept):
    resume = accept(work(position="后端工程师", x_cn={"kind": kind, "current": True}))

    assert resume.work[0].x_cn.kind == kept


def test_label_of_a_personal_field_is_dropped_when_it_is_invented():
    resume = accept({"x_cn": {"personal": {"电话": "女", "婚姻状况": "女"}}})

    assert resume.x_cn.personal == {"电话": "女"}


def test_spelling_of_the_rules_is_believed_when_it_is_not_printed_so():
    printed = ("韩梅梅    zhihu.com/people/hanmm", *EXTRA[1:])
    profile = structure(lines(*printed)).basics.profiles[0].model_dump(by_alias=True, exclude_none=True)

    resume = accept({"basics": {"profiles": [profile]}}, *printed)

    assert resume.basics.profiles[0].network == "知乎"


@pytest.mark.parametrize("content", [{"work": None, "basics": None}, {}, {"work": [], "basics": {}}])
def test_member_is_left_out_when_it_is_empty(content):
    resume = accept(content)

    assert (resume.work, resume.basics.profiles) == ([], [])


@pytest.mark.parametrize("content", [{"work": "示例科技有限公司"}, {"basics": ["韩梅梅"]}, {"work": ["后端工程师"]}])
def test_answer_is_refused_when_it_has_another_shape(content):
    with pytest.raises(ValidationError):
        accept(content)


def test_meta_of_the_model_is_not_taken():
    resume = accept({"basics": {"name": "韩梅梅"}, "meta": {"x_cn": {"warnings": ["韩梅梅"], "unplaced": ["韩梅梅"]}}})

    assert "韩梅梅" not in resume.meta.x_cn.warnings
    assert "韩梅梅" not in resume.meta.x_cn.unplaced


def test_line_is_kept_as_unplaced_when_the_model_lost_it():
    resume = accept({"basics": {"name": "韩梅梅"}})

    assert "曾获 2021 年度最佳员工" in resume.meta.x_cn.unplaced
    assert all("韩梅梅" not in line or "女" in line for line in resume.meta.x_cn.unplaced)


def test_nothing_is_unplaced_when_the_model_took_everything_over():
    resume = accept(
        {"basics": {"name": "韩梅梅", "phone": "138 0013 8000"}, "work": [{"name": "示例科技有限公司"}]},
        "韩梅梅",
        "电话：138 0013 8000",
        "工作经历",
        "示例科技有限公司",
    )

    assert resume.meta.x_cn.unplaced == []


def test_warnings_speak_of_the_models_reading_and_not_of_the_draft():
    document = ("工作经历", "示例科技有限公司    后端工程师    2020.07-至今")
    with_company = accept({"work": [{"name": "示例科技有限公司"}]}, *document)

    assert [warning for warning in with_company.meta.x_cn.warnings if "姓名" in warning]
    assert not [warning for warning in accept({}).meta.x_cn.warnings if "姓名" in warning]


def test_rules_are_surer_of_a_value_than_the_model_alone():
    kept = accept(work(position="后端工程师"))
    changed = accept(work(position="工程师"))

    sure, less_sure = (one.meta.x_cn.provenance["/work/0/position"] for one in (kept, changed))
    assert sure["line"] == less_sure["line"]
    assert sure["confidence"] > less_sure["confidence"]


def test_place_is_forgotten_when_the_entry_is_gone():
    resume = accept({"basics": {"name": "韩梅梅"}})

    assert not [pointer for pointer in resume.meta.x_cn.provenance if pointer.startswith("/work")]


def test_draft_stays_as_it_was():
    document = lines(*EXTRA)
    draft = structure(document)
    before = draft.model_dump()

    accept_answer({"basics": {"name": "梅梅"}}, document, draft)

    assert draft.model_dump() == before
