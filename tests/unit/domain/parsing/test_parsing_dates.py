"""Dates and headings, as printed."""

import pytest

from common.domain.resume.dates import find_span, normal_date, without_span
from common.domain.resume.sections import heading_kind, heading_of


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2015.05-2019.06", "2015-05", "2019-06"),
        ("2017/2 - 2017/10", "2017-02", "2017-10"),
        ("2015 年 3 月 – 2015 年 5 月", "2015-03", "2015-05"),
        ("2020年9月1日至2021年3月5日", "2020-09", "2021-03"),
        (
            "２０２０．０９～２０２４．０６".translate(str.maketrans("０１２３４５６７８９．", "0123456789.")),
            "2020-09",
            "2024-06",
        ),
        ("2014.06-10", "2014-06", "2014-10"),
        ("17.01-17.12", "2017-01", "2017-12"),
        ("Feb-June 2017", "2017-02", "2017-06"),
        ("Sep. 2023 - Mar. 2024", "2023-09", "2024-03"),
        ("09/2020 – 06/2024", "2020-09", "2024-06"),
        ("2009 – 2013", "2009", "2013"),
        ("20xx/xx—20xx/xx", None, None),
    ],
)
def test_range_is_normalised_when_both_ends_are_printed(text: str, start: str | None, end: str | None) -> None:
    span = find_span(f"示例 {text} 工程师")

    assert span is not None
    assert (span.start, span.end, span.current, span.is_range, span.raw) == (start, end, False, True, text)


@pytest.mark.parametrize(
    "text", ["2018.9至今", "2016.2-今", "2019年3月 – 至今", "Jan 2021 - Present", "2020/07 ~ 现在"]
)
def test_range_is_current_when_it_goes_on(text: str) -> None:
    span = find_span(text)

    assert span is not None
    assert (span.current, span.end, span.raw) == (True, None, text)


@pytest.mark.parametrize(
    ("text", "end"),
    [("Summer 2022", "2022"), ("2017年毕业", "2017"), ("May 2011", "2011-05"), ("1996-03-15", "1996-03")],
)
def test_single_date_is_an_end_when_nothing_follows(text: str, end: str) -> None:
    span = find_span(text)

    assert span is not None
    assert (span.start, span.end, span.is_range) == (None, end, False)


@pytest.mark.parametrize("text", ["13900002020", "版本 1.2019.3", "提升 30%", "第 12 名", ""])
def test_no_date_is_found_when_there_is_none(text: str) -> None:
    assert find_span(text) is None


@pytest.mark.parametrize(
    ("text", "date"), [("2020.13", "2020"), ("2020.00", "2020"), ("98.07", "1998-07"), ("20xx.09", None)]
)
def test_month_is_dropped_when_there_is_no_such_month(text: str, date: str | None) -> None:
    assert normal_date(text) == date


def test_line_keeps_both_sides_apart_when_the_date_between_them_is_taken_out() -> None:
    text = "示例公司（2019.01-2020.02）工程师"
    span = find_span(text)

    assert span is not None
    assert without_span(text, span) == "示例公司    工程师"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("教育背景 EDUCATION", "education"),
        ("二、工作经历", "work"),
        ("工作實習", "work"),
        ("自我評價", "summary"),
        ("實習經歷", "internship"),
        ("S K I L L S", "skills"),
        ("IT 技能", "skills"),
        ("项目/实习经历", "mixed"),
        ("社团和组织经历", "campus"),
        ("Honors & Awards", "awards"),
        ("【荣誉奖项】", "awards"),
        ("Professional Experience", "work"),
    ],
)
def test_heading_is_known_in_every_script_and_dress(text: str, kind: str) -> None:
    assert heading_kind(text) == kind


@pytest.mark.parametrize(
    "text",
    ["Java 项目", "2019 工作经历", "负责工作经历的整理与归档并按季度向部门负责人汇报整理的结果和问题", "示例公司", ""],
)
def test_heading_is_unknown_when_the_line_is_content(text: str) -> None:
    assert heading_kind(text) is None


def test_heading_may_share_its_line_with_content_when_it_is_unmistakable() -> None:
    opened = heading_of("任职经历 | 时间 | 单位", inside="personal")

    assert opened is not None
    assert (opened.kind, opened.rest) == ("work", "时间 | 单位")
    assert heading_of("语言 | Python | Go", inside="skills") is None
