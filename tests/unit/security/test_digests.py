"""Keyed digests: recognised under every key of the ring, different for every purpose; and codes nobody foresees."""

from common.security.digests import KeyedDigests, random_digits
from common.security.keyring import KeyRing

OLD, NEW = KeyRing("k1", {"k1": b"1" * 32}), KeyRing("k2", {"k2": b"2" * 32, "k1": b"1" * 32})


def test_digest_matches_its_text_only():
    digests = KeyedDigests(OLD, purpose="sms_code")

    assert digests.match("042137", digests.of("042137")) is True
    assert digests.match("042138", digests.of("042137")) is False
    assert "042137" not in digests.of("042137")


def test_digest_matches_when_it_was_made_under_the_key_before():
    made = KeyedDigests(OLD, purpose="sms_code").of("042137")

    assert KeyedDigests(NEW, purpose="sms_code").match("042137", made) is True
    assert KeyedDigests(NEW, purpose="sms_code").of("042137") != made


def test_digests_differ_when_their_purpose_does():
    made = KeyedDigests(OLD, purpose="sms_code").of("042137")

    assert KeyedDigests(OLD, purpose="phone").match("042137", made) is False


def test_codes_have_six_digits_and_do_not_repeat_themselves():
    codes = {random_digits(6) for _ in range(200)}

    assert all(len(code) == 6 and code.isdecimal() for code in codes)
    assert len(codes) >= 190
