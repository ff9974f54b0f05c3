"""The guard: honest rewrites pass, inventions are blocked and named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.domain.optimising.guard import findings
from scripts.benchmarks.ai.cases import rewrites_blind, rewrites_spoken
from scripts.benchmarks.ai.cases.rewrites import HONEST as HONEST_REWRITES
from scripts.benchmarks.ai.cases.rewrites import LIES

HONEST = [
    # spacing, width, punctuation, case
    ("日均处理10w请求", "日均处理 10w 请求"),
    ("使用mysql和redis优化查询", "使用 MySQL 与 Redis 优化查询。"),
    ("成本降低５０％", "成本降低 50%"),
    ("ＡＰＩ开发", "API 开发"),
    ("用C++写算法", "使用 C++ 编写算法"),
    ("K8S部署", "k8s 部署"),
    ("MySQL8 调优", "MySQL 8 调优"),
    ("spring boot 开发", "SpringBoot 开发"),
    ("SpringBoot 开发", "Spring Boot 开发"),
    ("node.js服务", "Node.js 服务"),
    ("CI/CD流程", "CI / CD 流程"),
    # the same number in other words
    ("日均处理10w请求", "日均处理 10 万请求"),
    ("日均处理10万请求", "日均处理 10w 请求"),
    ("用户5k", "用户 5000"),
    ("用户1,000人", "用户 1000 人"),
    ("1.5w", "1.5 万"),
    ("用户1.5万", "用户 15000"),
    ("3千万", "3000 万"),
    ("1亿次调用", "10000 万次调用"),
    ("提升两倍", "提升 2 倍"),
    ("提升2倍", "提升两倍"),
    ("负责三个模块", "负责 3 个模块"),
    ("十二个接口", "12 个接口"),
    ("一百二十人", "120 人"),
    ("用户一万五千", "用户 15000"),
    ("两千万元", "2000 万元"),
    ("百分之五十", "50%"),
    ("50%", "百分之五十"),
    ("2019.05上线", "2019 年 5 月上线"),
    ("近十年", "最近十年"),
    ("升级到 Python 3.10", "升级至 Python 3.10"),
    # words that count or name nothing
    ("开发系统", "开发一个系统"),
    ("优化流程", "优化流程，提升公司效率"),
    ("服务学生", "服务大学生"),
    ("在阿里巴巴集团实习", "于阿里巴巴集团实习"),
    ("在腾讯实习", "在腾讯公司实习"),
    ("获得一等奖", "荣获一等奖"),
    # English prose may be reworded in plain words
    ("Responsible for developing API of the platform", "Developed the API of the platform"),
    ("did optimization of queries in MySQL", "Optimized MySQL queries"),
]

INVENTED = [
    ("对接支付", "对接第三方支付", "第三方"),
    ("制定制度", "制定奖励制度", "奖励"),
    ("优化查询", "优化查询，性能提升30%", "30%"),
    ("提升 5%", "提升 50%", "50%"),
    ("提升20%", "提升 20 倍", "20 倍"),
    ("优化查询", "优化查询，速度提升三倍", "三倍"),
    ("3次", "3 倍", "3 倍"),
    ("用户10万", "用户 100 万", "100 万"),
    ("用户10万", "用户 10 亿", "10 亿"),
    ("用户5千", "用户 5w", "5w"),
    ("5人", "5 万人", "5 万"),
    ("用户五万", "用户六万", "六万"),
    ("带团队", "带领十人团队", "十人"),
    ("做项目", "完成三大项目", "三大"),
    ("2020年", "2021 年", "2021"),
    ("Python 3.1", "Python 3.10", "3.10"),
    ("比赛", "比赛排名第一", "第一"),
    ("服务客户", "服务上百客户", "上百"),
    ("服务客户", "服务数千家客户", "数千"),
    ("提升效率", "效率翻倍", "翻倍"),
    ("节省成本", "节省一半成本", "一半"),
    ("通过英语考试", "通过英语六级", "CET-6"),
    ("优化查询", "使用 Redis 优化查询", "Redis"),
    ("Django 开发", "Go 开发", "Go"),
    ("Java 开发", "JavaScript 开发", "JavaScript"),
    ("写 C 程序", "写 C++ 程序", "C++"),
    ("Developed API", "Developed API with Kafka", "Kafka"),
    ("Worked on a service", "Worked on a service at Google", "Google"),
    ("实习", "在腾讯公司实习", "在腾讯公司"),
    ("字节科技有限公司", "腾讯科技有限公司", "腾讯科技有限公司"),
    ("毕业于北京大学", "毕业于南京大学", "毕业于南京大学"),
    ("北京师范大学", "华东师范大学", "华东师范大学"),
    ("学习优秀", "获国家奖学金", "获国家奖学金"),
    ("参加比赛", "获一等奖", "获一等奖"),
    ("帮助该公司", "助力该公司增长", "增长"),
]


@pytest.mark.parametrize(("original", "rewritten"), HONEST)
def test_rewrite_passes_when_it_says_the_same(original, rewritten):
    assert findings(original, rewritten) == []


@pytest.mark.parametrize("line", [*HONEST_REWRITES, *rewrites_blind.HONEST, *rewrites_spoken.HONEST])
def test_sentence_passes_when_it_says_the_same_better(line):
    original, _, rewritten = line.partition(" => ")

    assert findings(original, rewritten) == []


@pytest.mark.parametrize("line", [*LIES, *rewrites_spoken.OVERSTATED])
def test_sentence_is_blocked_when_it_lies(line):
    original, _, rewritten = line.partition(" => ")

    assert findings(original, rewritten) != []


def test_written_verb_passes_when_it_replaces_a_spoken_one():
    assert findings("给客厅贴瓷砖", "为客厅铺贴瓷砖") == []


def test_written_verb_is_blocked_when_its_character_is_still_used_elsewhere():
    found = findings("负责接口开发", "负责接口开发，接诊")

    assert any("诊" in finding.text for finding in found)


def test_help_is_a_smaller_part_when_said_in_one_character():
    assert "role" in [finding.kind for finding in findings("帮同事修电脑", "修电脑")]


def test_people_are_counted_when_they_stand_before_their_number():
    assert findings("每天照顾12个病人", "日均护理患者 12 人") == []


def test_there_are_enough_sentences():
    assert len(HONEST_REWRITES) >= 60
    assert len(LIES) >= 40


@pytest.mark.parametrize(("original", "rewritten", "invented"), INVENTED)
def test_rewrite_is_blocked_and_the_fact_named_when_it_is_new(original, rewritten, invented):
    assert any(invented in finding.text for finding in findings(original, rewritten))


def test_every_invention_is_named_once_when_there_are_several():
    found = findings("优化查询", "用 Redis 和 Kafka 优化查询，提升 30%，Redis 30%")

    assert [finding.text for finding in found] == ["30%", "Redis", "Kafka"]


def test_plain_english_is_no_excuse_when_the_original_is_chinese():
    assert [finding.text for finding in findings("优化查询", "优化查询 with quality")] == ["with", "quality"]


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_text_invents_nothing_when_it_stays_as_it_is(text):
    assert findings(text, text) == []


@given(st.integers(2, 10**9), st.integers(2, 10**9))
def test_number_is_blocked_when_it_is_another(known, new):
    assert (findings(f"处理 {known} 条", f"处理 {new} 条") == []) is (known == new)


@pytest.mark.parametrize("length", [2000])
def test_guard_is_quick_when_a_text_is_long(length):
    text = "一二三四五六七八九十" * (length // 10) + "A1" * (length // 2) + "大学" * length

    assert findings(text, text) == []
