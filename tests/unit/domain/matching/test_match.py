"""Matching: recall and precision on labelled cases, reasons that point into the resume, the same score every time."""

import pytest

from common.domain.matching import match, requirements_of
from common.domain.resume import Resume
from common.domain.skills import named_skills
from scripts.benchmarks.ai.cases.keywords import CASES
from scripts.benchmarks.ai.cases.keywords_blind import CASES as BLIND_CASES
from scripts.benchmarks.ai.matching import labelled, words
from tests.builders import a_resume

TODAY = "2026-11"


def test_there_are_enough_labels():
    labels = sum(len(words(has)) + len(words(lacks)) for _, _, has, lacks in [*CASES, *BLIND_CASES])

    assert labels >= 240


@pytest.mark.parametrize("cases", [CASES, BLIND_CASES], ids=["sentences", "job descriptions"])
def test_recall_and_precision_hold_over_all_cases(cases):
    labels = [labelled(*case) for case in cases]

    hits, missed, wrong = (sum(len(getattr(one, part)) for one in labels) for part in ("hits", "missed", "wrong"))
    assert hits / (hits + missed) >= 0.95
    assert hits / (hits + wrong) >= 0.9


@pytest.mark.parametrize(("jd", "text", "has", "lacks"), CASES)
def test_missing_keyword_is_asked_for_when_the_resume_lacks_it(jd, text, has, lacks):
    resume = Resume.model_validate({"work": [{"name": "示例公司", "highlights": [text]}]})

    missing = {one.keyword.casefold() for one in match(jd, resume, today=TODAY).missing}

    assert {word.casefold() for word in words(lacks)} <= missing


def test_gap_comes_with_advice_that_never_says_to_write_it_down():
    (gap,) = match("熟悉Kafka", a_resume(), today=TODAY).missing

    assert "没有就不要写进简历" in gap.advice


def test_evidence_points_to_the_place():
    report = match("熟悉MySQL", a_resume(), today=TODAY)

    (found,) = report.matched
    assert (found.evidence.pointer, found.via) == ("/work/0/highlights/1", "same")


@pytest.mark.parametrize(
    ("jd", "work", "has"),
    [
        ("3年以上工作经验", [{"startDate": "2020-07", "x_cn": {"current": True}}], True),
        ("3年以上工作经验", [{"startDate": "2024-07", "endDate": "2025-07"}], False),
        ("3年以上工作经验", [{"startDate": "2018-07", "endDate": "2023-07", "x_cn": {"kind": "internship"}}], False),
        ("两年相关经验", [{"startDate": "2020", "endDate": "2021"}], True),
        ("5+ years of experience", [{"startDate": "2015-01", "endDate": "2018-12"}], False),
    ],
)
def test_years_count_when_jobs_have_dates(jd, work, has):
    report = match(jd, Resume.model_validate({"work": [{"name": "示例公司", **job} for job in work]}), today=TODAY)

    assert [one.kind for one in (report.matched if has else report.missing)] == ["years"]


@pytest.mark.parametrize(
    ("degree", "has"), [("硕士", True), ("本科", True), ("大专", False), ("Bachelor of Science", True)]
)
def test_degree_counts_when_it_is_high_enough(degree, has):
    report = match("本科及以上学历", Resume.model_validate({"education": [{"studyType": degree}]}), today=TODAY)

    assert report.score == (100 if has else 0)


def test_score_is_none_when_the_text_asks_for_nothing():
    assert match("我们是一家快乐的公司，福利：五险一金、双休", a_resume(), today=TODAY).score is None


def test_required_weighs_twice_as_much_as_preferred():
    report = match("熟悉MySQL；熟悉Kafka者优先", a_resume(), today=TODAY)

    assert report.score == 67


def test_same_input_has_the_same_report():
    jd = "熟悉Java、MySQL、Redis，本科以上学历"

    assert match(jd, a_resume(), today=TODAY) == match(jd, a_resume(), today=TODAY)


def test_benefits_ask_for_nothing():
    jd = "任职要求：\n熟悉Java\n福利待遇：\n五险一金、英语培训、团队旅游"

    assert [one.keyword for one in requirements_of(jd)] == ["Java"]


def test_hostile_length_is_read_in_bounded_time():
    assert len(requirements_of("熟悉" * 50_000)) <= 40
    assert named_skills("a" * 100_000) == set()
