"""Recognised pieces → lines: rows by geometry, columns only where a gutter runs down the page."""

from common.domain.parsing.ocr_lines import lines_from_ocr
from common.domain.parsing.source import OcrItem


def item(text: str, left: float, top: float, *, width: float = 200, height: float = 20) -> OcrItem:
    return OcrItem(text, (left, top, left + width, top + height))


def texts(items: list[OcrItem]) -> list[str]:
    return [line.text for line in lines_from_ocr(items, page=3)]


def test_pieces_are_one_line_when_they_stand_on_one_row() -> None:
    lines = lines_from_ocr([item("2019.01", 600, 103), item("示例公司", 50, 100)], page=3)

    assert [(line.text, line.page, line.method) for line in lines] == [("示例公司    2019.01", 3, "ocr")]
    assert lines[0].box == (50, 100, 800, 123)


def test_pieces_stay_words_of_one_field_when_the_gap_is_narrow() -> None:
    assert texts([item("Example", 50, 100, width=80), item("Labs", 140, 100)]) == ["Example Labs"]


def test_columns_are_read_apart_when_both_hold_text_down_the_page() -> None:
    left = [item(f"技能 {row}", 20, 60 * row, width=150) for row in range(12)]
    right = [item(f"负责第 {row} 项工作的设计与实现", 300, 60 * row + 5, width=500) for row in range(12)]

    assert texts(left + right) == [one.text for one in left + right]


def test_rows_stay_together_when_the_right_side_is_dates_and_places() -> None:
    rows = [
        (item(f"示例公司 {row}", 20, 60 * row), item("北京" if row % 2 else f"201{row}.03", 700, 60 * row))
        for row in range(10)
    ]

    assert texts([piece for row in rows for piece in row]) == [f"{left.text}    {right.text}" for left, right in rows]


def test_no_line_is_made_when_nothing_was_recognised() -> None:
    assert texts([item("  ", 0, 0)]) == []
