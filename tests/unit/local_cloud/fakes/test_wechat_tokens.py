"""Access tokens: the stable family, the plain one, and what a call with a bad token gets."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from scripts.local_cloud.fakes.wechat import WeChatFake


def stable(client: httpx.Client, wechat: WeChatFake, **extra: Any) -> dict[str, Any]:
    account = {"grant_type": "client_credential", "appid": wechat.appid, "secret": wechat.secret}
    answer: dict[str, Any] = client.post("/cgi-bin/stable_token", json={**account, **extra}).json()
    return answer


def plain(client: httpx.Client, wechat: WeChatFake) -> dict[str, Any]:
    account = {"grant_type": "client_credential", "appid": wechat.appid, "secret": wechat.secret}
    answer: dict[str, Any] = client.get("/cgi-bin/token", params=account).json()
    return answer


def errcode_of_use(client: httpx.Client, token: str | None) -> int:
    """What a business call says to the token; 44002 means that the token was fine and the body is empty."""
    params = {} if token is None else {"access_token": token}
    errcode: int = client.post("/cgi-bin/message/subscribe/send", params=params).json()["errcode"]
    return errcode


def test_stable_token_is_the_same_with_less_time_left_when_asked_again(
    wechat_client: httpx.Client, wechat: WeChatFake
) -> None:
    first = stable(wechat_client, wechat)
    wechat.clock.shift(1000)

    second = stable(wechat_client, wechat)

    assert first["expires_in"] == 7200
    assert second == {"access_token": first["access_token"], "expires_in": 6200}


def test_stable_token_rolls_over_with_both_valid_when_five_minutes_are_left(
    wechat_client: httpx.Client, wechat: WeChatFake
) -> None:
    first = stable(wechat_client, wechat)
    wechat.clock.shift(6901)

    second = stable(wechat_client, wechat)

    assert second["access_token"] != first["access_token"]
    assert second["expires_in"] == 7200
    assert errcode_of_use(wechat_client, first["access_token"]) == 44002
    assert errcode_of_use(wechat_client, second["access_token"]) == 44002


def test_stable_token_kills_the_old_one_at_once_when_refresh_is_forced(
    wechat_client: httpx.Client, wechat: WeChatFake
) -> None:
    first = stable(wechat_client, wechat)

    second = stable(wechat_client, wechat, force_refresh=True)

    assert second["access_token"] != first["access_token"]
    assert errcode_of_use(wechat_client, first["access_token"]) == 40001
    assert errcode_of_use(wechat_client, second["access_token"]) == 44002


def test_stable_token_stays_when_refresh_is_forced_twice_within_30_seconds(
    wechat_client: httpx.Client, wechat: WeChatFake
) -> None:
    first = stable(wechat_client, wechat, force_refresh=True)
    wechat.clock.shift(20)

    second = stable(wechat_client, wechat, force_refresh=True)

    assert second["access_token"] == first["access_token"]


def test_stable_token_answers_45009_when_refresh_is_forced_more_often_than_allowed(
    wechat_client: httpx.Client, wechat: WeChatFake
) -> None:
    wechat_client.post("/__fake__/limits", json={"forced_refreshes_per_day": 1})
    stable(wechat_client, wechat, force_refresh=True)
    wechat.clock.shift(31)

    refused = stable(wechat_client, wechat, force_refresh=True)

    assert refused["errcode"] == 45009


def test_plain_token_is_new_and_leaves_the_old_five_minutes_when_asked_again(
    wechat_client: httpx.Client, wechat: WeChatFake
) -> None:
    first, second = plain(wechat_client, wechat), plain(wechat_client, wechat)

    at_once = errcode_of_use(wechat_client, first["access_token"])
    wechat.clock.shift(301)
    later = errcode_of_use(wechat_client, first["access_token"])

    assert first["access_token"] != second["access_token"]
    assert (at_once, later) == (44002, 42001)


def test_plain_token_leaves_the_stable_one_alone_when_issued(wechat_client: httpx.Client, wechat: WeChatFake) -> None:
    before = stable(wechat_client, wechat)
    plain(wechat_client, wechat)

    after = stable(wechat_client, wechat)

    assert after["access_token"] == before["access_token"]


def test_plain_token_answers_45009_when_the_day_is_used_up(wechat_client: httpx.Client, wechat: WeChatFake) -> None:
    wechat_client.post("/__fake__/limits", json={"token_per_day": 1})
    plain(wechat_client, wechat)

    today = plain(wechat_client, wechat)
    wechat.clock.shift(86_400)
    tomorrow = plain(wechat_client, wechat)

    assert today["errcode"] == 45009
    assert "access_token" in tomorrow


def test_call_is_refused_by_code_when_its_token_is_missing_unknown_or_expired(
    wechat_client: httpx.Client, wechat: WeChatFake
) -> None:
    token = stable(wechat_client, wechat)["access_token"]
    wechat_client.post("/__fake__/expire_tokens")

    codes = [errcode_of_use(wechat_client, given) for given in (None, "made-up", token)]

    assert codes == [41001, 40001, 42001]


@pytest.mark.parametrize(
    ("change", "errcode"),
    [
        ({"grant_type": "authorization_code"}, 40002),
        ({"appid": "wx0000000000000000"}, 40013),
        ({"secret": "0" * 32}, 40125),
        ({"appid": None}, 41002),
        ({"secret": None}, 41004),
    ],
)
def test_stable_token_is_refused_when_a_field_is_missing_or_wrong(
    wechat_client: httpx.Client, wechat: WeChatFake, change: dict[str, Any], errcode: int
) -> None:
    refused = stable(wechat_client, wechat, **change)

    assert refused["errcode"] == errcode


@pytest.mark.parametrize(("body", "errcode"), [(b"", 44002), (b"{", 47001), (b"[]", 47001), (b'"\xff"', 47001)])
def test_stable_token_is_refused_when_the_body_is_not_a_json_object(
    wechat_client: httpx.Client, body: bytes, errcode: int
) -> None:
    reply = wechat_client.post("/cgi-bin/stable_token", content=body)

    assert reply.json()["errcode"] == errcode


def test_limits_are_refused_when_there_is_no_such_limit(wechat_client: httpx.Client) -> None:
    reply = wechat_client.post("/__fake__/limits", json={"ocr_enabled": 1})

    assert reply.status_code == 400
