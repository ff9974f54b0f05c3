"""getuserphonenumber and checksession of the fake: what WeChat would refuse."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from scripts.local_cloud.fakes.wechat import WeChatFake
from scripts.local_cloud.fakes.wechat.open_data import sign_session


@pytest.fixture
def ask(wechat_client: httpx.Client, wechat: WeChatFake) -> Any:
    """An API call with a good token; its JSON."""
    account = {"appid": wechat.appid, "secret": wechat.secret, "grant_type": "client_credential"}
    token = wechat_client.get("/cgi-bin/token", params=account).json()["access_token"]

    def call(method: str, path: str, **content: Any) -> dict[str, Any]:
        query = {"access_token": token, **content.pop("params", {})}
        answer: dict[str, Any] = wechat_client.request(method, path, params=query, **content).json()
        return answer

    return call


def _control(client: httpx.Client, path: str, **content: Any) -> dict[str, Any]:
    answer: dict[str, Any] = client.post(f"/__fake__/{path}", json=content).json()
    return answer


def _tell(ask: Any, code: str, **also: Any) -> dict[str, Any]:
    answer: dict[str, Any] = ask("POST", "/wxa/business/getuserphonenumber", json={"code": code, **also})
    return answer


def test_number_is_told_with_a_watermark_when_the_code_is_fresh(
    wechat_client: httpx.Client, wechat: WeChatFake, ask: Any
) -> None:
    code = _control(wechat_client, "phone_code", user="alice")["code"]

    told = _tell(ask, code)["phone_info"]

    assert told["purePhoneNumber"] == told["phoneNumber"]
    assert (len(told["purePhoneNumber"]), told["countryCode"]) == (11, "86")
    assert told["watermark"]["appid"] == wechat.appid


def test_number_is_the_same_for_the_same_person_and_another_for_others(wechat_client: httpx.Client, ask: Any) -> None:
    numbers = [
        _tell(ask, _control(wechat_client, "phone_code", user=user)["code"])["phone_info"]["phoneNumber"]
        for user in ("alice", "alice", "bob")
    ]

    assert numbers[0] == numbers[1] != numbers[2]


def test_code_is_refused_when_it_is_used_foreign_old_of_a_login_or_of_somebody_else(
    wechat_client: httpx.Client, ask: Any
) -> None:
    used, old, of_alice = (_control(wechat_client, "phone_code", user="alice")["code"] for _ in range(3))
    foreign = _control(wechat_client, "phone_code", user="alice", appid="wx0")["code"]
    of_login = _control(wechat_client, "login_code", user="alice")["code"]
    bob = _control(wechat_client, "open", user="bob")["openid"]
    _tell(ask, used)

    answers = [_tell(ask, used), _tell(ask, foreign), _tell(ask, of_login), _tell(ask, of_alice, openid=bob)]
    _control(wechat_client, "clock", offset_s=301)
    answers.append(_tell(ask, old))

    assert [answer["errcode"] for answer in answers] == [40163, 40029, 40029, 40029, 40029]


def test_there_is_no_code_when_the_account_has_no_number(wechat_client: httpx.Client) -> None:
    _control(wechat_client, "phone", user="alice", phone=None)

    assert set(_control(wechat_client, "phone_code", user="alice")) == {"errMsg"}


def test_session_is_refused_when_its_signature_is_by_another_key(
    wechat_client: httpx.Client, wechat: WeChatFake, ask: Any
) -> None:
    openid = _control(wechat_client, "rotate_session", user="alice")["openid"]
    key = str(wechat.users.find(openid).session_key)
    query = {"openid": openid, "sig_method": "hmac_sha256"}

    answers = [
        ask("GET", "/wxa/checksession", params={**query, "signature": signature})["errcode"]
        for signature in (sign_session(key), sign_session(key + "x"), "")
    ]
    without_method = ask("GET", "/wxa/checksession", params={"openid": openid, "signature": sign_session(key)})

    assert answers == [0, 87009, 87009]
    assert without_method["errcode"] == 87009


def test_session_signature_is_the_official_one_when_the_message_is() -> None:
    key = "o0q0otL8aEzpcZL/FT9WsQ=="

    assert sign_session(key, '{"foo":"bar"}') == "654571f79995b2ce1e149e53c0a33dc39c0a74090db514261454e8dbe432aa0b"
    assert sign_session(key) == "46e043c5525c2d817c44be603d30837a808a1d930d038f6fdc3e62a201fed128"


def test_profile_is_not_made_when_the_forgery_is_unknown(wechat_client: httpx.Client) -> None:
    reply = wechat_client.post("/__fake__/user_profile", json={"user": "alice", "forge": "nonsense"})

    assert reply.status_code == 400
