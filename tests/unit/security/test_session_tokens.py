"""Session tokens: only what we signed, for this API, in its time."""

import base64
import json
from datetime import datetime, timedelta, timezone

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.domain.users import UserId
from common.errors import NotLoggedIn
from common.security.keyring import KeyRing
from common.security.sessions import AUDIENCE, ISSUER, SessionTokens

NEW, OLD = bytes(range(32)), bytes(range(32, 64))
NOW = datetime(2026, 3, 1, 9, 30, 15, 500000, tzinfo=timezone.utc)
ALICE = UserId("u_alice")
TOKENS = SessionTokens(KeyRing("k1", {"k1": NEW, "k0": OLD}))


def forged(key=NEW, kid="k1", algorithm="HS256", drop=(), **changes):
    """A token as we would sign it, but for one thing."""
    at = int(NOW.timestamp())
    claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": ALICE, "iat": at, "exp": at + 60, **changes}
    for name in drop:
        del claims[name]
    return jwt.encode(claims, key, algorithm, headers={"kid": kid} if kid else None)


def test_session_is_of_its_user_when_read():
    token, ends_at = TOKENS.issue(ALICE, now=NOW)

    assert TOKENS.read(token, now=NOW) == ALICE
    assert ends_at == datetime(2026, 3, 8, 9, 30, 15, tzinfo=timezone.utc)


def test_session_lives_to_its_last_second_and_no_longer():
    token, ends_at = TOKENS.issue(ALICE, now=NOW)

    assert TOKENS.read(token, now=ends_at - timedelta(seconds=1)) == ALICE
    with pytest.raises(NotLoggedIn):
        TOKENS.read(token, now=ends_at)


def test_session_is_read_when_its_key_is_not_current_any_more():
    token, _ = SessionTokens(KeyRing("k0", {"k0": OLD})).issue(ALICE, now=NOW)

    assert TOKENS.read(token, now=NOW) == ALICE


def test_session_ends_when_its_key_left_the_ring():
    token, _ = TOKENS.issue(ALICE, now=NOW)

    with pytest.raises(NotLoggedIn):
        SessionTokens(KeyRing("k0", {"k0": OLD})).read(token, now=NOW)


def test_forgery_of_the_test_itself_is_read_when_nothing_is_wrong():
    assert TOKENS.read(forged(), now=NOW) == ALICE


@pytest.mark.parametrize(
    "token",
    [
        forged(key=OLD),
        forged(kid="k9"),
        forged(kid=None),
        forged(algorithm="HS512", key=NEW * 2),
        forged(key="", algorithm="none"),
        forged(iss="other"),
        forged(aud="other"),
        forged(sub=""),
        forged(exp=int(NOW.timestamp())),
        forged(exp="9999999999"),
        forged(iat=int(NOW.timestamp()) + 120),
        *[forged(drop=[name]) for name in ("iss", "aud", "sub", "iat", "exp")],
    ],
)
def test_session_is_refused_when_one_thing_is_wrong(token):
    with pytest.raises(NotLoggedIn) as refusal:
        TOKENS.read(token, now=NOW)

    assert refusal.value.facts == {}


def test_session_is_refused_when_its_claims_were_exchanged():
    header, claims, signature = forged().split(".")
    changed = json.dumps({**json.loads(base64.urlsafe_b64decode(claims + "==")), "sub": "u_bob"}).encode()

    with pytest.raises(NotLoggedIn):
        TOKENS.read(f"{header}.{base64.urlsafe_b64encode(changed).rstrip(b'=').decode()}.{signature}", now=NOW)


def test_session_is_refused_when_its_header_is_a_pit():
    header = base64.urlsafe_b64encode(b"[" * 100_000).decode()

    with pytest.raises(NotLoggedIn):
        TOKENS.read(f"{header}.e30.e30", now=NOW)


@given(st.text(st.characters(codec=None)) | st.from_regex(r"[\w-]*\.[\w-]*\.[\w-]*", fullmatch=True))
def test_session_is_refused_when_the_token_is_anything_else(token):
    with pytest.raises(NotLoggedIn):
        TOKENS.read(token, now=NOW)
