"""Improvements without a model: they change form only, and the guard agrees with every one of them."""

import pytest

from common.domain.optimising.basic import basic_suggestions
from common.domain.optimising.judging import judge
from common.domain.resume import Resume
from scripts.benchmarks.ai.cases.rewrites import HONEST
from tests.builders import a_resume


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("负责订单系统的开发，日均处理10w请求", "开发订单系统，日均处理 10 万请求"),
        ("用mysql和redis优化查询", "用 MySQL 和 Redis 优化查询"),
        ("维护官网,修复bug", "维护官网，修复 bug"),
        ("负责门店销售相关工作", "负责门店销售"),
        ("熟悉javascript", "熟悉 JavaScript"),
    ],
)
def test_sentence_gets_better_when_a_rule_knows_how(text, better):
    (change,) = basic_suggestions({"/basics/summary": text}, Resume()).changes

    assert change.text == better


@pytest.mark.parametrize("text", ["使用 MySQL 优化查询", "Developed a REST API", "js 开发", "https://a.example/b,c"])
def test_sentence_stays_when_there_is_nothing_to_mend(text):
    assert basic_suggestions({"/basics/summary": text}, Resume()).changes == []


@pytest.mark.parametrize("line", HONEST)
def test_guard_agrees_when_a_rule_rewords(line):
    items = {"/basics/summary": line.partition(" => ")[0]}

    changes = judge(basic_suggestions(items, Resume()), items)

    assert [change.blocked_because for change in changes if change.state == "blocked"] == []


def test_newest_project_comes_first_when_all_have_dates():
    projects = [{"name": "旧", "startDate": "2019-01"}, {"name": "新", "startDate": "2022-01"}]

    (change,) = basic_suggestions({}, a_resume(projects=projects)).changes

    assert (change.op, change.path, change.order) == ("reorder", "/projects", [1, 0])


def test_order_stays_when_a_date_is_missing():
    projects = [{"name": "旧", "startDate": "2019-01"}, {"name": "新"}]

    assert basic_suggestions({}, a_resume(projects=projects)).changes == []
