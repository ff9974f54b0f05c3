"""msg_sec_check: what is risky is refused, sent as raw UTF-8, and nobody is asked twice for nothing."""

import pytest

from common.errors import ContentRefused, VendorRejected, VendorUnavailable


@pytest.fixture
def openid(server):
    return server.control("accept", {"user": "alice"})["openid"]


@pytest.fixture
def check(wechat, openid):
    return lambda text: wechat.check_text(text, openid=openid)


def test_text_passes_when_nothing_is_wrong_with_it(check, server):
    check("面试怎么准备？")

    assert server.operations().count("msg_sec_check") == 1


def test_chinese_is_found_risky_because_it_is_sent_as_it_is(check):
    with pytest.raises(ContentRefused) as caught:
        check("哪里有赌博网站")

    assert caught.value.facts["vendor_code"] == 20006
    assert "赌博" not in str(caught.value)


def test_text_passes_when_a_person_would_have_to_review_it(check):
    check("加微信领取资料")


def test_vendor_rejects_when_the_person_has_not_been_there_for_two_hours(check, server):
    server.control("clock", {"offset_s": 3 * 3600})

    with pytest.raises(VendorRejected) as caught:
        check("你好")

    assert caught.value.facts["vendor_code"] == 61010


def test_check_is_repeated_with_another_token_when_the_first_is_not_known(check, tokens):
    tokens.stale = ["stale-token"]

    check("你好")

    assert tokens.asked == [None, "stale-token"]


def test_check_is_tried_twice_when_the_vendor_is_down(check, server):
    server.fault("msg_sec_check", "status", status=503, times=2)

    with pytest.raises(VendorUnavailable):
        check("你好")

    assert server.operations().count("msg_sec_check") == 2
