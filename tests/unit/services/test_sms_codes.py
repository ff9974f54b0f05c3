"""Codes by SMS: limits that bound the bill, tries that make guessing hopeless, and answers that tell nothing."""

from dataclasses import replace
from itertools import count, cycle

import pytest

from common.domain.phones import parse_phone
from common.domain.sms_codes import AskForCode, VerifyCode
from common.errors import (
    NotLoggedIn,
    PhoneInvalid,
    PhoneRefused,
    SmsCapReached,
    SmsCodeWrong,
    StoreUnavailable,
    TooManyRequests,
    VendorBusy,
    VendorQuotaExhausted,
    VendorRejected,
    VendorReplyInvalid,
    VendorUnavailable,
)
from common.services.sms_codes import Caps, CodeDesk, send_code, verify_code
from tests.builders import NOW
from tests.doubles import MemoryCodes, MemoryLimits, PlainDigests

PHONE = "13800138000"
CAPS = Caps(
    per_phone_day=8,
    per_user_day=10,
    per_address_hour=30,
    per_day=2000,
    guesses_per_user_day=30,
    guesses_per_address_hour=60,
)


class Limits(MemoryLimits):
    """Every limit of this kind of use has to hold when Redis is down. `pauses` off: minutes go by between two codes."""

    def __init__(self):
        super().__init__()
        self.pauses = True
        self.is_down = False

    def hit(self, key, *, limit, window_s, fail_open=True):
        assert fail_open is False
        if self.is_down:
            raise StoreUnavailable
        if self.pauses or not key.startswith("sms:pause"):
            super().hit(key, limit=limit, window_s=window_s)


@pytest.fixture
def limits():
    return Limits()


@pytest.fixture
def desk(users, contacts, texts, limits, reports, han):
    codes = cycle(f"{number:06}" for number in range(42, 1_000_000, 1000))
    return CodeDesk(
        user_id=han.id,
        client_ip="203.0.113.7",
        users=users,
        codes=MemoryCodes(),
        digests=PlainDigests(),
        limits=limits,
        caps=CAPS,
        texts=texts,
        phones=contacts,
        consents=contacts,
        new_code=lambda digits: next(codes),
        report=reports,
        now=NOW,
    )


def ask(desk, phone=PHONE, scene="bind_phone"):
    return send_code(AskForCode(phone=phone, scene=scene), desk=desk)


def verify(desk, code, phone=PHONE, scene="bind_phone"):
    return verify_code(VerifyCode(phone=phone, code=code, scene=scene), desk=desk)


def wrong(desk, code="999999", **how):
    with pytest.raises(SmsCodeWrong):
        verify(desk, code, **how)


def test_number_is_bound_when_its_code_is_typed_in(desk, texts, contacts, han):
    sent = ask(desk)
    verified = verify(desk, "000042")

    assert (sent.delivery, sent.expires_in_s, sent.resend_after_s) == ("sent", 300, 60)
    assert texts.codes == [(parse_phone("13800138000"), "000042")]
    assert (verified.phone, verified.sms) == ("138****8000", False)
    assert str(contacts.phone_of(han.id)) == "+8613800138000"


def test_messages_may_come_by_sms_when_that_was_the_scene(desk, contacts, han):
    ask(desk, scene="sms_notify")

    assert verify(desk, "000042", scene="sms_notify").sms is True
    assert contacts.allows_sms(han.id) is True


@pytest.mark.parametrize("typed", ["+86 138-0013-8000", "008613800138000", "１３８００１３８０００", " 138 0013 8000 "])
def test_number_is_the_same_when_it_is_written_in_another_way(desk, typed):
    ask(desk)

    assert verify(desk, " 000042 ", phone=typed).phone == "138****8000"


@pytest.mark.parametrize(
    "phone",
    ["", "110", "12800138000", "1380013800", "138001380000", "+14155550100", "+85291234567", "1380013800a", "十三"],
)
def test_number_is_refused_and_nothing_counted_when_it_is_none_of_the_mainland(desk, limits, texts, phone):
    with pytest.raises(PhoneInvalid):
        ask(desk, phone=phone)
    with pytest.raises(PhoneInvalid):
        verify(desk, "000042", phone=phone)

    assert (dict(limits.hits), texts.codes) == ({}, [])


def test_code_works_once_when_it_is_right(desk):
    ask(desk)
    verify(desk, "000042")

    wrong(desk, "000042")


@pytest.mark.parametrize("how", [{"scene": "sms_notify"}, {"phone": "13900139000"}])
def test_code_is_wrong_when_it_was_sent_for_something_else(desk, how):
    ask(desk)

    wrong(desk, "000042", **how)


def test_code_is_wrong_when_somebody_else_types_it_in(desk, li):
    ask(desk)

    wrong(replace(desk, user_id=li.id), "000042")


def test_code_before_is_void_when_a_new_one_was_sent(desk, limits):
    limits.pauses = False
    ask(desk)
    ask(desk)

    wrong(desk, "000042")
    assert verify(desk, "001042").phone == "138****8000"


def test_right_code_is_refused_when_five_wrong_ones_came_before(desk):
    ask(desk)
    for number in range(5):
        wrong(desk, f"00000{number}")

    wrong(desk, "000042")


@pytest.mark.parametrize("code", ["", "42", "00042", "0000420", "abcdef", "０００042", "000042; DROP"])
def test_code_that_can_be_none_is_wrong_and_costs_no_try(desk, code):
    ask(desk)
    for _ in range(6):
        wrong(desk, code)

    assert verify(desk, "000042").phone == "138****8000"


def test_answer_is_the_same_when_the_number_is_somebody_elses(desk, contacts, li):
    contacts.bind_phone(li.id, parse_phone("13800138000"), now=NOW)

    known, unknown = ask(desk), ask(desk, phone="13900139000")

    assert known == unknown


def test_second_code_is_refused_within_a_minute_and_uses_up_nothing_else(desk, limits, texts):
    ask(desk)
    before = dict(limits.hits)

    with pytest.raises(TooManyRequests) as caught:
        ask(desk)

    more = {key for key, hits in limits.hits.items() if hits != before.get(key)}
    assert caught.value.facts == {"retry_after_s": 60}
    assert all(key.startswith("sms:pause") for key in more)
    assert len(texts.codes) == 1


def sent_before_refusal(desk, phones, error=TooManyRequests, asking=lambda desk, number: desk):
    for number in count():
        try:
            ask(asking(desk, number), phone=next(phones))
        except error:
            return number
    return None


def test_number_gets_eight_codes_a_day_when_many_accounts_ask_for_it(desk, limits, users, monkeypatch):
    limits.pauses = False
    monkeypatch.setattr(users, "find", lambda user_id: user_id)

    asked = sent_before_refusal(desk, cycle([PHONE]), asking=lambda desk, n: replace(desk, user_id=f"u_{n}"))

    assert asked == CAPS.per_phone_day


def test_user_gets_ten_codes_a_day_when_they_ask_for_many_numbers(desk):
    phones = (f"138001380{number:02}" for number in count())

    assert sent_before_refusal(desk, phones) == CAPS.per_user_day


def test_address_gets_thirty_codes_an_hour_when_many_users_ask(desk, users, monkeypatch):
    phones = (f"138001380{number:02}" for number in count())
    monkeypatch.setattr(users, "find", lambda user_id: user_id)

    asked = sent_before_refusal(desk, phones, asking=lambda desk, n: replace(desk, user_id=f"u_{n}"))

    assert asked == CAPS.per_address_hour


def test_address_is_not_counted_when_the_platform_does_not_tell_it(desk, limits):
    ask(replace(desk, client_ip=""))

    assert not any("address" in key for key in limits.hits)


def test_bill_stops_growing_and_is_reported_when_the_day_is_full(desk, users, monkeypatch, texts, reports):
    small = replace(desk, client_ip="", caps=replace(CAPS, per_day=3))
    phones = (f"138001380{number:02}" for number in count())
    monkeypatch.setattr(users, "find", lambda user_id: user_id)

    asked = sent_before_refusal(
        small, phones, error=SmsCapReached, asking=lambda desk, n: replace(desk, user_id=f"u_{n}")
    )

    assert (asked, len(texts.codes)) == (3, 3)
    assert reports.codes == [("all", "sms_cap_reached")]


def guesses_before_refusal(desk, vary):
    for number in count():
        try:
            verify(vary(number), "123456", phone=f"1380{number:07}")
        except SmsCodeWrong:
            continue
        except TooManyRequests:
            return number
    return None


def test_user_may_guess_thirty_times_a_day_when_they_try_many_numbers(desk):
    assert guesses_before_refusal(desk, lambda _: desk) == CAPS.guesses_per_user_day


def test_address_may_guess_sixty_times_an_hour_when_it_has_many_accounts(desk, users, monkeypatch):
    monkeypatch.setattr(users, "find", lambda user_id: user_id)

    assert guesses_before_refusal(desk, lambda n: replace(desk, user_id=f"u_{n}")) == CAPS.guesses_per_address_hour


def test_nothing_is_sent_and_nothing_verified_when_redis_is_down(desk, limits, texts):
    ask(desk)
    limits.is_down = True

    with pytest.raises(StoreUnavailable):
        ask(desk, phone="13900139000")
    with pytest.raises(StoreUnavailable):
        verify(desk, "000042")

    assert len(texts.codes) == 1


def test_nothing_is_sent_when_the_code_cannot_be_kept(desk, texts):
    desk.codes.fail["put"] = [StoreUnavailable()]

    with pytest.raises(StoreUnavailable):
        ask(desk)

    assert texts.codes == []


@pytest.mark.parametrize("error", [VendorUnavailable(delivered="unknown"), VendorReplyInvalid(delivered="unknown")])
def test_code_stays_good_and_is_not_sent_again_when_nobody_knows_whether_it_arrived(desk, texts, error):
    texts.fail["send_code"] = [error]

    assert ask(desk).delivery == "unknown"
    assert texts.calls["send_code"] == 1
    assert verify(desk, "000042").phone == "138****8000"


@pytest.mark.parametrize(
    ("error", "reported"),
    [
        (VendorQuotaExhausted(delivered="no"), True),
        (VendorRejected(delivered="no"), True),
        (VendorBusy(delivered="no"), False),
        (VendorUnavailable(delivered="no"), False),
        (TooManyRequests(retry_after_s=30), False),
        (PhoneRefused(field="phone"), False),
    ],
)
def test_code_is_void_when_the_message_surely_did_not_go_out(desk, texts, reports, error, reported):
    texts.fail["send_code"] = [error]

    with pytest.raises(type(error)):
        ask(desk)

    wrong(desk, "000042")
    assert [code for _, code in reports.codes] == ([error.code] if reported else [])


def test_nothing_is_sent_when_the_account_is_gone(desk, texts):
    gone = replace(desk, user_id="u_gone")

    with pytest.raises(NotLoggedIn):
        ask(gone)
    with pytest.raises(NotLoggedIn):
        verify(gone, "000042")

    assert texts.codes == []
