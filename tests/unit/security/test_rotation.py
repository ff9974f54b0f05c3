"""A ring's three steps: announced keys open, promoted keys sign, retired keys are gone."""

from datetime import datetime, timezone
from itertools import pairwise

import pytest

from common.domain.users import UserId
from common.errors import NotLoggedIn
from common.security.encryption import Cipher
from common.security.keyring import KeyRing
from common.security.rotation import announced, as_text, new_key_id, promoted, with_announced, without
from common.security.sessions import SessionTokens

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=timezone.utc)


@pytest.fixture
def ring():
    return KeyRing("k1", {"k1": b"1" * 32})


def test_ring_reads_back_when_it_is_written(ring):
    longer = promoted(with_announced(ring, "k2603010930"), "k2603010930")

    again = KeyRing.parse(as_text(longer), setting="X")

    assert (again.current, dict(again.keys)) == ("k2603010930", dict(longer.keys))
    assert list(again.keys) == ["k2603010930", "k1"]


def test_name_says_when_the_key_was_made_and_fits_into_a_ring():
    assert new_key_id(NOW) == "k2603010930"


def test_announced_key_opens_and_does_not_sign(ring):
    longer = with_announced(ring, new_key_id(NOW))
    sealed = Cipher(longer).encrypt("x", context="c")

    assert announced(longer) == "k2603010930"
    assert Cipher.key_id(sealed) == "k1"
    later = Cipher(promoted(longer, "k2603010930")).encrypt("y", context="c")
    assert Cipher(longer).decrypt(later, context="c") == "y"


def test_every_pair_of_neighbouring_rings_reads_the_tokens_of_the_other(ring):
    longer = with_announced(ring, new_key_id(NOW))
    stages = [ring, longer, promoted(longer, "k2603010930")]

    for earlier, later in pairwise(stages):
        for signer, reader in ((earlier, later), (later, earlier)):
            token, _ = SessionTokens(signer).issue(UserId("u_1"), now=NOW)
            assert SessionTokens(reader).read(token, now=NOW) == "u_1"


def test_retired_key_opens_nothing_any_more(ring):
    token, _ = SessionTokens(ring).issue(UserId("u_1"), now=NOW)
    shorter = without(promoted(with_announced(ring, "k2603010930"), "k2603010930"), ["k1"])

    assert announced(shorter) is None
    with pytest.raises(NotLoggedIn):
        SessionTokens(shorter).read(token, now=NOW)


def test_current_key_stays_when_somebody_asks_to_retire_it(ring):
    with pytest.raises(ValueError, match="current"):
        without(ring, ["k1"])


@pytest.mark.parametrize("key_id", ["k1", "k2", "k2603010929", "k2603010930"])
def test_key_is_not_announced_when_it_is_not_newer_than_the_current(key_id):
    ring = KeyRing("k2603010930", {"k2603010930": b"1" * 32, "k1": b"2" * 32})

    with pytest.raises(ValueError, match="not newer"):
        with_announced(ring, key_id)
