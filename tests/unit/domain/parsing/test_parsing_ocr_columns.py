"""Columns of a recognised page: apart where both sides are text, together where one side belongs to the other's rows."""

import math

from tests.unit.domain.parsing.ocr_pages import item, photographed, texts, turned


def sidebar(rows: int = 12):
    return [item(f"技能 {row}", 20, 60 * row, width=150) for row in range(rows)]


def body(rows: int = 12, *, left: float = 300):
    return [item(f"负责第 {row} 项工作的设计与实现", left, 60 * row + 5, width=500) for row in range(rows)]


def test_columns_are_read_apart_when_both_hold_text_down_the_page() -> None:
    assert texts(sidebar() + body()) == [one.text for one in sidebar() + body()]


def test_columns_are_read_apart_when_boxes_touch_across_the_gutter() -> None:
    touching = body(left=171)

    assert texts(sidebar() + touching) == [one.text for one in sidebar() + touching]


def test_columns_are_read_apart_when_the_page_is_skewed() -> None:
    page = turned(sidebar() + body(), math.radians(3))

    assert texts(page) == [one.text for one in page]


def test_columns_are_read_apart_when_the_page_was_photographed_at_an_angle() -> None:
    page = photographed(sidebar(24) + body(24, left=180), spread=0.08, height=1400)

    assert texts(page) == [one.text for one in page]


def test_rows_stay_together_when_the_right_side_is_dates_and_places() -> None:
    rows = [
        (item(f"示例公司 {row}", 20, 60 * row), item("北京" if row % 2 else f"201{row}.03", 700, 60 * row))
        for row in range(10)
    ]

    assert texts([piece for row in rows for piece in row]) == [f"{left.text}    {right.text}" for left, right in rows]


def test_rows_stay_together_when_a_table_has_two_short_columns() -> None:
    rows = [(item(f"证书 {row}", 20, 60 * row), item(f"第 {row} 等", 500, 60 * row)) for row in range(6)]

    assert texts([piece for row in rows for piece in row]) == [f"{left.text}    {right.text}" for left, right in rows]


def test_columns_are_read_apart_when_sections_begin_on_both_sides_of_a_short_gutter() -> None:
    above = [item("林小满，应聘后端工程师，五年经验，负责过订单系统", 20, 40 * row, width=780) for row in range(8)]
    left = [
        item(text, 20, 400 + 40 * row, width=200) for row, text in enumerate(["教育背景", "示例大学", "本科", "软件"])
    ]
    right = [item(text, 400, 400 + 40 * row, width=300) for row, text in enumerate(["专业技能", "Go", "Python", "SQL"])]

    assert texts([*above, *left, *right]) == [one.text for one in [*above, *left, *right]]


def test_name_comes_first_when_it_stands_over_the_columns_on_the_right() -> None:
    name, left = item("林小满", 400, 0, width=120, height=50), [item("教育背景", 20, 100), *sidebar()[3:]]
    right = [item("工作经历", 300, 100), *body()[3:]]

    assert texts([*left, *right, name]) == [one.text for one in [name, *left, *right]]


def test_sections_below_the_columns_come_last_when_they_span_the_page() -> None:
    foot = item("自我评价：认真负责，善于沟通，有很强的学习能力和团队精神", 20, 760, width=780)

    assert texts([foot, *sidebar(), *body()]) == [one.text for one in [*sidebar(), *body(), foot]]
