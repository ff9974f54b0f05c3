"""Text moderation: what is found, what slips through escaped, and who may be asked about."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from scripts.local_cloud.fakes.wechat import WeChatFake

BAD_TEXT = "本公司代开发票，量大从优"


@pytest.fixture
def openid(wechat_client: httpx.Client) -> str:
    seen: str = wechat_client.post("/__fake__/open", json={"user": "alice"}).json()["openid"]
    return seen


def check(
    client: httpx.Client, token: str, openid: str, content: object, *, escaped: bool = False, **change: Any
) -> dict[str, Any]:
    body = {"content": content, "version": 2, "scene": 1, "openid": openid, **change}
    raw = json.dumps(body, ensure_ascii=escaped).encode()
    answer: dict[str, Any] = client.post("/wxa/msg_sec_check", params={"access_token": token}, content=raw).json()
    return answer


def test_check_passes_when_the_text_is_harmless(wechat_client: httpx.Client, access_token: str, openid: str) -> None:
    answer = check(wechat_client, access_token, openid, "五年后端开发经验")

    assert (answer["errcode"], answer["result"]) == (0, {"suggest": "pass", "label": 100})
    assert answer["trace_id"]


def test_check_says_risky_when_a_listed_word_occurs(
    wechat_client: httpx.Client, access_token: str, openid: str
) -> None:
    answer = check(wechat_client, access_token, openid, BAD_TEXT)

    assert answer["result"] == {"suggest": "risky", "label": 20008}
    assert answer["detail"][1]["keyword"] == "代开发票"


def test_check_says_review_when_only_a_doubtful_word_occurs(
    wechat_client: httpx.Client, access_token: str, openid: str
) -> None:
    answer = check(wechat_client, access_token, openid, "加微信领取资料")

    assert answer["result"]["suggest"] == "review"


def test_check_looks_at_the_nickname_too_when_there_is_one(
    wechat_client: httpx.Client, access_token: str, openid: str
) -> None:
    answer = check(wechat_client, access_token, openid, "你好", nickname="刷单返利小王")

    assert answer["result"]["suggest"] == "risky"


def test_check_misses_the_word_when_the_json_is_escaped(
    wechat_client: httpx.Client, access_token: str, openid: str
) -> None:
    answer = check(wechat_client, access_token, openid, BAD_TEXT, escaped=True)

    assert answer["result"]["suggest"] == "pass"


def test_check_finds_the_word_when_a_backslash_stands_before_a_u(
    wechat_client: httpx.Client, access_token: str, openid: str
) -> None:
    answer = check(wechat_client, access_token, openid, "C:\\users\\" + BAD_TEXT)

    assert answer["result"]["suggest"] == "risky"


def test_check_answers_61010_when_the_user_was_away_for_two_hours(
    wechat_client: httpx.Client, access_token: str, openid: str, wechat: WeChatFake
) -> None:
    wechat.clock.shift(7100)
    in_time = check(wechat_client, access_token, openid, "你好")
    wechat.clock.shift(7201)
    token = wechat.tokens.stable(wechat.clock.now()).value

    too_late = check(wechat_client, token, openid, "你好")

    assert (in_time["errcode"], too_late["errcode"]) == (0, 61010)


@pytest.mark.parametrize(
    ("change", "errcode"),
    [
        ({"content": "字" * 2501}, 45002),
        ({"content": ""}, 47001),
        ({"content": 5}, 47001),
        ({"scene": 9}, 40004),
        ({"openid": "o-nobody"}, 40003),
        ({"version": 1}, 87014),
    ],
)
def test_check_is_refused_when_a_field_is_wrong(
    wechat_client: httpx.Client, access_token: str, openid: str, change: dict[str, Any], errcode: int
) -> None:
    content = change.pop("content", BAD_TEXT)

    answer = check(wechat_client, access_token, change.pop("openid", openid), content, **change)

    assert answer["errcode"] == errcode


def test_check_answers_ok_without_result_when_version_1_finds_nothing(
    wechat_client: httpx.Client, access_token: str, openid: str
) -> None:
    answer = check(wechat_client, access_token, openid, "你好", version=1)

    assert answer == {"errcode": 0, "errmsg": "ok"}
