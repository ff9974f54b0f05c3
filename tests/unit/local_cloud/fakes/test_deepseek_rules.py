"""The rules behind the DeepSeek fake: honest answers, made from the request alone."""

import copy

import pytest

from scripts.local_cloud.fakes.deepseek.rules.advice import advise, rest_of_advice, summarise
from scripts.local_cloud.fakes.deepseek.rules.optimise import changes_for, rewrite
from scripts.local_cloud.fakes.deepseek.rules.structure import corrected
from scripts.local_cloud.fakes.deepseek.tokens import PrefixCache, count_tokens

LINES = [
    "1| 林 晓雨",
    "2| 电话：138-0013-8000  邮箱：linxiaoyu@example.com",
    "3| 期望薪资：15-20K",
    "4| 星河科技有限公司   后端工程师   2020.07 - 至今",
    "5| • 负责订单系统的拆分与重构，",
    "6| 接口耗时下降 35%",
    "7| 江南大学  计算机科学与技术  本科  2016年9月—2020年6月",
]
DRAFT = {
    "basics": {"name": "林晓雨", "phone": "+86 13800138000", "email": "linxiaoyu@example.com", "label": ""},
    "work": [
        {
            "name": "星河科技有限公司",
            "position": "后端工程师",
            "startDate": "2020-07",
            "highlights": ["负责订单系统的拆分与重构，接口耗时下降 35%"],
            "x_cn": {"kind": "job", "date_raw": "2020.07 - 至今", "current": True},
        }
    ],
    "education": [
        {"institution": "江南大学", "studyType": "本科", "startDate": "2016-09", "endDate": "2020-06", "courses": []}
    ],
    "x_cn": {"intention": {"salary": {"min": 15000, "max": 20000, "unit": "month"}}},
    "meta": {"x_cn": {"provenance": {"/basics/name": {"line": 1}}}},
}


def test_structure_returns_the_draft_unchanged_when_every_scalar_is_in_the_lines():
    resume = corrected(LINES, DRAFT)

    assert resume == DRAFT


@pytest.mark.parametrize(
    ("path", "invented"),
    [
        (("basics", "url"), "https://invented.example"),
        (("basics", "phone"), "13911112222"),
        (("work", 0, "position"), "首席架构师"),
        (("education", 0, "endDate"), "2021-06"),
        (("education", 0, "score"), "3.9"),
        (("x_cn", "intention", "salary", "max"), 30000),
    ],
)
def test_structure_drops_a_scalar_when_no_line_holds_it(path, invented):
    draft = copy.deepcopy(DRAFT)
    place = draft
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = invented

    resume = corrected(LINES, draft)

    assert str(invented) not in str(resume)


def test_structure_drops_a_whole_entry_when_nothing_in_it_is_proven():
    draft = copy.deepcopy(DRAFT)
    draft["work"].append({"name": "虚构集团", "startDate": "2011-03", "x_cn": {"kind": "internship"}})
    draft["work"][0]["highlights"].append("获得年度最佳员工")

    resume = corrected(LINES, draft)

    assert resume["work"] == DRAFT["work"]


def test_structure_completes_name_email_and_phone_when_the_draft_lacks_them():
    resume = corrected(LINES, {"basics": {"label": ""}})

    assert resume["basics"] == {
        "label": "",
        "name": "林晓雨",
        "email": "linxiaoyu@example.com",
        "phone": "138-0013-8000",
    }


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["1| 个人简历", "2| 姓名：周明 性别：男"], "周明"),
        (["1| Jane Q. Doe", "2| Engineer"], "Jane Q. Doe"),
        (["1| 教育经历", "2| 求职意向：后端"], None),
    ],
)
def test_structure_finds_a_name_only_when_a_line_is_one(lines, name):
    resume = corrected(lines, {})

    assert resume.get("basics", {}).get("name") == name


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("负责支付系统的开发", "支付系统的开发"),
        ("主要负责：搭建监控平台", "搭建监控平台"),
        ("用mysql和springboot重写后台", "用 MySQL 和 Spring Boot 重写后台"),
        ("设计缓存方案,命中率提升到 95%", "设计缓存方案，命中率提升到 95%。"),
        ("梳理流程，编写文档；", "梳理流程，编写文档。"),
        ("使用React开发页面", "使用 React 开发页面"),
    ],
)
def test_rewrite_changes_only_the_form_when_a_rule_applies(text, better):
    rewritten, reasons = rewrite(text)

    assert rewritten == better
    assert reasons


@pytest.mark.parametrize(
    "text",
    [
        "搭建监控平台",
        "负责人：李雷",
        "Built a payment service with Redis.",
        "项目地址 https://github.com/example/vue-demo",
        "引入 com.example.mysql.driver 包",
        "吞吐提升 1,000 倍",
        "参与度",
    ],
)
def test_rewrite_leaves_the_text_alone_when_nothing_is_to_be_said(text):
    rewritten, reasons = rewrite(text)

    assert (rewritten, reasons) == (text, [])


def test_rewrite_is_stable_when_applied_to_its_own_result():
    once, _ = rewrite("主要负责用java,mysql开发订单系统,支持退款;")

    twice, reasons = rewrite(once)

    assert (twice, reasons) == (once, [])


def test_changes_name_path_and_reason_when_some_items_need_nothing():
    items = [
        {"path": "/work/0/highlights/0", "text": "搭建平台"},
        {"path": "/work/0/highlights/1", "text": "用redis做缓存"},
    ]

    changes = changes_for(items, "熟悉Redis与Kafka")

    assert [change["path"] for change in changes] == ["/work/0/highlights/1"]
    assert changes[0]["text"] == "用 Redis 做缓存"
    assert "官方写法" in changes[0]["reason"]
    assert "职位要求中的 Redis 对应" in changes[0]["reason"]


@pytest.mark.parametrize(
    ("message", "topic"), [("简历怎么写？", "简历先放"), ("下周面试，紧张", "面试前"), ("你好", "目标岗位")]
)
def test_advice_takes_up_the_users_words_when_a_topic_is_named(message, topic):
    text = advise(message)

    assert message in text
    assert topic in text


def test_rest_of_an_answer_is_given_when_it_was_broken_off():
    whole = advise("面试怎么准备")
    said = [("user", "面试怎么准备"), ("assistant", whole[:20]), ("user", "接着写")]

    assert whole[:20] + (rest_of_advice(said) or "") == whole


@pytest.mark.parametrize(
    "said",
    [
        [("user", "接着写")],
        [("user", "面试"), ("assistant", "不是开头"), ("user", "接着写")],
        [("user", "面试"), ("assistant", "关于你说的"), ("user", "薪资怎么谈")],
    ],
)
def test_rest_of_an_answer_is_none_when_nothing_was_broken_off(said):
    assert rest_of_advice(said) is None


def test_summary_names_what_was_asked():
    assert summarise([{"message": "面试", "answer": "…"}, {"message": "薪资"}, "x"]) == "谈过：面试；薪资"


def test_prefix_cache_hits_in_units_of_64_tokens_when_the_beginning_repeats():
    cache = PrefixCache()
    system = "系统提示" * 200
    cache.hit_tokens(system + "第一份")

    hits = cache.hit_tokens(system + "第二份")

    assert 0 < hits <= count_tokens(system)
    assert hits % 64 == 0
    assert cache.hit_tokens("别的" * 300) == 0
