"""Calls with a shared token: one repetition with another token, never more."""

import pytest

from common.errors import CredentialRejected
from common.http.tokens import call_with_token


class Tokens:
    def __init__(self):
        self.asked = []

    def __call__(self, rejected):
        self.asked.append(rejected)
        return f"token-{len(self.asked)}"


def rejecting(*bad, code=40001):
    def call(token):
        if token in bad:
            raise CredentialRejected(vendor_code=code)
        return token

    return call


def is_token_error(error):
    return error.facts["vendor_code"] == 40001


def test_call_is_repeated_once_when_the_token_is_rejected():
    tokens = Tokens()

    answer = call_with_token(rejecting("token-1"), tokens, is_token_error=is_token_error)

    assert answer == "token-2"
    assert tokens.asked == [None, "token-1"]


def test_error_is_raised_when_the_second_token_is_rejected_too():
    tokens = Tokens()

    with pytest.raises(CredentialRejected):
        call_with_token(rejecting("token-1", "token-2"), tokens, is_token_error=is_token_error)

    assert len(tokens.asked) == 2


def test_error_is_raised_at_once_when_it_is_not_about_the_token():
    tokens = Tokens()

    with pytest.raises(CredentialRejected):
        call_with_token(rejecting("token-1", code=48001), tokens, is_token_error=is_token_error)

    assert tokens.asked == [None]
