"""Runs of text and cells become lines in reading order, also when cells and rows are not ended properly."""

from common.documents.text_flow import TextFlow
from common.domain.parsing.source import Line


def texts(flow: TextFlow) -> list[str]:
    return [line.text for line in flow.lines()]


def test_flow_cells_form_a_row_when_their_table_ends() -> None:
    flow = TextFlow()
    for text in ("姓名", "林小满"):
        flow.begin_cell(1)
        flow.write(text)
        flow.end_cell(1)
    flow.end_table(1)
    flow.write("后")

    assert texts(flow) == ["姓名 | 林小满", "后"]


def test_flow_deeper_rows_end_when_text_goes_on_above_them() -> None:
    flow = TextFlow()
    for level, text in ((1, "外"), (2, "内一"), (1, "仍在外"), (0, "正文")):
        flow.go_to(level)
        flow.write(text)

    assert texts(flow) == ["外", "内一", "仍在外", "正文"]


def test_flow_nothing_is_lost_when_no_cell_and_no_row_ever_ends() -> None:
    flow = TextFlow()
    for level in range(1, 200):
        flow.begin_cell(level)
        flow.write(f"{level}")

    assert "".join(texts(flow)).replace(" | ", "") == "".join(str(level) for level in range(1, 200))


def test_flow_line_is_bold_when_all_of_it_is_and_as_large_as_its_largest_run() -> None:
    flow = TextFlow()
    flow.write("林", bold=True, size=22)
    flow.write(" ", bold=False, size=40)
    flow.write("小满\n第二行", bold=True, size=10)
    flow.write("轻", size=10)

    assert flow.lines() == [Line("林 小满", size=22, bold=True), Line("第二行轻", size=10)]


def test_flow_list_mark_belongs_to_one_paragraph() -> None:
    flow = TextFlow()
    flow.mark_listed()
    flow.write("Python")
    flow.end_paragraph()
    flow.write("正文")

    assert texts(flow) == ["• Python", "正文"]


def test_flow_label_written_downwards_is_one_word() -> None:
    flow = TextFlow()
    for text in ("基\n本", "姓名"):
        flow.begin_cell(1)
        flow.write(text)
    flow.end_row(1)

    assert texts(flow) == ["基本 | 姓名"]


def test_flow_columns_are_read_one_after_the_other_when_a_table_only_places_them() -> None:
    flow = TextFlow()
    for left, right in (("教育经历", "专业技能"), ("东湖大学", "Python"), ("工作经历", "自我评价")):
        for text in (left, right):
            flow.begin_cell(1)
            flow.write(text)
        flow.end_row(1)

    assert texts(flow) == ["教育经历", "东湖大学", "工作经历", "专业技能", "Python", "自我评价"]
