"""Sessions that live or do not, and phone numbers for codes that work once."""

import pytest

from common.domain.phones import PhoneNumber
from common.domain.profiles import SignedProfile
from common.errors import OpenDataRefused, PhoneCodeInvalid, VendorBusy, VendorReplyInvalid, VendorUnavailable
from common.vendors.wechat.people import WeChatPeople


@pytest.fixture
def people(settings, http, tokens):
    return WeChatPeople(settings, http, tokens)


@pytest.fixture
def alice(wechat, server):
    return wechat.exchange_code(server.control("login_code", {"user": "alice"})["code"])


@pytest.fixture
def given(server, alice):
    def call(**how):
        told = server.control("user_profile", {"user": "alice", "profile": {"nickName": "小雯"}, **how})
        return SignedProfile(told["rawData"], told["signature"], told["encryptedData"], told["iv"])

    return call


@pytest.fixture
def code(server, alice):
    return lambda **how: server.control("phone_code", {"user": "alice", **how})["code"]


def test_session_lives_until_wechat_replaces_its_key(people, server, alice):
    before = people.session_lives(alice.openid, alice.session_key)
    server.control("rotate_session", {"user": "alice"})

    after = people.session_lives(alice.openid, alice.session_key)

    assert (before, after) == (True, False)


def test_profile_is_believed_when_wechat_signed_and_sealed_it(people, given, alice, now):
    told = people.open_profile(given(), session_key=alice.session_key, now=now)

    assert (told.nickname, told.openid) == ("小雯", alice.openid)


@pytest.mark.parametrize(
    ("forge", "reason"),
    [
        ("signature", "signature"),
        ("raw", "signature"),
        ("sealed", "ciphertext"),
        ("appid", "watermark"),
        ("old", "watermark"),
    ],
)
def test_profile_is_refused_when_it_is_not_wechats(people, given, alice, now, forge, reason):
    with pytest.raises(OpenDataRefused) as caught:
        people.open_profile(given(forge=forge), session_key=alice.session_key, now=now)

    assert caught.value.facts == {"reason": reason}


def test_profile_is_refused_when_its_nickname_is_no_text(people, server, alice, now):
    told = server.control("user_profile", {"user": "alice", "profile": {"nickName": 7}})
    signed = SignedProfile(told["rawData"], told["signature"], None, None)

    with pytest.raises(OpenDataRefused):
        people.open_profile(signed, session_key=alice.session_key, now=now)


def test_phone_number_is_told_once_when_the_code_is_fresh(people, server, alice, code):
    server.control("phone", {"user": "alice", "phone": "13812345678"})
    fresh = code()

    number = people.exchange_phone_code(fresh, openid=alice.openid)

    assert number == PhoneNumber("86", "13812345678")
    with pytest.raises(PhoneCodeInvalid):
        people.exchange_phone_code(fresh, openid=alice.openid)


def test_phone_number_is_read_when_the_country_is_a_number_as_in_the_sample(people, server, alice, code):
    server.control("phone", {"user": "alice", "phone": "91234567", "country": 852})

    assert people.exchange_phone_code(code(), openid=alice.openid) == PhoneNumber("852", "91234567")


def test_phone_code_is_refused_when_it_is_of_another_app_another_user_or_a_login(people, server, alice, code):
    foreign = code(appid="wx0000000000000000")
    of_bob = server.control("phone_code", {"user": "bob"})["code"]
    of_login = server.control("login_code", {"user": "alice"})["code"]

    for bad in (foreign, of_bob, of_login, "nonsense"):
        with pytest.raises(PhoneCodeInvalid):
            people.exchange_phone_code(bad, openid=alice.openid)


def test_phone_code_is_refused_when_it_is_older_than_five_minutes(people, server, alice, code):
    old = code()
    server.control("clock", {"offset_s": 301})

    with pytest.raises(PhoneCodeInvalid):
        people.exchange_phone_code(old, openid=alice.openid)


@pytest.mark.parametrize("when", ["before", "after"])
def test_phone_code_is_given_up_when_the_answer_was_lost(people, server, alice, code, when):
    fresh = code()
    server.fault("getuserphonenumber", "drop", when=when)

    with pytest.raises(PhoneCodeInvalid):
        people.exchange_phone_code(fresh, openid=alice.openid)

    assert server.operations().count("getuserphonenumber") == 1


@pytest.mark.parametrize(("errcode", "error"), [(-1, VendorUnavailable), (45011, VendorBusy)])
def test_phone_code_is_not_blamed_when_wechat_is_busy(people, server, alice, code, errcode, error):
    fresh = code()
    server.fault("getuserphonenumber", "errcode", errcode=errcode, times=5)

    with pytest.raises(error):
        people.exchange_phone_code(fresh, openid=alice.openid)


def test_phone_number_survives_a_token_that_ended(people, tokens, alice, code):
    tokens.stale = ["ended"]

    assert people.exchange_phone_code(code(), openid=alice.openid).country == "86"


def test_answer_is_refused_when_it_is_no_phone_number(people, server, alice, code):
    server.control("phone", {"user": "alice", "phone": "no number"})

    with pytest.raises(VendorReplyInvalid) as caught:
        people.exchange_phone_code(code(), openid=alice.openid)

    assert "no number" not in repr(caught.value.facts)


def test_logs_hold_no_number_and_no_code_when_a_phone_is_told(people, alice, code, records, caplog):
    fresh = code()

    number = people.exchange_phone_code(fresh, openid=alice.openid)

    seen = caplog.text + repr(records)
    assert records
    assert fresh not in seen
    assert number.national not in seen
