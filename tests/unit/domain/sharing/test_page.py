"""The shared page: what it is for is on it, and nothing private is, wherever it stood."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.domain.resume import Resume
from common.domain.sharing import shared_page, texts_of, token_digest, viewer_digest
from common.domain.sharing.card import LONGEST_TITLE, card_of, description_of, title_of
from common.domain.sharing.identifiers import concealed
from common.domain.sharing.page import SHOWN, shown_name

PHONE, EMAIL, ID_CARD = "138 1234 5678", "zhang.san@example.com", "11010119950312123X"
SECRETS = (
    "13812345678",
    PHONE,
    EMAIL,
    ID_CARD,
    "中关村大街 1 号",
    "1995",
    "https://github.com/zhangsan",
    "abc_wx_998",
    "离异",
    "李四",
)

WHOLE = {
    "basics": {
        "name": "张三丰",
        "label": "后端工程师",
        "email": EMAIL,
        "phone": PHONE,
        "url": "https://github.com/zhangsan",
        "image": "data:image/jpeg;base64,AAAA",
        "summary": f"张三丰，1995年3月出生，微信：abc_wx_998，电话 {PHONE}，热爱后端。",
        "location": {"address": "中关村大街 1 号", "city": "北京", "postalCode": "100080"},
        "profiles": [{"network": "GitHub", "url": "https://github.com/zhangsan"}],
    },
    "work": [
        {
            "name": "云帆科技",
            "position": "后端工程师",
            "url": "https://intranet.example.com",
            "startDate": "2019-03",
            "highlights": [f"张三丰负责订单系统，联系 {EMAIL}", "性能提升 30%"],
            "x_cn": {"department": "平台部", "score": "秘密", "date_raw": "1995"},
        }
    ],
    "education": [{"institution": "东湖大学", "area": "计算机", "studyType": "本科"}],
    "references": [{"name": "李四", "reference": PHONE}],
    "x_cn": {
        "personal": {"身份证": ID_CARD, "婚姻状况": "离异", "出生年月": "1995.03"},
        "intention": {"positions": ["后端工程师"], "cities": ["上海"], "salary": {"raw": "30k"}},
    },
    "meta": {"x_cn": {"unplaced": [f"身份证 {ID_CARD}"]}},
}


def page(how="masked", content=WHOLE):
    return shared_page(Resume.model_validate(content), how=how)


def test_page_shows_what_a_resume_is_shared_for():
    shown = page()

    assert shown["basics"]["name"] == "张**"
    assert shown["basics"]["location"] == {"city": "北京"}
    assert shown["work"][0]["name"] == "云帆科技"
    assert shown["work"][0]["highlights"][1] == "性能提升 30%"
    assert shown["work"][0]["x_cn"] == {"department": "平台部"}
    assert shown["education"][0]["institution"] == "东湖大学"
    assert shown["x_cn"] == {"intention": {"positions": ["后端工程师"], "cities": ["上海"]}}


def test_nothing_private_is_on_the_page():
    text = json.dumps(page(), ensure_ascii=False)

    assert [secret for secret in (*SECRETS, "张三丰", "salary", "30k", "秘密", "base64") if secret in text] == []


def test_every_section_that_could_be_shown_is_decided_about():
    sections = {name for name, field in Resume.model_fields.items() if str(field.annotation).startswith("list")}

    assert sections - set(SHOWN) == {"references"}
    assert len(sections) >= 10


@pytest.mark.parametrize(
    ("name", "how", "shown"),
    [
        ("张三", "masked", "张*"),
        ("欧阳锋", "masked", "欧**"),
        ("阿卜杜拉·买买提", "masked", "阿**"),
        ("张", "masked", "张*"),
        ("John Smith", "masked", "J***"),
        (None, "masked", "求职者"),
        ("张三", "hidden", "求职者"),
        ("张三", "full", "张三"),
    ],
)
def test_name_is_shown_as_its_owner_chose(name, how, shown):
    assert shown_name(name, how) == shown


@pytest.mark.parametrize(
    "text",
    [
        "电话13812345678",
        "+86 138-1234-5678",
        "１３８１２３４５６７８",
        "138.1234.5678",
        "010-62345678",
        "+1 (415) 555-2671",
        "a.b+c@mail.example.cn",
        "ａ＠ｂ．com",
        "身份证11010119950312123X",
        "银行卡 6222021234567890123",
        "QQ：12345678",
        "qq号 12345678",
        "微信号: wx_abcdef",
        "WeChat: wx_abcdef",
        "VX abcdef123",
        "https://example.com/me?x=1",
        "www.example.com/me",
        "出生日期：1995.03.12",
        "1995年3月生",
        "生于1995年",
        "28岁",
        "年龄：28 岁",
    ],
)
def test_identifier_is_hidden_in_every_form(text):
    assert "***" in concealed(text, name=None, shown_name="求职者")


@pytest.mark.parametrize(
    "text",
    [
        "2019.07-2021.06 负责订单系统",
        "服务 10000000 用户，QPS 13000",
        "成本降低 15 000 000 元",
        "版本 1.3.0 升级到 1.3.1",
        "2018年生产系统上线，2019年生效",
        "响应从 1300 ms 降到 130 ms",
        "管理 13 个城市 18 人，2019 年",
    ],
)
def test_figures_of_the_work_stay(text):
    assert concealed(text, name="张三", shown_name="张*") == text


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from([PHONE, EMAIL, ID_CARD]))
def test_identifier_is_hidden_whatever_stands_around_it(before, after, secret):
    content = {
        "basics": {"summary": f"{before} {secret} {after}"},
        "work": [{"highlights": [f"{before}，{secret}，{after}"]}],
    }

    shown = json.dumps(page(content=content), ensure_ascii=False)

    assert secret not in shown


def test_every_text_is_given_to_the_check():
    texts = list(texts_of(page()))

    assert {"云帆科技", "平台部", "性能提升 30%", "东湖大学", "上海", "张**"} <= set(texts)


def test_card_says_who_and_what_within_its_length():
    title = title_of(page(content={"basics": {"name": "张三", "label": "工" * 99}}))

    assert title.startswith("张*的简历 · 工")
    assert len(title) == LONGEST_TITLE


def test_card_is_described_by_skills_or_else_the_employer():
    assert description_of({"skills": [{"name": "Python"}, {"name": "MySQL"}]}) == "Python · MySQL"
    assert description_of({"work": [{"name": "云帆科技"}]}) == "云帆科技"
    assert description_of({}) == "墨简 · 简历"


def test_card_leads_to_the_page_with_the_token():
    card = card_of("标题", "说明", token="t0", page_path="pages/share/share", image_url="i", lasting_url="l")

    assert card.message["path"] == "/pages/share/share?token=t0"
    assert card.timeline["query"] == "token=t0"
    assert card.open_graph["og:image"] == "l"


def test_viewer_is_another_one_on_another_day_and_for_another_share():
    digests = {
        viewer_digest(token, viewer, day)
        for token in ("t1", "t2")
        for viewer in ("u_1", "u_2")
        for day in (date(2026, 1, 1), date(2026, 1, 2))
    }

    assert len(digests) == 8
    assert len(token_digest("t1")) == 64
