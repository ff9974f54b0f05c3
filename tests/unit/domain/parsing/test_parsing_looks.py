"""What only the look of a line says: unknown headings, sub-headings of a job, names of groups of skills."""

from common.domain.parsing.source import Line
from common.domain.parsing.structure import structure


def page(*rows: tuple[str, float, bool]) -> list[Line]:
    """(text, size, bold) down one column."""
    return [
        Line(text, box=(40.0, 20.0 * place, 300.0, 20.0 * place + size), size=size, bold=bold)
        for place, (text, size, bold) in enumerate(rows)
    ]


def test_unknown_heading_ends_the_section_when_it_looks_like_the_known_ones() -> None:
    lines = page(
        ("Jane Doe", 22, True),
        ("EDUCATION", 14, True),
        ("Example University, B.S. in Physics    2010 - 2014", 10, False),
        ("SKILLS", 14, True),
        ("Python, SQL, Excel", 10, False),
        ("EXPERIENCE", 14, True),
        ("Example Ltd, Analyst    2015 - 2020", 10, False),
        ("PROJECTS", 14, True),
        ("Project Zenith", 12, True),
        ("• Built a warehouse of numbers", 10, False),
        ("BOARD ENGAGEMENT", 14, True),
        ("• Value realisation reports for the board", 10, False),
    )

    resume = structure(lines)

    assert [project.name for project in resume.projects] == ["Project Zenith"]
    assert resume.meta.x_cn.unplaced == ["• Value realisation reports for the board"]


def test_bold_lines_in_a_job_are_projects_when_they_name_what_was_built() -> None:
    lines = page(
        ("工作经历", 16, True),
        ("江南示例科技有限公司（2018年7月 ~ 至今）", 12, True),
        ("会员中心重构", 10, True),
        ("负责权益模块的设计与开发。", 10, False),
        ("教育云平台", 10, True),
        ("负责后端接口。", 10, False),
    )

    resume = structure(lines)

    assert [(project.name, project.entity) for project in resume.projects] == [
        ("会员中心重构", "江南示例科技有限公司"),
        ("教育云平台", "江南示例科技有限公司"),
    ]
    assert [work.name for work in resume.work] == ["江南示例科技有限公司"]


def test_bold_line_names_its_group_when_plain_skills_follow() -> None:
    lines = page(
        ("SKILLS", 14, True),
        ("Web Technologies", 10, True),
        ("HTML5, JavaScript", 10, False),
        ("Tools", 10, True),
        ("Git, Jenkins", 10, False),
    )

    resume = structure(lines)

    assert [(skill.name, skill.keywords) for skill in resume.skills] == [
        ("Web Technologies", ["HTML5", "JavaScript"]),
        ("Tools", ["Git", "Jenkins"]),
    ]
