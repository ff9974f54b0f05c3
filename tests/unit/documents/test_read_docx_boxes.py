"""Text boxes: each once, and where it stands on paper, whatever order the file has them in."""

import random

import pytest

from tests.unit.documents.docx_samples import box, group, joined, old_box, texts, word_file
from tests.unit.documents.read_samples import paragraph

Area = tuple[float, float, float, float, list[str]]

SIDEBAR: list[Area] = [
    (40, 30, 500, 40, ["林小满"]),
    (30, 130, 150, 26, ["联系方式"]),
    (30, 152, 150, 60, ["电话：13900001234", "邮箱：lin@example.com"]),
    (30, 250, 150, 26, ["专业技能"]),
    (30, 272, 150, 90, ["Java", "MySQL"]),
    (200, 130, 360, 26, ["教育背景"]),
    (200, 152, 360, 60, ["2016.09-2020.06 江南大学", "主修课程：数据结构"]),
    (200, 225, 360, 26, ["工作经历"]),
    (200, 247, 360, 200, ["2020.07-至今 示例公司", "负责订单系统"]),
    (40, 760, 500, 40, ["以上信息真实有效"]),
]
ROWS: list[Area] = [
    (40, 30, 200, 40, ["林小满"]),
    (40, 110, 500, 24, ["教育背景"]),
    (40, 140, 130, 24, ["2016.09-2020.06"]),
    (180, 142, 200, 24, ["江南大学"]),
    (400, 140, 140, 24, ["本科"]),
    (40, 170, 500, 24, ["工作经历"]),
    (40, 200, 130, 24, ["2020.07-至今"]),
    (180, 200, 200, 24, ["示例公司"]),
    (400, 200, 140, 24, ["工程师"]),
]
TITLES_BESIDE: list[Area] = [
    (30, 110, 100, 24, ["教育背景"]),
    (150, 105, 400, 60, ["2016.09-2020.06 江南大学", "主修课程：数据结构"]),
    (30, 180, 100, 24, ["工作经历"]),
    (150, 176, 400, 60, ["2020.07-至今 示例公司", "负责订单系统"]),
]


def in_order(areas: list[Area]) -> list[str]:
    return [line for area in areas for line in area[4]]


def drawn(areas: list[Area], *, seed: int) -> list[Area]:
    return random.Random(seed).sample(areas, len(areas))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("areas", [SIDEBAR, TITLES_BESIDE])
def test_boxes_read_by_column_when_they_were_drawn_in_any_order(areas: list[Area], seed: int) -> None:
    runs = [box(*area[:4], *area[4]) for area in drawn(areas, seed=seed)]

    assert texts(word_file(joined(runs))) == in_order(areas)


def test_boxes_side_by_side_are_one_row_when_each_holds_a_field() -> None:
    runs = [box(*area[:4], *area[4]) for area in drawn(ROWS, seed=1)]

    assert texts(word_file(joined(runs))) == [
        "林小满", "教育背景", "2016.09-2020.06 | 江南大学 | 本科", "工作经历", "2020.07-至今 | 示例公司 | 工程师"
    ]  # fmt: skip


def test_boxes_read_by_column_when_the_file_knows_only_vml() -> None:
    paragraphs = [joined([old_box(*area[:4], *area[4])]) for area in drawn(SIDEBAR, seed=2)]

    assert texts(word_file("".join(paragraphs))) == in_order(SIDEBAR)


def test_boxes_read_by_place_when_they_stand_in_groups_with_their_own_units() -> None:
    right = group(200, 130, 350, 100, (0, 30, 300, 60, "江南大学"), (0, 0, 300, 24, "教育背景"))
    left = group(20, 130, 160, 100, (0, 30, 150, 60, "13900001234"), (0, 0, 150, 24, "联系方式"))

    assert texts(word_file(joined([right, left]))) == ["联系方式", "13900001234", "教育背景", "江南大学"]


def test_boxes_of_a_page_stay_together_when_there_are_several_pages() -> None:
    second = joined(["<w:r><w:br w:type='page'/></w:r>", box(40, 30, 300, 24, "第二页的文字")])

    assert texts(word_file(joined([box(40, 700, 300, 24, "第一页的文字")]) + second)) == [
        "第一页的文字",
        "第二页的文字",
    ]


def test_box_is_read_from_the_fallback_when_only_that_holds_text() -> None:
    run = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:anchor/></w:drawing></mc:Choice>"
        f"<mc:Fallback>{old_box(0, 0, 10, 10, '电话')}</mc:Fallback></mc:AlternateContent></w:r>"
    )

    assert texts(word_file(joined([run]))) == ["电话"]


def test_box_in_a_text_follows_its_paragraph_and_one_that_begins_above_precedes_it() -> None:
    in_text = ("column", "paragraph")
    name = joined([box(300, 10, 200, 40, "电话 1", origin=in_text), "<w:r><w:t>林小满，求职者一名</w:t></w:r>"])
    study = joined([box(0, -8, 100, 20, "教育背景", origin=in_text), "<w:r><w:t>2016.09-2020.06 江南大学</w:t></w:r>"])

    assert texts(word_file(name + study)) == ["林小满，求职者一名", "电话 1", "教育背景", "2016.09-2020.06 江南大学"]


def test_box_with_whole_sections_waits_for_the_next_heading_when_its_anchor_is_inside_a_section() -> None:
    body = (
        paragraph("工作经历")
        + joined([box(0, 700, 150, 200, "专业技能", "Java"), "<w:r><w:t>2020.07-至今 示例科技有限公司</w:t></w:r>"])
        + paragraph("负责订单系统")
        + paragraph("自我评价")
        + paragraph("认真")
    )

    assert texts(word_file(body)) == [
        "工作经历", "2020.07-至今 示例科技有限公司", "负责订单系统", "专业技能", "Java", "自我评价", "认真"
    ]  # fmt: skip


def test_text_outside_the_boxes_is_kept_when_nearly_all_is_in_boxes() -> None:
    runs = [box(*area[:4], *area[4]) for area in ROWS]

    assert "个人简历" in texts(word_file(joined(runs) + paragraph("个人简历")))
