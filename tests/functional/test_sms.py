"""functions/sms: POST /sms/code and /sms/verify, over the SMS fake and Redis."""

import re
from typing import Any

import pytest

from tests.functional.cloud import Cloud
from tests.functional.phone import Phone
from tests.functional.scf import Answer

NUMBER = "13800138000"


def ask(phone: Phone, number: str = NUMBER, **how: Any) -> Answer:
    return phone.call("POST", "/sms/code", {"phone": number, **how})


def verify(phone: Phone, code: str, number: str = NUMBER, **how: Any) -> Answer:
    return phone.call("POST", "/sms/verify", {"phone": number, "code": code, **how})


def texts(cloud: Cloud) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = cloud.control("tencent_cloud", "state")["sms"]["messages"]
    return sent


def code_sent(cloud: Cloud) -> str:
    return str(texts(cloud)[-1]["parameters"][0])


def another(code: str, step: int = 1) -> str:
    return f"{(int(code) + step) % 1_000_000:06}"


def redis_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")


def test_number_is_bound_when_the_code_that_came_is_typed_in(cloud: Cloud, alice: Phone) -> None:
    sent = ask(alice, "+86 138-0013-8000")
    verified = verify(alice, code_sent(cloud))

    assert (sent.status, sent.json) == (202, {"delivery": "sent", "expires_in_s": 300, "resend_after_s": 60})
    assert (verified.status, verified.json) == (200, {"phone": "138****8000", "scene": "bind_phone", "sms": False})
    assert alice.call("GET", "/notify/preferences").json == {"sms": False, "phone": "138****8000"}
    assert re.fullmatch(r"\d{6}", code_sent(cloud))


def test_sms_are_switched_on_when_the_scene_says_so(cloud: Cloud, alice: Phone) -> None:
    ask(alice, scene="sms_notify")

    verify(alice, code_sent(cloud), scene="sms_notify")

    assert alice.call("GET", "/notify/preferences").json["sms"] is True


@pytest.mark.parametrize("number", ["", "110", "12800138000", "+14155550100", "1380013800", "138001380001"])
def test_number_is_refused_in_chinese_when_it_is_none_of_the_mainland(cloud: Cloud, alice: Phone, number: str) -> None:
    answer = ask(alice, number)

    assert answer.refusal[:2] == (422, "phone_invalid")
    assert answer.details == {"field": "phone"}
    assert texts(cloud) == []


@pytest.mark.parametrize("fields", [{}, {"phone": 1}, {"phone": NUMBER, "scene": "login"}, {"phone": "1" * 41}])
def test_request_is_refused_by_field_when_it_is_wrong(cloud: Cloud, alice: Phone, fields: dict[str, Any]) -> None:
    assert alice.call("POST", "/sms/code", fields).refusal[:2] == (422, "invalid_field")
    assert texts(cloud) == []


@pytest.mark.parametrize("path", ["/sms/code", "/sms/verify"])
def test_nobody_gets_or_tries_a_code_when_not_logged_in(cloud: Cloud, path: str) -> None:
    answer = cloud.phone().call("POST", path, {"phone": NUMBER, "code": "042137"})

    assert answer.refusal[:2] == (401, "not_logged_in")


def test_code_comes_once_when_the_request_is_repeated_with_its_key(cloud: Cloud, alice: Phone) -> None:
    content = {"phone": NUMBER}

    first = alice.call("POST", "/sms/code", content, key="k1")
    again = alice.call("POST", "/sms/code", content, key="k1")

    assert (first.content, again.headers["idempotency-replayed"]) == (again.content, "true")
    assert len(texts(cloud)) == 1


def test_verification_answers_the_same_when_it_is_repeated_with_its_key(cloud: Cloud, alice: Phone) -> None:
    ask(alice)
    content = {"phone": NUMBER, "code": code_sent(cloud)}

    first, again = (alice.call("POST", "/sms/verify", content, key="k1") for _ in range(2))

    assert first.content == again.content
    assert verify(alice, code_sent(cloud)).refusal[1] == "sms_code_wrong"


def test_second_code_waits_a_minute(cloud: Cloud, alice: Phone) -> None:
    ask(alice)

    answer = ask(alice)

    assert answer.refusal[:2] == (429, "too_many_requests")
    assert 0 < int(answer.headers["retry-after"]) <= 60
    assert len(texts(cloud)) == 1


def test_one_code_goes_out_when_many_are_asked_for_at_once(cloud: Cloud, alice: Phone) -> None:
    statuses = [answer.status for answer in cloud.at_once(lambda: ask(alice), times=8)]

    assert sorted(statuses) == [202] + [429] * 7
    assert len(texts(cloud)) == 1


def test_right_code_is_refused_when_five_wrong_ones_came_before(cloud: Cloud, alice: Phone) -> None:
    ask(alice)
    code = code_sent(cloud)

    wrong = [verify(alice, another(code, step)).refusal[:2] for step in range(1, 6)]

    assert wrong == [(400, "sms_code_wrong")] * 5
    assert verify(alice, code).refusal[:2] == (400, "sms_code_wrong")
    assert alice.call("GET", "/notify/preferences").json["phone"] is None


def test_five_tries_are_all_when_they_come_at_the_same_time(cloud: Cloud, alice: Phone) -> None:
    ask(alice)
    code = code_sent(cloud)

    cloud.at_once(lambda: verify(alice, another(code)), times=8)

    assert verify(alice, code).refusal[1] == "sms_code_wrong"


def test_code_binds_once_when_it_is_typed_in_many_times_at_once(cloud: Cloud, alice: Phone) -> None:
    ask(alice)
    code = code_sent(cloud)

    statuses = [answer.status for answer in cloud.at_once(lambda: verify(alice, code), times=5)]

    assert sorted(statuses) == [200, 400, 400, 400, 400]


def test_guessing_ends_when_one_account_tries_many_numbers(cloud: Cloud, alice: Phone) -> None:
    answers = [verify(alice, "123456", f"138001380{number:02}") for number in range(32)]

    assert [answer.status for answer in answers] == [400] * 30 + [429] * 2


def test_guessing_ends_when_one_address_has_many_accounts(cloud: Cloud) -> None:
    people = [cloud.member(f"guesser{number}") for number in range(3)]

    statuses = [verify(people[number % 3], "123456", f"1380013{number:04}").status for number in range(62)]

    assert statuses == [400] * 60 + [429] * 2


def test_bill_is_bounded_when_the_day_is_full(
    cloud: Cloud, alice: Phone, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SMS_LIMIT_PER_DAY", "2")

    answers = [ask(alice, f"1380013800{number}") for number in range(3)]

    assert [answer.status for answer in answers] == [202, 202, 503]
    assert answers[2].refusal[1] == "sms_cap_reached"
    assert len(texts(cloud)) == 2
    assert '"code": "sms_cap_reached", "kind": "alert"' in capsys.readouterr().out


def test_answer_is_the_same_when_somebody_else_has_bound_the_number(cloud: Cloud, alice: Phone) -> None:
    ask(alice)
    verify(alice, code_sent(cloud))
    bob = cloud.member("bob")

    cloud.control("tencent_cloud", "clock", {"offset_s": 61})
    cloud.control("tencent_cloud", "limits/sms", {"per_30_seconds": 0})
    unknown = ask(bob, "13900139000")

    assert (unknown.status, unknown.json) == (202, {"delivery": "sent", "expires_in_s": 300, "resend_after_s": 60})


def test_nothing_is_sent_and_nothing_verified_when_redis_is_down(
    cloud: Cloud, alice: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(alice)
    code = code_sent(cloud)
    redis_down(monkeypatch)
    cloud.platform.restart()

    answers = (ask(alice, "13900139000"), verify(alice, code))

    assert [answer.refusal[:2] for answer in answers] == [(503, "store_unavailable")] * 2
    assert len(texts(cloud)) == 1


@pytest.mark.parametrize(
    ("fault", "status", "arrived"),
    [
        ({"kind": "drop", "when": "after"}, 202, 1),
        ({"kind": "malformed"}, 202, 1),
        ({"kind": "status", "status": 502}, 202, 0),
        ({"kind": "code", "code": "InternalError.Timeout", "when": "after"}, 202, 1),
        ({"kind": "code", "code": "FailedOperation.InsufficientBalanceInSmsPackage"}, 502, 0),
        ({"kind": "code", "code": "UnauthorizedOperation.ServiceSuspendDueToArrears"}, 502, 0),
        ({"kind": "code", "code": "FailedOperation.TemplateIncorrectOrUnapproved"}, 502, 0),
        ({"kind": "code", "code": "LimitExceeded.AppDailyLimit"}, 502, 0),
        ({"kind": "code", "code": "LimitExceeded.PhoneNumberDailyLimit"}, 429, 0),
        ({"kind": "code", "code": "FailedOperation.PhoneNumberInBlacklist"}, 422, 0),
        ({"kind": "code", "code": "RequestLimitExceeded"}, 503, 0),
    ],
)
def test_code_is_sent_at_most_once_when_the_vendor_fails(
    cloud: Cloud, alice: Phone, fault: dict[str, Any], status: int, arrived: int
) -> None:
    cloud.fault("tencent_cloud", "SendSms", **fault, times=3)

    answer = ask(alice)

    assert answer.status == status
    assert len(cloud.requests("tencent_cloud", "SendSms")) == 1
    assert len(texts(cloud)) == arrived
    if status == 202:
        assert answer.json["delivery"] == "unknown"
    else:
        assert answer.refusal[0] == status


def test_code_that_may_have_arrived_is_good_when_it_did(cloud: Cloud, alice: Phone) -> None:
    cloud.fault("tencent_cloud", "SendSms", kind="drop", when="after")
    ask(alice)

    assert verify(alice, code_sent(cloud)).status == 200


def test_neither_number_nor_code_reaches_log_or_redis_in_the_clear(
    cloud: Cloud, alice: Phone, capsys: pytest.CaptureFixture[str]
) -> None:
    import redis

    ask(alice)
    code = code_sent(cloud)
    client = redis.Redis.from_url(cloud.settings["REDIS_URL"], decode_responses=True)
    kept = {key: client.hgetall(key) if client.type(key) == "hash" else client.get(key) for key in client.keys("*")}
    client.close()
    verify(alice, code)

    assert any("sms_code" in key for key in kept)
    for text in (str(kept), capsys.readouterr().out):
        assert NUMBER not in text
        assert code not in text
