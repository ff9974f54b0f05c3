"""GET /user/me through functions/profile."""

import base64
import json
from collections.abc import Callable

import jwt
import pytest

from tests.functional.cloud import Cloud

NOT_LOGGED_IN = (401, "not_logged_in", "请先登录")


def test_profile_shows_the_user_and_the_balance_when_logged_in(cloud: Cloud) -> None:
    phone = cloud.phone()
    session = phone.log_in()

    answer = cloud.call("profile", "GET", "/user/me", token=phone.token)

    assert answer.status == 200
    assert answer.json == session["user"]
    assert answer.json["credits_held"] == 0


def test_profile_shows_everybody_only_themselves_when_several_use_it(cloud: Cloud) -> None:
    alice, bob = cloud.member("alice"), cloud.member("bob")
    alice.pay(alice.open_order())

    seen = [phone.call("GET", "/user/me").json for phone in (alice, bob)]

    assert seen[0]["id"] != seen[1]["id"]
    assert [profile["credits"] for profile in seen] == [15, 5]


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer ", "Basic dTpw", "Bearer x.y.z", "Bearer 中文".encode().decode("latin-1")],
)
def test_profile_is_refused_when_there_is_no_usable_token(cloud: Cloud, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}

    answer = cloud.call("profile", "GET", "/user/me", headers=headers)

    assert answer.refusal == NOT_LOGGED_IN


def _unsigned(token: str) -> str:
    claims = jwt.decode(token, options={"verify_signature": False})
    return jwt.encode(claims, key="", algorithm="none", headers={"kid": "k1"})


def _signed_by_a_stranger(token: str) -> str:
    claims = jwt.decode(token, options={"verify_signature": False})
    return jwt.encode(claims, key="x" * 32, algorithm="HS256", headers={"kid": "k1"})


def _for_somebody_else(token: str) -> str:
    header, _, signature = token.split(".")
    claims = jwt.decode(token, options={"verify_signature": False}) | {"sub": "u_somebody"}
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"{header}.{body}.{signature}"


@pytest.mark.parametrize("forge", [_unsigned, _signed_by_a_stranger, _for_somebody_else])
def test_profile_is_refused_when_the_token_is_forged(cloud: Cloud, forge: Callable[[str], str]) -> None:
    token = cloud.phone().log_in()["token"]

    answer = cloud.call("profile", "GET", "/user/me", token=forge(token))

    assert answer.refusal == NOT_LOGGED_IN


def test_profile_is_refused_when_the_session_has_ended(cloud: Cloud) -> None:
    phone = cloud.member()
    cloud.pass_time(days=7, seconds=1)

    answer = phone.call("GET", "/user/me")

    assert answer.refusal == NOT_LOGGED_IN


def test_profile_is_refused_when_the_user_was_erased(cloud: Cloud) -> None:
    phone = cloud.phone()
    cloud.erase_user(phone.log_in()["user"]["id"])

    answer = phone.call("GET", "/user/me")

    assert answer.refusal == NOT_LOGGED_IN


def test_profile_asks_to_wait_when_the_database_is_down(cloud: Cloud, down: Callable[[str], None]) -> None:
    token = cloud.phone().log_in()["token"]
    down("database")

    answer = cloud.call("profile", "GET", "/user/me", token=token)

    assert answer.refusal == (503, "store_unavailable", "服务繁忙，请稍后再试")


def test_profile_is_refused_when_the_method_is_wrong(cloud: Cloud) -> None:
    answer = cloud.member().call("PUT", "/user/me")

    assert answer.refusal[:2] == (405, "method_not_allowed")
