"""The message "简历已生成": values WeChat accepts, one message per acceptance, never twice."""

import pytest

from common.errors import CredentialRejected, VendorBusy, VendorRejected, VendorUnavailable
from common.vendors.wechat.ready_message import as_thing, as_time, ready_values
from scripts.local_cloud.fakes.wechat.value_rules import complaint_about


@pytest.fixture
def openid(server, settings):
    return server.control("accept", {"user": "alice", "template_id": settings.template_ready})["openid"]


@pytest.fixture
def send(wechat, openid, now):
    return lambda: wechat.send_ready(openid, title="张三的简历", resume_id="r 1", at=now)


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


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("张三", "张三"),
        ("一" * 20, "一" * 20),
        ("一" * 21, "一" * 19 + "…"),
        (" 多行\n标题\t\x00 ", "多行 标题"),
        ("", "我的简历"),
        ("\n", "我的简历"),
        ("😀" * 30, "😀" * 19 + "…"),
    ],
)
def test_title_fits_when_it_is_long_or_odd(title, shown):
    assert as_thing(title) == shown


def test_values_pass_the_vendors_rules_when_they_are_made(now):
    values = ready_values(title="很长的标题" * 10, at=now)

    assert [complaint_about(key, cell["value"]) for key, cell in values.items()] == [None, None]


def test_time_is_beijings_when_it_is_shown(now):
    moment = now.replace(year=2026, month=1, day=31, hour=18, minute=5)

    assert as_time(moment) == "2026年02月01日 02:05"
