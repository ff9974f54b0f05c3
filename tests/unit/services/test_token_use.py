"""The one WeChat token that all functions share: read by all, renewed by a timer, never forced."""

from datetime import timedelta
from typing import Any

import pytest

from common.domain.tokens import AccessToken
from common.services.tokens import NAME, current_token, renew_token
from tests.builders import NOW
from tests.doubles import FakeIssuer


def token(value: str, minutes: float) -> AccessToken:
    return AccessToken(value, NOW + timedelta(minutes=minutes))


@pytest.fixture
def stored(tokens: Any) -> Any:
    def keep(value: str, minutes: float) -> None:
        tokens.keep(NAME, token(value, minutes))

    return keep


def test_vendor_is_not_asked_when_a_good_token_is_stored(tokens, stored):
    stored("good", 60)
    issuer = FakeIssuer(token("new", 120))

    value = current_token(None, store=tokens, issuer=issuer, now=NOW)

    assert (value, issuer.issued) == ("good", 0)


def test_token_is_fetched_and_shared_when_none_is_stored(tokens):
    value = current_token(None, store=tokens, issuer=FakeIssuer(token("new", 120)), now=NOW)

    assert value == "new"
    assert tokens.read(NAME).value == "new"


def test_token_is_fetched_when_the_stored_one_has_less_than_a_minute(tokens, stored):
    stored("old", 1)

    value = current_token(None, store=tokens, issuer=FakeIssuer(token("new", 120)), now=NOW)

    assert value == "new"


def test_stored_token_is_used_when_another_one_was_rejected(tokens, stored):
    stored("newer", 60)
    issuer = FakeIssuer(token("newest", 120))

    value = current_token("older", store=tokens, issuer=issuer, now=NOW)

    assert (value, issuer.issued) == ("newer", 0)


def test_rejected_token_is_not_used_again_when_it_is_the_stored_one(tokens, stored):
    stored("bad", 60)

    value = current_token("bad", store=tokens, issuer=FakeIssuer(token("new", 120)), now=NOW)

    assert value == "new"


def test_older_token_never_replaces_a_newer_when_two_were_fetched(tokens, stored):
    stored("newer", 120)

    current_token("newer", store=tokens, issuer=FakeIssuer(token("older", 60)), now=NOW)

    assert tokens.read(NAME).value == "newer"


def test_timer_renews_nothing_when_the_token_has_time_left(tokens, stored):
    stored("good", 16)
    issuer = FakeIssuer(token("new", 120))

    renewed = renew_token(store=tokens, issuer=issuer, now=NOW)

    assert (renewed, issuer.issued) == (False, 0)


def test_timer_renews_when_the_token_ends_soon(tokens, stored):
    stored("old", 15)

    renewed = renew_token(store=tokens, issuer=FakeIssuer(token("new", 120)), now=NOW)

    assert renewed is True
    assert tokens.read(NAME).value == "new"


def test_timer_says_no_when_the_vendor_gave_the_same_token(tokens, stored):
    stored("old", 10)

    renewed = renew_token(store=tokens, issuer=FakeIssuer(token("old", 10)), now=NOW)

    assert renewed is False
