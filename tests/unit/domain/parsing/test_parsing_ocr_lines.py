"""Recognised items → lines: noise out, rows and labels together, spacing by gaps, sureness kept."""

import math

import pytest

from common.domain.parsing.ocr_lines import is_legible, lines_from_ocr
from common.domain.parsing.source import Line, OcrItem
from tests.unit.domain.parsing.ocr_pages import item, texts, turned


def test_pieces_are_one_line_when_they_stand_on_one_row() -> None:
    lines = lines_from_ocr([item("2019.01", 600, 103), item("示例公司", 50, 100)], page=3)

    assert [(line.text, line.page, line.method) for line in lines] == [("示例公司    2019.01", 3, "ocr")]
    assert lines[0].box == (50, 100, 800, 123)


def test_pieces_stay_words_of_one_field_when_they_touch() -> None:
    assert texts([item("Example", 50, 100, width=80), item("Labs", 133, 100)]) == ["Example Labs"]


def test_chinese_is_joined_without_a_space_when_the_engine_cut_a_line_in_two() -> None:
    assert texts([item("负责订单系统的", 50, 100, width=150), item("设计与实现", 201, 100)]) == [
        "负责订单系统的设计与实现"
    ]


def test_pieces_are_fields_when_a_narrow_gap_keeps_them_apart() -> None:
    assert texts([item("Go", 50, 100, width=30), item("Python", 90, 100)]) == ["Go    Python"]


@pytest.mark.parametrize(
    ("spaced", "closed"),
    [("教 育 背 景", "教育背景"), ("个  人  简  历", "个人简历"), ("S K I L L S", "SKILLS"), ("张三 男", "张三 男")],
)
def test_text_is_closed_up_when_every_character_stands_alone(spaced: str, closed: str) -> None:
    assert texts([item(spaced, 50, 100)]) == [closed]


def test_single_characters_are_one_heading_when_they_stand_in_a_row() -> None:
    spread = [item(character, 50 + 60 * place, 100, width=24) for place, character in enumerate("教育背景")]

    assert texts(spread) == ["教育背景"]


def test_rows_hold_together_when_the_page_is_skewed() -> None:
    rows = [item(f"示例公司第 {row} 部门", 50, 40 * row, width=300) for row in range(9)]
    dates = [item(f"201{row}.03", 900, 40 * row, width=110) for row in range(9)]

    lines = lines_from_ocr(turned([*rows, *dates], math.radians(4)), page=1)

    assert [line.text for line in lines] == [f"示例公司第 {row} 部门    201{row}.03" for row in range(9)]


def test_lines_have_a_common_left_edge_when_the_page_was_skewed() -> None:
    rows = [item(f"负责第 {row} 项工作的设计与实现", 50, 40 * row, width=400) for row in range(20)]

    lines = lines_from_ocr(turned(rows, math.radians(-5)), page=1)

    edges = [line.box[0] for line in lines if line.box]
    assert max(edges) - min(edges) < 2
    assert all(line.size == pytest.approx(20, abs=0.5) for line in lines)


def test_page_is_upright_when_the_engine_read_it_lying_on_its_side() -> None:
    rows = [item(f"负责第 {row} 项工作的设计与实现", 50, 40 * row, width=400) for row in range(9)]

    lines = lines_from_ocr(turned(rows, math.radians(90)), page=1)

    assert [line.text for line in lines] == [row.text for row in rows]


def test_label_of_a_merged_cell_stands_above_its_rows_when_it_runs_downwards() -> None:
    label = item("工作经历", 20, 90, width=30, height=140)
    rows = [item(f"第 {row} 行：负责设计与实现", 80, 90 + 40 * row, width=400) for row in range(3)]

    assert texts([label, *rows]) == ["工作经历", *(row.text for row in rows)]


def test_label_is_one_heading_when_its_characters_were_read_one_by_one() -> None:
    label = [item(character, 20, 90 + 36 * place, width=30, height=34) for place, character in enumerate("教育背景")]
    rows = [item(f"第 {row} 行：主修课程与成绩", 80, 90 + 40 * row, width=400) for row in range(4)]

    assert texts([*label, *rows]) == ["教育背景", *(row.text for row in rows)]


def test_characters_stay_in_their_rows_when_they_only_stand_below_each_other() -> None:
    names = [item("性别", 50, 100, width=60), item("民族", 50, 130, width=60)]
    values = [item("女", 150, 100, width=24), item("汉", 150, 130, width=24)]

    assert texts([*names, *values]) == ["性别    女", "民族    汉"]


@pytest.mark.parametrize(("text", "confidence"), [("口", 0.1), ("0日", 0.4)])
def test_speck_is_dropped_when_the_engine_half_took_it_for_a_character(text: str, confidence: float) -> None:
    assert texts([item(text, 20, 100, width=25, confidence=confidence), item("林小满", 80, 100)]) == ["林小满"]


def test_icon_is_dropped_when_the_text_beside_it_runs_into_it() -> None:
    icon = item("注", 50, 102, width=25, confidence=0.68)

    assert texts([icon, item("贸易买手", 63, 100), item("面议", 400, 100)]) == ["贸易买手    面议"]


def test_word_is_kept_with_its_doubt_when_the_engine_is_unsure() -> None:
    lines = lines_from_ocr([item("示例科技", 50, 100, confidence=0.31), item("2019.01", 400, 100)], page=1)

    assert [(line.text, line.confidence) for line in lines] == [("示例科技    2019.01", 0.31)]


def test_no_line_is_made_when_nothing_was_recognised() -> None:
    assert texts([item("  ", 0, 0)]) == []
    assert texts([]) == []


@pytest.mark.parametrize(("confidence", "legible"), [(0.4, False), (0.97, True)])
def test_page_is_legible_when_the_engine_was_sure_of_most_characters(confidence: float, legible: bool) -> None:
    lines = [Line("描步商历", confidence=0.9), Line("22±9870834<1538 vm", confidence=confidence)]

    assert is_legible(lines) is legible


def test_box_is_kept_when_an_engine_gives_no_corners() -> None:
    (line,) = lines_from_ocr([OcrItem("林小满", (10, 20, 90, 50))], page=1)

    assert (line.box, line.size, line.confidence) == ((10, 20, 90, 50), 30, 1.0)
