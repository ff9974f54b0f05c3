"""Entries: how a section is cut, in the layouts that people use."""

import pytest

from common.domain.parsing.structure import structure
from common.domain.resume.model import Resume
from tests.unit.domain.parsing import sources


def read(text: str) -> Resume:
    return structure(sources.lines(text))


@pytest.mark.parametrize(
    "text",
    [
        "示例科技有限公司    工程师    2019.01-2020.02\n• 甲\n乙方有限公司    产品经理    2018.01-2018.12\n• 乙",
        "2019.01-2020.02    示例科技有限公司    工程师\n• 甲\n2018.01-2018.12    乙方有限公司    产品经理\n• 乙",
        "示例科技有限公司\n工程师    2019.01-2020.02\n• 甲\n乙方有限公司\n产品经理    2018.01-2018.12\n• 乙",
        "示例科技有限公司\n工程师\n2019.01-2020.02\n• 甲\n乙方有限公司\n产品经理\n2018.01-2018.12\n• 乙",
        "工程师    2019.01-2020.02\n示例科技有限公司 · 上海\n• 甲\n产品经理    2018.01-2018.12\n乙方有限公司 · 上海\n• 乙",
        "时间 | 单位 | 职务\n2019.01-2020.02 | 示例科技有限公司 | 工程师\n• 甲\n2018.01-2018.12 | 乙方有限公司 | 产品经理\n• 乙",
        "公司名称：示例科技有限公司\n职位：工程师\n时间：2019.01-2020.02\n• 甲\n"
        "公司名称：乙方有限公司\n职位：产品经理\n时间：2018.01-2018.12\n• 乙",
    ],
    ids=["one-row", "date-first", "date-second-row", "date-third-row", "title-first", "table", "labels"],
)
def test_work_entries_are_the_same_whatever_the_layout(text: str) -> None:
    work = read(f"工作经历\n{text}").work

    assert [(job.name, job.position, job.start_date, job.end_date) for job in work] == [
        ("示例科技有限公司", "工程师", "2019-01", "2020-02"),
        ("乙方有限公司", "产品经理", "2018-01", "2018-12"),
    ]
    assert [job.highlights[-1] for job in work] == ["甲", "乙"]


def test_company_is_inherited_when_a_second_position_does_not_repeat_it() -> None:
    work = read("工作经历\n示例科技有限公司\n经理    2020.01-至今\n• 甲\n工程师    2018.01-2019.12\n• 乙").work

    assert [(job.name, job.position) for job in work] == [("示例科技有限公司", "经理"), ("示例科技有限公司", "工程师")]


def test_mixed_section_is_sorted_into_jobs_and_projects() -> None:
    resume = read(
        "实习/项目经历\n示例科技有限公司    开发实习生    2019.01-2019.03\n• 甲\n图书管理系统    2018.01-2018.12\n• 乙"
    )

    assert [job.name for job in resume.work] == ["示例科技有限公司"]
    assert [project.name for project in resume.projects] == ["图书管理系统"]


def test_project_belongs_to_the_employer_when_it_is_numbered_under_it() -> None:
    resume = read(
        "工作经历\n示例科技有限公司    工程师    2019.01-2020.02\n项目一：数据中台\n背景：分散\n项目二：报表\n背景：手工"
    )

    assert [(project.name, project.entity) for project in resume.projects] == [
        ("数据中台", "示例科技有限公司"),
        ("报表", "示例科技有限公司"),
    ]


def test_projects_are_found_when_they_have_labels_and_no_dates() -> None:
    projects = read(
        "项目经验\n项目名称：订单平台\n担任角色：后端\n技术栈：Go、Redis\n职责：设计\n项目名称：报表系统"
    ).projects

    assert [(project.name, project.roles, project.keywords) for project in projects] == [
        ("订单平台", ["后端"], ["Go", "Redis"]),
        ("报表系统", [], []),
    ]


def test_study_in_a_list_of_jobs_is_education() -> None:
    resume = read("任职经历\n2014.3-2016.2 | 示例有限公司 | 工程师\n2010.9-2014.7 | 软件工程 | 江南示例大学(本科)")

    assert [job.name for job in resume.work] == ["示例有限公司"]
    assert [(study.institution, study.area, study.study_type) for study in resume.education] == [
        ("江南示例大学", "软件工程", "本科")
    ]


def test_dates_are_one_range_when_they_are_stacked_end_above_start() -> None:
    study = read("教育背景\n2024.06 江南示例大学 · 软件工程 · 本科\n2020.09 GPA: 3.9 / 4.0").education

    assert [(one.start_date, one.end_date, one.score) for one in study] == [("2020-09", "2024-06", "3.9 / 4.0")]


def test_expected_graduation_is_no_entry_of_its_own() -> None:
    studies = read("教育背景\n江南示例大学    2022.09 - 至今\n在读硕士研究生 软件工程, 预计 2025 年 3 月毕业").education

    assert [(study.institution, study.study_type, study.area) for study in studies] == [
        ("江南示例大学", "硕士", "软件工程")
    ]


def test_wrapped_bullet_is_one_highlight_when_the_page_broke_it() -> None:
    rows = [
        (50.0, 90.0, "工作经历"),
        (50.0, 500.0, "示例科技有限公司    工程师    2019.01-2020.02"),
        (50.0, 500.0, "• 负责订单系统的拆分与迁移，把一个单体应用分成六个服务，并保证迁移期间"),
        (62.0, 180.0, "没有一次停机"),
        (50.0, 500.0, "• Led the migration of every report to the new warehouse and its con-"),
        (62.0, 180.0, "sumers"),
    ]

    highlights = structure(sources.laid_out(rows)).work[0].highlights

    assert highlights == [
        "负责订单系统的拆分与迁移，把一个单体应用分成六个服务，并保证迁移期间没有一次停机",
        "Led the migration of every report to the new warehouse and its consumers",
    ]


def test_sidebar_section_ends_when_reading_jumps_to_the_next_column() -> None:
    sidebar = sources.laid_out([(20.0, 90.0, text) for text in ("专业技能", "Python", "Go", "Linux", "Git")])
    column = sources.laid_out([(200.0, 500.0, "林小满"), (200.0, 500.0, "工作经历")])

    resume = structure([*sidebar, *column])

    assert resume.basics.name == "林小满"
    assert [skill.keywords for skill in resume.skills] == [["Python"], ["Go"], ["Linux"], ["Git"]]


def test_table_rows_go_to_the_columns_they_stand_in_whatever_the_order() -> None:
    work = read("工作经历\n职务 | 起止时间 | 单位 | 职责\n工程师 | 2019.01-2020.02 | 示例科技 | 负责接口").work

    assert [(job.name, job.position, job.start_date, job.highlights) for job in work] == [
        ("示例科技", "工程师", "2019-01", ["负责接口"])
    ]


def test_table_without_rows_makes_no_entry() -> None:
    resume = read("教育经历\n时间    毕业院校    专业    学历\n培训经历\n时间    培训机构    内容    结果")

    assert (resume.education, resume.work) == ([], [])


def test_skill_table_gives_names_and_what_is_said_of_them() -> None:
    rows = [
        (50.0, 90.0, "专业技能"),
        (50.0, 300.0, "能力维度    具体描述"),
        (50.0, 500.0, "数据分析    熟练运用报表与看板，能"),
        (150.0, 300.0, "独立取数"),
        (50.0, 500.0, "项目统筹    同时管理六个项目"),
    ]

    skills = structure(sources.laid_out(rows)).skills

    assert [(skill.name, skill.x_cn.highlights if skill.x_cn else None) for skill in skills] == [
        ("数据分析", ["熟练运用报表与看板，能独立取数"]),
        ("项目统筹", ["同时管理六个项目"]),
    ]


def test_certificates_leave_the_skills_when_one_heading_names_both() -> None:
    resume = read("技能证书\n熟练使用 Excel、Python\nCET-6 580\n普通话二级甲等")

    assert [one.name for one in resume.certificates] == ["CET-6 580", "普通话二级甲等"]
    assert [word for skill in resume.skills for word in skill.keywords] == ["Excel", "Python"]


def test_bullet_among_bullets_opens_no_section() -> None:
    resume = read("个人链接\n• 在线简历\n• 项目\n• 博客\n教育背景\n2016.09-2020.06    江南示例大学    本科")

    assert [heading["heading"] for heading in resume.meta.x_cn.headings] == ["个人链接", "教育背景"]
