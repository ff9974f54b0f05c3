"""Contacts: what reaches a recruiter goes, what only looks a little like it stays."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.domain.jobs import without_contacts
from common.domain.jobs.contacts import GONE

SECRETS = [
    ("联系人：张女士，电话 138-0013-8000，微信：hr_zhang88。", ["张女士", "8000", "hr_zhang88"]),
    ("请将简历发送至 hr@example.com", ["hr@example", "example.com"]),
    ("投递邮箱：zp (at) example.com.cn", ["zp (at)", "example"]),
    ("加V信 abc12345 详聊", ["abc12345"]),
    ("加我微信zp_lina_2024", ["zp_lina_2024"]),
    ("hr微信 zp_lina_2024", ["zp_lina_2024"]),
    ("VX：goodjob2024", ["goodjob2024"]),
    ("wx:lina-hr", ["lina-hr"]),
    ("QQ：1234567890", ["1234567890"]),
    ("qq 123456789", ["123456789"]),
    ("微信同号１３８００１３８０００", ["１３８００１３８０００"]),
    ("联系电话：021-58881234转8001", ["58881234", "8001"]),
    ("电话（0755）26881234", ["26881234"]),
    ("咨询热线 400-800-1234", ["800-1234"]),
    ("+86 139 0013 8000", ["139", "8000"]),
    ("一三八零零一三八零零零", ["三八零零"]),
    ("138.0013.8000", ["0013"]),
    ("请联系王经理 13800138000", ["王经理", "138"]),
    ("HR：李娜", ["李娜"]),
    ("招聘负责人：陈静，欢迎咨询", ["陈静"]),
    ("Contact: Mary Smith", ["Mary", "Smith"]),
]
HARMLESS = [
    "负责微信小程序开发，熟悉 QQ 互联",
    "薪资15000-25000，服务 10000000 用户",
    "熟悉WeChat Pay接口和 vx 框架",
    "使用 telegram bot 开发",
    "负责与客户经理沟通，协助总监完成工作",
    "熟悉 Spring 的 @Bean 注解",
    "2019年1月至2023年12月，营收 13.8 亿元",
    "微信公众号运营，粉丝 100000+",
    "熟悉 IPv4 192.168.10.100 网段",
    "3-5年经验；本科及以上；年龄 25-35 岁",
]


@pytest.mark.parametrize(("text", "secrets"), SECRETS)
def test_contact_is_taken_out(text, secrets):
    clean = without_contacts(text)

    assert GONE in clean
    assert [secret for secret in secrets if secret in clean] == []


@pytest.mark.parametrize("text", HARMLESS)
def test_text_stays_as_it_is_when_nobody_can_be_reached_by_it(text):
    assert without_contacts(text) == text


def test_the_rest_of_a_sentence_stays_as_printed():
    clean = without_contacts("任职要求：熟悉Java（必须），微信：abc_12345，双休。")

    assert clean == f"任职要求：熟悉Java（必须），{GONE}，双休。"


@given(st.text(max_size=200))
def test_taking_out_twice_changes_nothing_more(text):
    once = without_contacts(text)

    assert without_contacts(once) == once


@given(st.text(alphabet=st.characters(categories=["Lo"]), max_size=20), st.integers(10**8, 10**9 - 1))
def test_a_mobile_number_never_stays_whatever_stands_around_it(around, rest):
    number = f"13{rest}"

    assert number not in without_contacts(f"{around}{number}{around}")


@pytest.mark.parametrize(
    "hostile",
    [
        "a" * 20_000,
        "13" * 10_000,
        "电话" + " " * 20_000,
        "a@a." * 5_000,
        "张经理" * 6_000,
        "加我微信" * 5_000,
        "vx" + "a" * 20_000,
    ],
    ids=lambda text: text[:4],
)
def test_a_hostile_description_costs_no_more_than_its_length(hostile):
    started = time.process_time()

    without_contacts(hostile)

    assert time.process_time() - started < 2
