"""Whole resumes: what ends up where."""

import pytest

from common.domain.parsing.source import Line
from common.domain.parsing.structure import structure
from common.domain.resume.model import Resume
from tests.unit.domain.parsing import sources


@pytest.fixture(scope="module")
def graduate() -> Resume:
    return structure(sources.lines(sources.GRADUATE))


@pytest.fixture(scope="module")
def experienced() -> Resume:
    return structure(sources.lines(sources.EXPERIENCED))


@pytest.fixture(scope="module")
def english() -> Resume:
    return structure(sources.lines(sources.ENGLISH))


def test_basics_are_found_when_they_are_labelled(graduate: Resume) -> None:
    basics = graduate.basics

    assert (basics.name, basics.phone, basics.email) == ("林小满", "139 0000 1234", "linxiaoman@example.com")
    assert [(profile.network, profile.username) for profile in basics.profiles] == [("微信", "lin_xm")]


def test_basics_are_found_when_they_stand_in_a_table(experienced: Resume) -> None:
    basics = experienced.basics

    assert (basics.name, basics.phone, basics.email) == ("周知行", "138-0000-5678", "zhouzx@example.com")
    assert basics.location is not None
    assert basics.location.city == "上海市"


def test_basics_are_found_when_the_resume_is_english(english: Resume) -> None:
    basics = english.basics

    assert (basics.name, basics.phone, basics.email) == ("Mira Oakley", "+1 (415) 555-0100", "mira.oakley@example.org")
    assert basics.label == "Senior Software Engineer"
    assert basics.summary == "Engineer who likes slow queries, because they can be made fast."
    assert basics.profiles[0].username == "mira-oakley"


def test_intention_and_personal_fields_are_kept_by_their_kind(graduate: Resume) -> None:
    intention = graduate.x_cn.intention

    assert intention is not None
    assert intention.salary is not None
    assert (intention.positions, intention.cities, intention.salary.text) == (["后端开发工程师"], ["杭州"], "12k-15k")
    assert (intention.salary.min, intention.salary.max, intention.salary.unit) == (12000, 15000, "month")
    assert graduate.x_cn.personal == {"性别": "女", "民族": "汉族", "政治面貌": "共青团员", "籍贯": "江西九江"}


def test_education_has_score_rank_and_courses_when_they_are_printed(graduate: Resume) -> None:
    study = graduate.education[0]

    assert (study.institution, study.area, study.study_type) == ("江南示例大学", "软件工程", "本科")
    assert (study.start_date, study.end_date, study.score) == ("2020-09", "2024-06", "3.8/4.0")
    assert study.x_cn is not None
    assert study.x_cn.rank == "5/120"
    assert study.courses == ["数据结构", "操作系统", "计算机网络（双语）"]


def test_education_is_read_when_it_is_one_sentence_a_degree(experienced: Resume) -> None:
    studies = [(study.study_type, study.area, study.start_date, study.end_date) for study in experienced.education]

    assert studies == [("硕士", "计算机科学与技术", "2013-09", "2016-06"), ("学士", "网络工程", "2009-09", "2013-06")]


def test_work_goes_on_when_its_end_is_present(experienced: Resume) -> None:
    first, second = experienced.work

    assert (first.name, first.position, first.location) == ("上海远山软件有限公司", "高级后端工程师", "上海")
    assert (first.start_date, first.end_date) == ("2019-03", None)
    assert first.x_cn is not None
    assert (first.x_cn.current, first.x_cn.date_raw, first.x_cn.heading) == (True, "2019年3月至今", "工作经历")
    assert (second.start_date, second.end_date) == ("2016-07", "2019-02")
    assert second.highlights == ["维护会员服务"]


def test_internship_is_work_of_that_kind(graduate: Resume, english: Resume) -> None:
    kinds = [(entry.name, entry.x_cn.kind if entry.x_cn else None) for entry in graduate.work + english.work]

    assert kinds == [
        ("杭州示例科技有限公司", "internship"),
        ("Example Labs Inc.", None),
        ("Sample Systems LLC", "internship"),
    ]


def test_lone_date_is_begin_and_end_when_it_dates_a_job(english: Resume) -> None:
    assert (english.work[1].start_date, english.work[1].end_date) == ("2018", "2018")


def test_campus_entry_is_volunteer_of_that_kind(graduate: Resume) -> None:
    entry = graduate.volunteer[0]

    assert (entry.organization, entry.position) == ("校学生会", "宣传部部长")
    assert entry.x_cn is not None
    assert entry.x_cn.kind == "campus"


def test_project_has_its_technologies_and_highlights(graduate: Resume, english: Resume) -> None:
    project = graduate.projects[0]

    assert (project.name, project.keywords) == ("校园二手书平台", ["Java", "Spring Boot", "MySQL"])
    assert project.highlights == ["完成下单与支付流程"]
    assert [(other.name, other.end_date) for other in english.projects] == [("Tidy Ledger", "2020")]


def test_lists_are_filled_from_their_sections(graduate: Resume, experienced: Resume) -> None:
    assert [award.title for award in graduate.awards] == ["国家奖学金"]
    assert [certificate.name for certificate in graduate.certificates] == ["CET-6 580"]
    assert [(one.language, one.fluency) for one in experienced.languages] == [("英语", "流利")]
    assert experienced.interests[0].keywords == ["长跑", "摄影"]


def test_skills_are_grouped_by_label_and_by_level(graduate: Resume) -> None:
    skills = [(skill.name, skill.level, skill.keywords) for skill in graduate.skills]

    assert skills == [
        ("编程语言", "熟练掌握", ["Java", "Python"]),
        (None, "了解", ["Go"]),
        ("工具", None, ["Git", "Docker"]),
    ]


def test_provenance_points_to_the_line_the_value_stands_on(graduate: Resume) -> None:
    provenance = graduate.meta.x_cn.provenance

    assert provenance["/basics/name"]["line"] == 1
    assert provenance["/education/0/institution"] == {"page": 1, "line": 6, "method": "text", "confidence": 0.9}
    assert provenance["/work/0/startDate"]["line"] == 10


def test_provenance_is_less_sure_when_the_line_was_recognised() -> None:
    line = Line("电话：139 0000 1234", page=2, box=(1, 2, 3, 4), method="ocr")

    found = structure([line]).meta.x_cn

    assert found.provenance["/basics/phone"] == {
        "page": 2,
        "line": 1,
        "box": [1, 2, 3, 4],
        "method": "ocr",
        "confidence": 0.85,
    }
    assert "请核对" in found.warnings[0]


def test_page_number_and_running_head_open_no_entry() -> None:
    pages = [[Line("林小满的简历 2024.05", page=page), Line("工作经历", page=page)] for page in (1, 2)]
    job = Line("2020.01 - 2021.01    示例科技有限公司    工程师", page=2)

    resume = structure([*pages[0], *pages[1], job, Line("2/2", page=2)])

    assert [entry.name for entry in resume.work] == ["示例科技有限公司"]
    assert resume.meta.x_cn.unplaced == ["林小满的简历 2024.05", "林小满的简历 2024.05"]
