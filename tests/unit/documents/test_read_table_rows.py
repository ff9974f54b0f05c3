"""Rows of table cells: forms, time lines and layouts each come out as the structurer can use them."""

import pytest

from common.documents.table_rows import row_lines
from common.domain.parsing.source import Line


def texts(*cells: str) -> list[str]:
    """Each cell is given as its lines with "/" between them."""
    return [line.text for line in row_lines([[Line(text) for text in cell.split("/") if text] for cell in cells])]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param(["姓名", "林小满", "性别", "女"], ["姓名 | 林小满 | 性别 | 女"], id="form"),
        pytest.param(["姓名", "", "性别", "女"], ["姓名 | 性别 | 女"], id="blank cell"),
        pytest.param(["", ""], [], id="blank row"),
        pytest.param(["基/本/情/况", "姓名"], ["基本情况 | 姓名"], id="label set vertically"),
        pytest.param(["自我评价", "认真/负责任的人"], ["自我评价", "认真", "负责任的人"], id="label of several lines"),
        pytest.param(["联系方式/电话 1", "工作经历/2020 至今"], ["联系方式", "电话 1", "工作经历", "2020 至今"], id="layout"),
        pytest.param(["2018.07-2020.06", "示例公司/后端"], ["2018.07-2020.06 | 示例公司", "后端"], id="date column"),
        pytest.param(["示例公司/后端", "2018年7月 - 至今"], ["示例公司", "后端", "2018年7月 - 至今"], id="date behind"),
        pytest.param(["2018-2020", "• 负责甲/• 负责乙"], ["2018-2020", "• 负责甲", "• 负责乙"], id="date beside bullets"),
        pytest.param(
            ["2014-2018/2018-2020", "甲大学/乙大学", "本科/硕士"],
            ["2014-2018 | 甲大学 | 本科", "2018-2020 | 乙大学 | 硕士"],
            id="line breaks in place of rows",
        ),
    ],
)  # fmt: skip
def test_row_reads_as_its_use_asks(cells: list[str], expected: list[str]) -> None:
    assert texts(*cells) == expected


def test_row_is_as_large_as_its_largest_cell_and_bold_only_when_all_cells_are() -> None:
    (line,) = row_lines([[Line("姓名", size=10, bold=True)], [Line("林小满", size=14)]])

    assert (line.size, line.bold) == (14, False)
