"""The shared token: the same for everybody, and called expired a minute early."""

from datetime import timedelta

import pytest

from common.errors import CredentialRejected, VendorQuotaExhausted, VendorReplyInvalid
from common.vendors.wechat.stable_token import StableToken


def test_token_is_the_same_when_two_functions_ask(settings, http, now):
    issuer = StableToken(settings, http)

    first, second = issuer.issue_token(now=now), issuer.issue_token(now=now)

    assert first.value == second.value
    assert timedelta(hours=1) < first.expires_at - now <= timedelta(seconds=7200 - 60)


def test_token_is_asked_for_again_when_the_answer_was_lost(settings, http, now, server):
    server.fault("stable_token", "drop", when="after", times=2)

    token = StableToken(settings, http).issue_token(now=now)

    assert token.value
    assert server.operations() == ["stable_token"] * 3


@pytest.mark.parametrize(("errcode", "error"), [(45009, VendorQuotaExhausted), (40164, CredentialRejected)])
def test_refusal_has_its_error_when_the_account_is_limited(settings, http, now, server, errcode, error):
    server.fault("stable_token", "errcode", errcode=errcode)

    with pytest.raises(error):
        StableToken(settings, http).issue_token(now=now)


def test_answer_is_refused_when_it_has_no_token(settings, http, now, server):
    server.fault("stable_token", "malformed", body='{"expires_in": 7200}')

    with pytest.raises(VendorReplyInvalid) as caught:
        StableToken(settings, http).issue_token(now=now)

    assert caught.value.facts["fields"] == ["access_token"]
