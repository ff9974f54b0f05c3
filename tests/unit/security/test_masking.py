"""Masking for logs: what is left of personal data, and that it always answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.security.masking import mask_email, mask_id_card, mask_phone, mask_text, mask_token

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Nd"]))


@pytest.mark.parametrize(
    ("mask", "value", "masked"),
    [
        (mask_phone, "13800138000", "138****8000"),
        (mask_phone, "+86 138-0013-8000", "138****8000"),
        (mask_phone, "010-1234", "***"),
        (mask_email, "lilei@example.com", "l***@example.com"),
        (mask_email, "@example.com", "***"),
        (mask_email, "lilei", "***"),
        (mask_id_card, "11010119900307123X", "1101**************"),
        (mask_id_card, "110101900307123", "1101***********"),
        (mask_id_card, "1101", "***"),
        (mask_token, "abcdefghijklmnop", "abcd…(16)"),
        (mask_token, "short", "***"),
    ],
)
def test_value_is_masked_when_it_has_its_form_and_hidden_when_not(mask, value, masked):
    assert mask(value) == masked


@pytest.mark.parametrize("mask", [mask_phone, mask_email, mask_id_card, mask_token])
def test_value_is_hidden_when_there_is_none(mask):
    assert mask(None) == "***"


def test_text_keeps_its_words_and_loses_personal_data_when_masked():
    text = "李雷，电话13800138000/+86 139 1234 5678，lilei@example.com，身份证11010119900307123x，第2024届"

    masked = mask_text(text)

    assert masked == "李雷，电话138****8000/139****5678，l***@example.com，身份证1101**************，第2024届"


def test_tokens_are_hidden_when_they_stand_in_a_text():
    token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1In0.c2lnbmF0dXJlLXNpZ25hdHVyZQ"

    assert mask_text(f"got {token}!") == "got ***!"
    assert mask_text("Authorization: Bearer abc.def") == "Authorization: ***"


@given(st.text(st.characters(codec=None)))
def test_masking_always_answers(text):
    for mask in (mask_phone, mask_email, mask_id_card, mask_token, mask_text):
        assert isinstance(mask(text), str)


@given(before=WORDS, phone=st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), after=WORDS)
def test_phone_number_is_gone_when_it_stood_among_words(before, phone, after):
    assert phone not in mask_text(f"{before}{phone}{after}")
