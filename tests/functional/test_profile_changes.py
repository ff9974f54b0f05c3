"""POST /user/update-profile and /user/phone: what WeChat signed is verified, nicknames are checked, numbers are masked."""

import sqlite3
from contextlib import closing

import pytest

from tests.functional.cloud import Cloud
from tests.functional.phone import Phone

RISKY = "代开发票"


def _update(phone: Phone, content: object) -> tuple[int, str]:
    answer = phone.call("POST", "/user/update-profile", content)
    return (200, answer.json["nickname"]) if answer.status == 200 else answer.refusal[:2]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("小雯", "小雯"),
        ("  小\t雯 \n", "小 雯"),
        ("a\u202eb\u200bc\ufeff", "abc"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("<b>'; --", "<b>'; --"),
    ],
)
def test_nickname_is_kept_as_it_is_seen_when_it_is_typed(cloud: Cloud, alice: Phone, typed: str, kept: str) -> None:
    changed = _update(alice, {"userInfo": {"nickName": typed}})

    assert changed == (200, kept)
    assert alice.call("GET", "/user/me").json["nickname"] == kept


@pytest.mark.parametrize("typed", ["", " \u200b ", "\u202e", "雯" * 33, 7, None, ["小雯"]])
def test_nickname_stays_when_the_new_one_is_none(cloud: Cloud, alice: Phone, typed: object) -> None:
    _update(alice, {"userInfo": {"nickName": "小雯"}})

    alice.call("POST", "/user/update-profile", {"userInfo": {"nickName": typed}})

    assert alice.call("GET", "/user/me").json["nickname"] == "小雯"


def test_nickname_is_checked_as_a_profile_and_refused_when_it_is_risky(cloud: Cloud, alice: Phone) -> None:
    answer = alice.call("POST", "/user/update-profile", {"userInfo": {"nickName": RISKY}})

    assert answer.refusal[:2] == (422, "content_refused")
    assert alice.call("GET", "/user/me").json["nickname"] is None


def test_nickname_is_not_checked_again_when_it_stays_the_same(cloud: Cloud, alice: Phone) -> None:
    _update(alice, {"userInfo": {"nickName": "小雯"}})
    before = len(cloud.requests("wechat", "msg_sec_check"))

    _update(alice, {"userInfo": {"nickName": "小雯"}})

    assert before == 1
    assert len(cloud.requests("wechat", "msg_sec_check")) == before


def test_profile_is_taken_from_what_wechat_signed_when_the_client_claims_another(cloud: Cloud, alice: Phone) -> None:
    given = alice.profile({"nickName": "小雯", "avatarUrl": "https://thirdwx.qlogo.cn/a/132"})

    changed = _update(alice, {**given, "userInfo": {"nickName": "别人"}})

    assert changed == (200, "小雯")


def test_profile_keeps_the_name_when_getuserprofile_gives_the_grey_one(cloud: Cloud, alice: Phone) -> None:
    _update(alice, {"userInfo": {"nickName": "小雯"}})

    changed = _update(alice, alice.profile())

    assert changed == (200, "小雯")


@pytest.mark.parametrize("forge", ["signature", "raw", "sealed", "appid", "old", "person"])
def test_profile_is_refused_when_it_is_forged(cloud: Cloud, alice: Phone, forge: str) -> None:
    answer = alice.call("POST", "/user/update-profile", alice.profile({"nickName": "小雯"}, forge=forge))

    assert answer.refusal[:2] == (422, "open_data_refused")
    assert alice.call("GET", "/user/me").json["nickname"] is None


def test_profile_of_somebody_else_is_refused_when_it_is_handed_over(cloud: Cloud, alice: Phone) -> None:
    of_bob = cloud.member("bob").profile({"nickName": "小波"})

    assert _update(alice, of_bob) == (422, "open_data_refused")


@pytest.mark.parametrize("lost", ["rawData", "signature", "encryptedData", "iv"])
def test_profile_is_refused_and_says_what_is_missing_when_half_of_a_pair_is(
    cloud: Cloud, alice: Phone, lost: str
) -> None:
    given = alice.profile({"nickName": "小雯"})
    del given[lost]

    answer = alice.call("POST", "/user/update-profile", given)

    assert answer.refusal[:2] == (422, "invalid_field")
    assert answer.details["field"] == lost


def test_login_is_asked_for_when_wechat_has_replaced_the_session_key(cloud: Cloud, alice: Phone) -> None:
    cloud.control("wechat", "rotate_session", {"user": "alice"})
    given = alice.profile({"nickName": "小雯"})

    refused = alice.call("POST", "/user/update-profile", given)
    alice.log_in()
    changed = _update(alice, alice.profile({"nickName": "小雯"}))

    assert refused.refusal == (401, "wechat_session_expired", "微信登录状态已过期，请重新登录后再试")
    assert changed == (200, "小雯")


def test_login_is_asked_for_when_nobody_can_tell_whether_the_session_lives(cloud: Cloud, alice: Phone) -> None:
    cloud.fault("wechat", "checksession", kind="status", status=500, times=9)

    answer = alice.call("POST", "/user/update-profile", alice.profile({"nickName": "小雯"}, forge="signature"))

    assert answer.refusal[:2] == (401, "wechat_session_expired")


def test_profile_changes_are_refused_when_there_are_too_many(cloud: Cloud, alice: Phone) -> None:
    seen = [_update(alice, {"userInfo": {}})[0] for _ in range(31)]

    assert seen == [*[200] * 30, 429]


def test_no_address_is_fetched_when_a_client_names_one(cloud: Cloud, alice: Phone) -> None:
    profile = {"nickName": "小雯", "avatarUrl": f"{cloud.settings['WECHAT_BASE_URL']}/cgi-bin/token"}
    before = len(cloud.requests("wechat", "token"))

    answer = alice.call("POST", "/user/update-profile", alice.profile(profile))

    assert answer.json["avatar_url"] is None
    assert len(cloud.requests("wechat", "token")) == before


def test_phone_is_bound_masked_and_encrypted_when_the_user_allows_it(cloud: Cloud, alice: Phone) -> None:
    cloud.control("wechat", "phone", {"user": "alice", "phone": "13812345678"})

    answer = alice.call("POST", "/user/phone", {"code": alice.phone_code()})

    with closing(sqlite3.connect(cloud.database_file)) as database:
        (stored,) = database.execute("SELECT phone FROM contacts").fetchone()
    assert answer.json["phone"] == alice.call("GET", "/user/me").json["phone"] == "138****5678"
    assert alice.log_in()["user"]["phone"] == "138****5678"
    assert b"13812345678" not in stored


def test_phone_of_another_country_is_shown_with_its_code(cloud: Cloud, alice: Phone) -> None:
    cloud.control("wechat", "phone", {"user": "alice", "phone": "91234567", "country": 852})

    assert alice.call("POST", "/user/phone", {"code": alice.phone_code()}).json["phone"] == "+852 ****67"


def test_phone_code_is_refused_when_it_was_used_is_foreign_or_too_old(cloud: Cloud, alice: Phone) -> None:
    used, foreign, old = alice.phone_code(), alice.phone_code(appid="wx0000000000000000"), alice.phone_code()
    alice.call("POST", "/user/phone", {"code": used})
    cloud.pass_time(minutes=6)

    refusals = [alice.call("POST", "/user/phone", {"code": code}).refusal for code in (used, foreign, old)]

    assert refusals == [(400, "phone_code_invalid", "手机号授权已失效，请重新点击获取手机号")] * 3


def test_user_without_a_number_stays_without_when_there_is_nothing_to_allow(cloud: Cloud, alice: Phone) -> None:
    cloud.control("wechat", "phone", {"user": "alice", "phone": None})

    given = cloud.control("wechat", "phone_code", {"user": "alice"})

    assert "code" not in given
    assert alice.call("POST", "/user/phone", {"code": alice.login_code()}).refusal[:2] == (400, "phone_code_invalid")
    assert alice.call("GET", "/user/me").json["phone"] is None


def test_phone_costs_nothing_when_nobody_can_count(cloud: Cloud, alice: Phone, down) -> None:  # type: ignore[no-untyped-def]
    code = alice.phone_code()
    down("redis")

    answer = alice.call("POST", "/user/phone", {"code": code})

    assert answer.refusal[:2] == (503, "store_unavailable")
    assert cloud.requests("wechat", "getuserphonenumber") == []


def test_phone_numbers_are_asked_for_five_times_a_day_when_somebody_tries_on(cloud: Cloud, alice: Phone) -> None:
    seen = [alice.call("POST", "/user/phone", {"code": "nonsense"}).status for _ in range(6)]

    assert seen == [*[400] * 5, 429]
    assert len(cloud.requests("wechat", "getuserphonenumber")) == 5


@pytest.mark.parametrize("path", ["/user/update-profile", "/user/phone"])
def test_changes_are_refused_when_nobody_is_logged_in(cloud: Cloud, path: str) -> None:
    assert cloud.phone().call("POST", path, {"code": "x"}).refusal[:2] == (401, "not_logged_in")
