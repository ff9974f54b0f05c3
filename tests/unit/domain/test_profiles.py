"""Nicknames as they are seen, numbers as they are shown, and halves of what belongs together."""

import pytest

from common.domain.phones import PhoneNumber
from common.domain.profiles import UpdateProfile, clean_nickname


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("小雯", "小雯"),
        ("\u202eadmin\u202c", "admin"),
        ("a\x00\x1b[31mb", "a[31mb"),
        ("\ue000x\U000e0041", "x"),
        ("\u200d", ""),
        ("e\u0301", "é"),
    ],
)
def test_nickname_holds_nothing_that_cannot_be_seen(typed: str, seen: str) -> None:
    assert clean_nickname(typed) == seen


@pytest.mark.parametrize(
    ("country", "national", "shown"),
    [
        ("86", "13812345678", "138****5678"),
        ("852", "91234567", "+852 ****67"),
        ("1", "4155550123", "+1 415****0123"),
        ("86", "1", "****1"),
    ],
)
def test_phone_number_is_masked_when_it_is_shown(country: str, national: str, shown: str) -> None:
    number = PhoneNumber(country, national)

    assert number.masked == shown
    assert PhoneNumber.parse(str(number)) == number


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"rawData": "{}"}, "signature"),
        ({"signature": "x"}, "rawData"),
        ({"encryptedData": "x"}, "iv"),
        ({"iv": "x"}, "encryptedData"),
        ({"rawData": "{}", "signature": "x"}, None),
        ({}, None),
    ],
)
def test_half_of_a_pair_says_what_is_missing(given: dict[str, str], missing: str | None) -> None:
    assert UpdateProfile.model_validate(given).missing == missing
