"""Recommendation: what is near comes first, reasons are told, the order never changes."""

import random

import pytest

from common.domain.jobs import Job, read_salary, years_wanted
from common.domain.jobs.recommending import LEAST_SCORE, WEIGHTS, recommend
from common.domain.jobs.seeker import seeker_of
from common.domain.jobs.titles import likeness
from common.domain.resume import Resume
from tests.builders import NOW

RESUME = Resume.model_validate(
    {
        "basics": {"label": "后端工程师"},
        "x_cn": {"intention": {"positions": ["后端开发工程师"], "cities": ["上海"], "salary": "20-25K"}},
        "work": [{"name": "甲公司", "position": "Java工程师", "startDate": "2022-01", "endDate": "2026-01"}],
        "education": [{"institution": "某大学", "studyType": "本科"}],
        "skills": [{"name": "Java"}, {"name": "MySQL"}, {"name": "Redis"}],
    }
)
SEEKER = seeker_of(RESUME, today="2026-11")


def a_job(number, title="Java后端工程师", **changed):
    fields = {"city": "上海", "salary": "25-35K", "experience": "3-5年", "degree": "本科", "skills": ["Java", "Redis"]}
    fields |= changed
    fields["salary"], fields["experience"] = read_salary(fields["salary"]), years_wanted(fields["experience"])
    return Job(source="boss", job_id=f"j{number}", title=title, company=f"公司{number}", fetched_at=NOW, **fields)


def test_weights_are_a_hundred():
    assert sum(WEIGHTS.values()) == 100


def test_seeker_is_read_from_the_resume():
    assert SEEKER.positions == ("后端开发工程师", "后端工程师", "Java工程师")
    assert (SEEKER.cities, SEEKER.salary_fen, SEEKER.degree) == (("上海",), 2_000_000, 2)
    assert {"Java", "MySQL", "Redis"} <= set(SEEKER.skills)
    assert round(SEEKER.years, 1) == 4.1


def test_every_good_point_is_told():
    (one,) = recommend([a_job(1)], SEEKER)

    assert one.score >= 90
    assert one.concerns == []
    assert [reason[:4] for reason in one.reasons] == ["职位与求", "匹配技能", "经验要求", "工作地点", "薪资 2"]


@pytest.mark.parametrize(
    ("changed", "concern"),
    [
        ({"city": "北京"}, "工作地点是北京"),
        ({"salary": "8-10K"}, "低于期望 20000 元/月"),
        ({"experience": "5-10年"}, "要求经验5-10年，你约有 4.1 年"),
        ({"degree": "硕士"}, "要求硕士及以上学历"),
        ({"skills": ["Java", "Kafka"]}, "简历里没有：Kafka"),
        ({"experience": "应届"}, "面向经验应届的人"),
    ],
)
def test_what_does_not_fit_costs_points_and_is_told(changed, concern):
    (best,), (worse,) = recommend([a_job(1)], SEEKER), recommend([a_job(1, **changed)], SEEKER)

    assert worse.score < best.score
    assert any(concern in told for told in worse.concerns)


def test_a_job_of_another_trade_is_not_shown_however_near_it_is():
    cook = a_job(1, title="厨师", skills=["烹饪"])

    assert recommend([cook], SEEKER) == []


def test_order_is_the_same_whatever_order_jobs_come_in():
    jobs = [a_job(n, city=random.Random(n).choice(["上海", "北京"])) for n in range(30)]
    shuffled = random.Random(1).sample(jobs, k=len(jobs))

    assert recommend(jobs, SEEKER) == recommend(shuffled, SEEKER)


def test_a_job_without_facts_is_neither_first_nor_last():
    bare = Job(source="boss", job_id="j9", title="后端开发", fetched_at=NOW)

    shown = recommend([a_job(1), bare], SEEKER)

    assert [one.job.job_id for one in shown] == ["j1", "j9"]
    assert shown[1].score >= LEAST_SCORE


def test_meaning_counts_where_words_differ():
    job = a_job(1, title="平台研发", skills=["Java"])

    (by_words,), (by_meaning,) = recommend([job], SEEKER), recommend([job], SEEKER, nearness={job.ref: 0.95})

    assert by_meaning.score > by_words.score
    assert (by_words.semantic, by_meaning.semantic) == (False, True)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("后端开发工程师", "Java后端工程师", True),
        ("前端工程师", "Web前端开发", True),
        ("会计", "总账会计", True),
        ("人事专员", "HRBP", True),
        ("护士", "急诊护士", True),
        ("销售经理", "产品经理", False),
        ("会计", "护士", False),
        ("后端工程师", "机械工程师", False),
        ("经理", "专员", False),
    ],
)
def test_titles_are_alike_when_the_work_is(one, other, near):
    assert (likeness(one, other) >= 0.5) is near
    assert likeness(one, other) == likeness(other, one)
