"""Subscription messages: values WeChat accepts, one message per acceptance, never twice."""

from dataclasses import replace

import pytest

from common.domain.messages import KINDS
from common.errors import CredentialRejected, VendorBusy, VendorRejected, VendorUnavailable
from common.vendors.wechat.keywords import RULES, as_time, fitted
from common.vendors.wechat.subscription import values_of
from scripts.local_cloud.fakes.wechat.value_rules import RULES as WECHATS_RULES
from scripts.local_cloud.fakes.wechat.value_rules import complaint_about
from tests.builders import a_message


@pytest.fixture
def openid(server, settings):
    return server.control("accept", {"user": "alice", "template_id": settings.template_ready})["openid"]


@pytest.fixture
def send(wechat, openid, now):
    message = a_message("u_1", openid=openid, title="张三的简历", resume_id="r 1", created_at=now)
    return lambda **changed: wechat.send(replace(message, **changed))


def messages(server):
    return server.control("state")["messages"]


def test_message_arrives_with_its_page_when_the_user_accepted(send, server, settings, openid):
    send()

    (message,) = messages(server)
    assert message["touser"] == openid
    assert message["data"]["thing1"]["value"] == "张三的简历"
    assert message["page"] == f"{settings.page_ready}?id=r+1"


def test_second_message_is_refused_when_one_was_accepted(send, server):
    send()

    with pytest.raises(VendorRejected) as caught:
        send()

    assert caught.value.facts["vendor_code"] == 43101
    assert len(messages(server)) == 1


def test_message_is_sent_with_another_token_when_the_first_is_not_known(send, server, tokens):
    tokens.stale = ["stale-token"]

    send()

    assert tokens.asked == [None, "stale-token"]
    assert len(messages(server)) == 1


def test_credential_is_rejected_when_the_second_token_is_no_better(send, tokens, server):
    tokens.stale = ["stale-1", "stale-2", "stale-3"]

    with pytest.raises(CredentialRejected) as caught:
        send()

    assert tokens.asked == [None, "stale-1"]
    assert "stale" not in str(caught.value)


@pytest.mark.parametrize("when", ["before", "after"])
def test_message_is_not_repeated_and_its_fate_unknown_when_the_answer_was_lost(send, server, when):
    server.fault("subscribe_send", "drop", when=when)

    with pytest.raises(VendorUnavailable) as caught:
        send()

    assert caught.value.facts["delivered"] == "unknown"
    assert server.operations().count("subscribe_send") == 1


def test_message_is_repeated_when_wechat_says_it_is_busy(send, server):
    server.fault("subscribe_send", "errcode", errcode=-1)

    send()

    assert len(messages(server)) == 1


def test_message_surely_did_not_arrive_when_wechat_stays_busy(send, server):
    server.fault("subscribe_send", "errcode", errcode=45011, times=3)

    with pytest.raises(VendorBusy) as caught:
        send()

    assert caught.value.facts["delivered"] == "no"


def test_every_kind_arrives_with_the_keywords_of_its_template_when_accepted(send, server, settings, wechat):
    for kind in KINDS:
        server.control("accept", {"user": "alice", "template_id": wechat.template_of(kind)})

    for kind in KINDS:
        send(kind=kind, detail="9.90元", resume_id=None if kind == "refunded" else "r1")

    assert [sorted(message["data"]) for message in messages(server)] == [
        ["thing1", "time2"],
        ["thing1", "thing2", "time3"],
        ["amount2", "thing1", "time3"],
    ]
    assert messages(server)[2]["page"] == settings.page_orders


def test_nothing_is_sent_when_a_value_cannot_fit_its_keyword(send, server):
    with pytest.raises(VendorRejected) as caught:
        send(kind="refunded", detail="很多钱")

    assert caught.value.facts["keyword"] == "amount2"
    assert caught.value.facts["delivered"] == "no"
    assert "很多钱" not in str(caught.value)
    assert "subscribe_send" not in server.operations()


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("张三", "张三"),
        ("一" * 20, "一" * 20),
        ("一" * 21, "一" * 19 + "…"),
        (" 多行\n标题\t\x00 ", "多行 标题"),
        ("", "无"),
        ("\n", "无"),
        ("😀" * 30, "😀" * 19 + "…"),
    ],
)
def test_title_fits_when_it_is_long_or_odd(title, shown):
    assert fitted("thing1", title) == shown


FITTING = {
    "thing": "简历",
    "name": "欧阳娜娜",
    "car_number": "粤A12345",
    "number": "-12.50",
    "letter": "ABC",
    "symbol": "!!!",
    "character_string": "M06f-1",
    "time": "2026年11月25日 08:05",
    "date": "2026-11-25",
    "amount": "¥9.90元",
    "phone_number": "+86-13800138000",
    "phrase": "已完成",
    "enum": "成功",
}
UNFIT = {
    "car_number": "粤AD1234567",
    "number": "十二",
    "letter": "A1",
    "symbol": "!!!!!!",
    "character_string": "订单1",
    "time": "25:00",
    "date": "2026年25日",
    "amount": "9.9.9",
    "phone_number": "1" * 18,
    "phrase": "已经全部完成",
    "enum": "长" * 21,
}


def test_every_kind_of_keyword_has_a_rule_as_wechat_has():
    assert set(RULES) == set(WECHATS_RULES) == set(FITTING)


@pytest.mark.parametrize(("prefix", "value"), FITTING.items())
def test_value_that_fits_passes_our_rule_and_wechats(prefix, value):
    assert fitted(f"{prefix}1", value) == value
    assert complaint_about(f"{prefix}1", value) is None


@pytest.mark.parametrize(("prefix", "value"), UNFIT.items())
def test_value_that_does_not_fit_is_refused_by_our_rule_and_wechats(prefix, value):
    assert complaint_about(f"{prefix}1", value) is not None
    with pytest.raises(VendorRejected):
        fitted(f"{prefix}1", value)


@pytest.mark.parametrize("key", ["poem1", "thing", "Thing1", "1"])
def test_keyword_is_refused_when_wechat_has_no_such_kind(key):
    with pytest.raises(VendorRejected):
        fitted(key, "x")


@pytest.mark.parametrize("kind", KINDS)
def test_values_pass_the_vendors_rules_when_they_are_made(now, kind):
    detail = "9.90元" if kind == "refunded" else "很长的原因" * 10
    values = values_of(a_message("u_1", kind=kind, title="很长的标题" * 10, detail=detail, created_at=now))

    assert [complaint_about(key, cell["value"]) for key, cell in values.items()] == [None] * len(values)


def test_name_in_chinese_has_ten_characters_when_it_is_longer():
    assert fitted("name1", "名" * 11) == "名" * 9 + "…"
    assert fitted("name1", "n" * 20) == "n" * 20


def test_time_is_beijings_when_it_is_shown(now):
    moment = now.replace(year=2026, month=1, day=31, hour=18, minute=5)

    assert as_time(moment) == "2026年02月01日 02:05"
