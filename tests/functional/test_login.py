"""POST /auth/login through functions/login."""

from collections.abc import Callable

import pytest

from tests.functional.cloud import Cloud

INVALID = (400, "login_code_invalid", "登录凭证已失效，请重新登录")


def test_login_gives_a_session_and_the_welcome_credits_when_the_user_is_new(cloud: Cloud) -> None:
    code = cloud.phone().login_code()

    answer = cloud.call("login", "POST", "/auth/login", {"code": code})

    assert answer.status == 200
    assert set(answer.json) == {"token", "expires_at", "user"}
    assert answer.json["user"]["credits"] == 5
    assert cloud.call("profile", "GET", "/user/me", token=answer.json["token"]).json == answer.json["user"]


def test_login_shows_nothing_of_the_wechat_identity_when_it_succeeds(cloud: Cloud) -> None:
    phone = cloud.phone()

    session = phone.log_in()

    (known,) = cloud.control("wechat", "state")["users"]
    shown = {"id", "nickname", "avatar_url", "phone", "created_at", "credits", "credits_held"}
    assert set(session["user"]) == shown
    assert known["openid"] not in str(session)


def test_login_finds_the_same_user_and_gives_no_second_welcome_when_repeated(cloud: Cloud) -> None:
    first = cloud.phone().log_in()

    second = cloud.phone().log_in()

    assert second["user"]["id"] == first["user"]["id"]
    assert second["user"]["credits"] == 5


def test_login_makes_one_user_when_five_first_logins_come_at_once(cloud: Cloud) -> None:
    phone = cloud.phone()
    codes = [phone.login_code() for _ in range(5)]

    answers = cloud.at_once(lambda: cloud.call("login", "POST", "/auth/login", {"code": codes.pop()}), times=5)

    assert [answer.status for answer in answers] == [200] * 5
    assert len({answer.json["user"]["id"] for answer in answers}) == 1
    assert cloud.member().credits == (5, 0)


def test_login_is_refused_when_the_code_was_used(cloud: Cloud) -> None:
    code = {"code": cloud.phone().login_code()}
    cloud.call("login", "POST", "/auth/login", code)

    answer = cloud.call("login", "POST", "/auth/login", code)

    assert answer.refusal == INVALID


def test_login_is_refused_when_wechat_never_gave_the_code(cloud: Cloud) -> None:
    answer = cloud.call("login", "POST", "/auth/login", {"code": "0invented"})

    assert answer.refusal == INVALID


@pytest.mark.parametrize("body", [{}, {"code": ""}, {"code": 7}, {"code": "x" * 129}])
def test_login_names_the_field_when_the_code_is_no_code(cloud: Cloud, body: dict[str, object]) -> None:
    answer = cloud.call("login", "POST", "/auth/login", body)

    assert answer.refusal == (422, "invalid_field", "提交的内容格式不正确")
    assert answer.details["field"] == "code"
    assert cloud.requests("wechat") == []


@pytest.mark.parametrize("body", [b"{", b"[1]", b"\xff\xfe"])
def test_login_is_refused_when_the_body_is_no_json_object(cloud: Cloud, body: bytes) -> None:
    answer = cloud.call("login", "POST", "/auth/login", body=body)

    assert answer.refusal == (400, "bad_request", "请求有误，请检查后重试")


def test_login_is_refused_when_the_method_is_wrong(cloud: Cloud) -> None:
    answer = cloud.call("login", "GET", "/auth/login")

    assert answer.refusal == (405, "method_not_allowed", "不支持这种请求方式")


def test_login_is_repeated_when_wechat_is_busy_once(cloud: Cloud) -> None:
    cloud.fault("wechat", "jscode2session", kind="errcode", errcode=-1)

    session = cloud.phone().log_in()

    assert session["user"]["credits"] == 5
    assert len(cloud.clock.pauses) == 1


def test_login_can_be_tried_again_with_the_same_code_when_wechat_was_down(cloud: Cloud) -> None:
    code = {"code": cloud.phone().login_code()}
    cloud.fault("wechat", "jscode2session", kind="status", status=500)

    refused = cloud.call("login", "POST", "/auth/login", code)
    answer = cloud.call("login", "POST", "/auth/login", code)

    assert refused.refusal == (503, "vendor_unavailable", "外部服务暂时不可用，请稍后再试")
    assert answer.status == 200


def test_login_asks_for_a_new_code_when_the_answer_of_wechat_was_lost(cloud: Cloud) -> None:
    cloud.fault("wechat", "jscode2session", kind="drop", when="after")

    answer = cloud.call("login", "POST", "/auth/login", {"code": cloud.phone().login_code()})

    assert answer.refusal == INVALID
    assert len(cloud.requests("wechat", "jscode2session")) == 1


@pytest.mark.parametrize(
    ("errcode", "refusal"),
    [
        (40226, (403, "account_refused", "该微信账号暂时无法使用本服务")),
        (40125, (502, "credential_rejected", "外部服务出了点问题，请稍后再试")),
        (45011, (503, "vendor_busy", "当前使用人数较多，请稍后再试")),
    ],
)
def test_login_says_what_it_means_for_the_user_when_wechat_refuses(
    cloud: Cloud, errcode: int, refusal: tuple[int, str, str]
) -> None:
    cloud.fault("wechat", "jscode2session", kind="errcode", errcode=errcode, times=2)

    answer = cloud.call("login", "POST", "/auth/login", {"code": cloud.phone().login_code()})

    assert answer.refusal == refusal
    assert answer.details is None


def test_login_is_refused_when_wechat_answers_no_json(cloud: Cloud) -> None:
    cloud.fault("wechat", "jscode2session", kind="malformed", body="<html>")

    answer = cloud.call("login", "POST", "/auth/login", {"code": cloud.phone().login_code()})

    assert answer.refusal[:2] == (502, "vendor_reply_invalid")


def test_login_is_limited_per_address_when_it_is_tried_too_often(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIMITS_LOGIN_PER_MINUTE", "2")
    for _ in range(2):
        cloud.call("login", "POST", "/auth/login", {"code": "0invented"})

    answer = cloud.call("login", "POST", "/auth/login", {"code": cloud.phone().login_code()})

    assert answer.refusal == (429, "too_many_requests", "操作太频繁了，请稍后再试")
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    elsewhere = {"code": cloud.phone().login_code()}
    assert cloud.call("login", "POST", "/auth/login", elsewhere, ip="198.51.100.9").status == 200


def test_login_works_uncounted_when_redis_is_down(cloud: Cloud, down: Callable[[str], None]) -> None:
    down("redis")

    session = cloud.phone().log_in()

    assert session["user"]["credits"] == 5


def test_login_asks_to_wait_when_the_database_is_down(cloud: Cloud, down: Callable[[str], None]) -> None:
    down("database")

    answer = cloud.call("login", "POST", "/auth/login", {"code": cloud.phone().login_code()})

    assert answer.refusal == (503, "store_unavailable", "服务繁忙，请稍后再试")


def test_login_gives_the_same_session_again_when_the_idempotency_key_is_repeated(cloud: Cloud) -> None:
    code = {"code": cloud.phone().login_code()}
    first = cloud.call("login", "POST", "/auth/login", code, key="login-1")

    again = cloud.call("login", "POST", "/auth/login", code, key="login-1")

    assert again.json == first.json
    assert again.headers["idempotency-replayed"] == "true"
    assert len(cloud.requests("wechat", "jscode2session")) == 1
