"""media_check_async and getwxacodeunlimit: questions about pictures, and pictures of codes."""

import httpx
import pytest

from common.domain.moderation import Scene
from common.errors import (
    PersonNotSeen,
    VendorQuotaExhausted,
    VendorRejected,
    VendorReplyInvalid,
    VendorUnavailable,
)
from common.vendors.wechat.mini_codes import MiniCodes, check_picture
from common.vendors.wechat.picture_checks import PictureChecks

TOKEN = "q7Z_abcdefghijklmnopqrst-12"


@pytest.fixture
def openid(server):
    server.control("media", {"delay_s": None})
    return server.control("open", {"user": "alice"})["openid"]


@pytest.fixture
def pictures(settings, http, tokens):
    return PictureChecks(settings, http, tokens)


@pytest.fixture
def codes(settings, http, tokens):
    return MiniCodes(settings, http, tokens)


def ask(pictures, openid, url="http://127.0.0.1:1/nothing.jpg"):
    return pictures.check_picture(url, openid=openid, scene=Scene.PROFILE)


def test_question_gets_a_trace_and_wechat_fetches_the_picture(pictures, openid, server):
    trace = ask(pictures, openid, f"{server.url}/__fake__/state")

    (asked,) = server.fake.state()["pictures"]["asked"]
    assert (asked["trace_id"], asked["scene"]) == (trace, 1)
    assert asked["fetched_bytes"] > 0


def test_question_is_taken_when_the_picture_cannot_be_fetched(pictures, openid, server):
    ask(pictures, openid)

    (asked,) = server.fake.state()["pictures"]["asked"]
    assert asked["fetched_bytes"] is None


def test_person_is_not_seen_when_they_were_away(pictures, openid, server):
    server.control("clock", {"offset_s": 3 * 3600})

    with pytest.raises(PersonNotSeen):
        ask(pictures, openid)


def test_question_is_asked_twice_when_the_vendor_is_down(pictures, openid, server):
    server.fault("media_check_async", "status", status=503, times=2)

    with pytest.raises(VendorUnavailable):
        ask(pictures, openid)

    assert server.operations().count("media_check_async") == 2


def test_answer_without_a_trace_is_no_answer(pictures, openid, server):
    server.fault("media_check_async", "status", status=200, body='{"errcode": 0, "errmsg": "ok"}', times=2)

    with pytest.raises(VendorReplyInvalid) as caught:
        ask(pictures, openid)

    assert caught.value.facts["fields"] == ["trace_id"]


def test_code_is_a_picture_that_follows_from_the_scene(codes):
    first, again, other = codes.draw(TOKEN), codes.draw(TOKEN), codes.draw("x")

    assert first.startswith(b"\x89PNG")
    assert first == again != other


def test_code_is_asked_for_again_with_another_token_when_the_first_is_not_known(codes, tokens):
    tokens.stale = ["stale-token"]

    assert codes.draw(TOKEN).startswith(b"\x89PNG")


@pytest.mark.parametrize("scene", ["", "x" * 33, "中文", "a%20b"])
def test_code_is_refused_when_the_scene_cannot_be_one(codes, scene):
    with pytest.raises(VendorRejected) as caught:
        codes.draw(scene)

    assert caught.value.facts["vendor_code"] == 40169


def test_code_is_refused_when_its_page_is_not_published(settings, http, tokens, server):
    server.control("pages", {"pages": ["pages/index/index"]})
    codes = MiniCodes(settings.model_copy(update={"miniprogram_state": "formal"}), http, tokens)

    with pytest.raises(VendorRejected) as caught:
        codes.draw(TOKEN)

    assert caught.value.facts["vendor_code"] == 41030


def test_code_is_drawn_for_a_page_that_is_not_published_yet_when_this_is_no_release(codes, server):
    server.control("pages", {"pages": ["pages/index/index"]})

    assert codes.draw(TOKEN).startswith(b"\x89PNG")


def test_quota_is_named_when_it_is_used_up(codes, server):
    server.control("limits", {"codes_per_minute": 0})

    with pytest.raises(VendorQuotaExhausted):
        codes.draw(TOKEN)


def test_failure_is_read_whatever_its_content_type_says():
    answer = httpx.Response(200, content=b'{"errcode": 45009}', headers={"Content-Type": "image/jpeg"})

    with pytest.raises(VendorQuotaExhausted):
        check_picture(answer)


@pytest.mark.parametrize("content", [b"", b"<html>", b'{"errcode": 0}', b"GIF89a"])
def test_answer_that_is_neither_a_picture_nor_an_error_is_invalid(content):
    with pytest.raises(VendorReplyInvalid):
        check_picture(httpx.Response(200, content=content))


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n...", b"\xff\xd8\xff..."])
def test_picture_is_told_by_its_first_bytes(content):
    assert check_picture(httpx.Response(200, content=content, headers={"Content-Type": "text/plain"})) is None
