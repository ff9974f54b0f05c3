"""The rubric: points with reasons, the same every time, and never worse after an honest improvement."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.domain.optimising.applying import apply_changes
from common.domain.optimising.basic import basic_suggestions
from common.domain.optimising.changes import ordered_lists, prose_items
from common.domain.optimising.judging import judge
from common.domain.resume import Resume
from common.domain.scoring import quality
from common.domain.scoring.rubric import CHECKS
from tests.builders import a_resume

GOOD = a_resume(
    basics={"name": "韩梅梅", "phone": "138 0013 8000", "email": "han@example.com"},
    education=[{"institution": "示例大学", "area": "软件工程", "studyType": "本科", "startDate": "2016-09"}],
    work=[
        {
            "name": "示例公司",
            "startDate": "2020-07",
            "highlights": ["开发订单系统，日均 10 万单", "优化查询，耗时减少 50%"],
        }
    ],
    skills=[{"name": "语言", "keywords": ["Java", "Go", "MySQL", "Redis"]}],
)


def test_rubric_has_a_hundred_points():
    assert sum(check.points for check in CHECKS) == 100


def test_resume_gets_all_points_when_nothing_is_missing():
    assert (quality(GOOD).score, quality(GOOD).suggestions) == (100, [])


def test_empty_resume_is_told_what_is_missing():
    found = quality(Resume())

    assert found.score < 25
    assert {"basics", "education", "work", "skills"} <= {one.section for one in found.suggestions}


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"basics": {"name": "韩", "phone": "138****8000", "email": "a@b.cn"}}, "手机号"),
        ({"work": [{"name": "示例公司", "startDate": "2020", "highlights": ["写代码很多年", "开会讨论问题"]}]}, "数字"),
        (
            {"work": [{"name": "示例公司", "startDate": "2020", "highlights": ["赋能业务增长 10%", "打造闭环 2 个"]}]},
            "空话",
        ),
        ({"skills": [{"keywords": ["mysql", "redis", "java", "go"]}]}, "官方写法"),
        ({"x_cn": {"personal": {"婚姻状况": "未婚"}}}, "与应聘无关"),
    ],
)
def test_suggestion_names_the_reason_when_points_are_lost(members, message):
    found = quality(GOOD.model_validate({**GOOD.as_json_resume(), **members}))

    assert found.score < 100
    assert any(message in one.message for one in found.suggestions)


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["负责订单系统的开发", "用mysql优化查询，快了30%", "参加例会"]), max_size=4))
def test_score_never_falls_when_rules_improve_the_text(bullets):
    resume = a_resume(work=[{"name": "示例公司", "highlights": bullets}])
    changes = judge(basic_suggestions(prose_items(resume), resume), prose_items(resume), ordered_lists(resume))

    better = quality(apply_changes(resume, changes))

    assert better.score >= quality(resume).score
    assert better == quality(apply_changes(resume, changes))
