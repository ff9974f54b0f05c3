"""Parts of a document, and answers that point to lines instead of writing them again."""

import pytest
from pydantic import ValidationError

from common.domain.extracting import merged, parts_of, read_answer
from common.domain.parsing.structure import structure
from tests.builders import lines

TEXTS = (
    "韩梅梅",
    "电话：138 0013 8000",
    "教育经历",
    "示例大学    软件工程    本科    2016.09-2020.06",
    "工作经历",
    "示例科技有限公司    后端工程师    2020.07-至今",
    "• 负责订单系统的开发，",
    "日均处理 10w 请求",
    "• 维护报表",
    "专业技能",
    "Java、MySQL",
)


def parts(*texts):
    document = lines(*(texts or TEXTS))
    return {part.name: part for part in parts_of(document, structure(document))}


def test_every_line_is_in_exactly_one_part():
    numbers = [row.number for part in parts().values() for row in part.rows]

    assert sorted(numbers) == sorted(set(numbers))
    assert {1, 2, 4, 6, 7, 8, 9, 11} <= set(numbers)


def test_part_has_the_members_of_its_section_only():
    assert parts()["work"].members == ("work", "volunteer")
    assert set(parts()["education"].draft) == {"education"}


def test_document_is_one_part_when_it_has_no_headings():
    assert list(parts("韩梅梅", "在示例公司做了三年开发")) == ["whole"]


def test_work_and_projects_are_read_together_when_a_section_mixes_them():
    found = parts(
        "韩梅梅", "教育经历", "示例大学 2016-2020", "工作与项目经历", "示例公司 2020-至今", "项目经历", "商城"
    )

    assert "projects" not in found
    assert "projects" in found["work"].members


def test_text_is_copied_when_the_answer_gives_its_lines():
    answer = read_answer({"work": [{"name": "示例科技有限公司", "highlights": [[7, 8], [9, 9]]}]}, parts()["work"])

    assert answer["work"][0]["highlights"] == ["负责订单系统的开发，日均处理 10w 请求", "维护报表"]


@pytest.mark.parametrize("numbers", [[99, 99], [8, 7], [-1, 3], [4, 4], [7, 7000]])
def test_text_is_left_out_when_the_numbers_are_of_no_lines_of_the_part(numbers):
    answer = read_answer({"work": [{"name": "示例科技有限公司", "highlights": [numbers]}]}, parts()["work"])

    assert answer["work"][0]["highlights"] == []


def test_members_of_other_parts_are_left_out():
    assert read_answer({"basics": {"name": "李雷"}, "work": []}, parts()["work"]) == {"work": []}


@pytest.mark.parametrize("content", [{"work": "x"}, {"work": [1]}, {"work": [{"x_cn": 5}]}])
def test_answer_is_refused_when_it_has_another_form(content):
    with pytest.raises(ValidationError):
        read_answer(content, parts()["work"])


def test_rules_keep_what_no_answer_speaks_of():
    draft = structure(lines(*TEXTS))

    content = merged(draft, [{"work": []}])

    assert content["work"] == []
    assert content["education"] == draft.as_json_resume()["education"]
