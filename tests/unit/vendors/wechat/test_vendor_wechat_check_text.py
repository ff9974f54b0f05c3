"""msg_sec_check: what is said of a text, sent as raw UTF-8 for the place it goes to, and nobody is asked twice for nothing."""

import pytest

from common.domain.moderation import Finding, Scene
from common.errors import PersonNotSeen, VendorUnavailable


@pytest.fixture
def openid(server):
    return server.control("accept", {"user": "alice"})["openid"]


@pytest.fixture
def check(wechat, openid):
    return lambda text, scene=Scene.COMMENT: wechat.check_text(text, openid=openid, scene=scene)


def test_nothing_is_found_when_nothing_is_wrong_with_a_text(check, server):
    assert check("面试怎么准备？") == Finding()
    assert server.operations().count("msg_sec_check") == 1


def test_chinese_is_found_risky_because_it_is_sent_as_it_is(check):
    assert check("哪里有赌博网站") == Finding("risky", 20006)


def test_text_is_found_doubtful_when_a_person_would_have_to_review_it(check):
    assert check("加微信领取资料") == Finding("review", 10001)


@pytest.mark.parametrize("scene", list(Scene))
def test_place_is_told_as_wechat_numbers_it_when_a_text_is_checked(check, server, scene):
    check("你好", scene)

    (asked,) = server.fake.checked
    assert asked == {"scene": int(scene), "characters": 2}


def test_person_is_not_seen_when_they_have_not_been_there_for_two_hours(check, server):
    server.control("clock", {"offset_s": 3 * 3600})

    with pytest.raises(PersonNotSeen) as caught:
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
