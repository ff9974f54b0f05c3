"""HTML of strangers as plain text: lines stay lines, nothing that could run or hide comes through."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.vendors.job_boards.html import MOST_TEXT, one_line, plain_text
from scripts.local_cloud.fakes.job_market import description_html, openings
from scripts.local_cloud.fakes.job_market.texts import HOSTILE


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>职责：</p><p>写代码</p>", "职责：\n\n写代码"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<ul><li>一</li><li>二</li></ul>", "· 一\n· 二"),
        ("<p>R&amp;D&nbsp;部门 &lt;3</p>", "R&D 部门 <3"),
        ("<b>粗</b><i>斜</i>", "粗斜"),
        ("1. 写代码\n2. 测试", "1. 写代码\n2. 测试"),
        ("熟悉 a<b 的写法", "熟悉 a"),
        ("薪资 < 20K", "薪资 < 20K"),
        ("<p>没有关<div>的标签", "没有关\n\n的标签"),
        ("<table><tr><td>甲</td></tr><tr><td>乙</td></tr></table>", "甲\n\n乙"),
        ("<script>alert(1)</script>好", "好"),
        ("<style>p{}</style>好", "好"),
        ("<!-- 备注 -->好", "好"),
        ("<a href='javascript:alert(1)'>看</a>", "看"),
        ("<img src=x onerror=alert(1)>好", "好"),
        ("<scr<script>ipt>alert(1)</script>好", "ipt>alert(1)好"),
        ("好\u200b人\u202e", "好人"),
        ("", ""),
    ],
)
def test_html_becomes_text(html, text):
    assert plain_text(html) == text


@pytest.mark.parametrize("attack", HOSTILE)
def test_attack_leaves_nothing_that_runs(attack):
    text = plain_text(f"<p>职责</p>{attack}<p>要求</p>")

    assert [bad for bad in ("onerror", "onload", "javascript:", "evil.example.com", "@import") if bad in text] == []
    assert "职责" in text


def test_every_description_of_the_market_is_whole_and_clean():
    texts = [plain_text(description_html(opening)) for opening in openings()]

    assert all("岗位职责：" in text and "任职要求：" in text for text in texts)
    assert all("\n· " in text for text in texts)
    assert len(set(texts)) > 300


@given(st.text(alphabet="<>/!-&;='\" abpscriptonx\n", max_size=200))
def test_no_tag_and_no_control_character_survives(html):
    text = plain_text(html)

    assert "<script" not in text.lower().replace("&lt;", "")
    assert text == text.strip()
    assert "\n\n\n" not in text


def test_text_is_cut_where_it_is_too_long():
    assert len(plain_text("<p>" + "字" * 300_000)) <= MOST_TEXT


def test_name_is_one_line():
    assert one_line("<b>会计</b>\n 主管<br>急聘", most=8) == "会计 主管 急聘"[:8]


@pytest.mark.parametrize("tag", ["div", "b", "table", "svg", "p><b><i><u", "select><option"])
def test_tags_without_end_cost_no_more_than_a_description(tag):
    started = time.process_time()

    plain_text(f"<{tag}>" * 40_000 + "字")

    assert time.process_time() - started < 2
