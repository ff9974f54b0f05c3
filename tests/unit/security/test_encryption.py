"""Encryption of personal data: opens in its place under any key of the ring, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.errors import InternalError
from common.security.encryption import Cipher
from common.security.keyring import KeyRing

NEW, OLD = bytes(range(32)), bytes(range(32, 64))
PLACE = "users.session_key:u_1"
CIPHER = Cipher(KeyRing("k1", {"k1": NEW, "k0": OLD}))
OLD_CIPHER = Cipher(KeyRing("k0", {"k0": OLD}))


@given(st.text(st.characters(codec=None)))
def test_text_comes_back_when_decrypted_in_its_place(text):
    assert CIPHER.decrypt(CIPHER.encrypt(text, context=PLACE), context=PLACE) == text


def test_ciphertext_is_plain_ascii_and_new_every_time():
    first, second = (CIPHER.encrypt("13800138000", context=PLACE) for _ in range(2))

    assert first != second
    assert first.isascii()
    assert first.startswith(b"k1.")
    assert b"13800138000" not in first


def test_text_comes_back_when_its_key_is_not_current_any_more():
    sealed = OLD_CIPHER.encrypt("secret", context=PLACE)

    assert CIPHER.decrypt(sealed, context=PLACE) == "secret"
    assert not CIPHER.is_current(sealed)
    assert CIPHER.is_current(CIPHER.encrypt("secret", context=PLACE))


def test_nothing_opens_when_the_place_is_another():
    sealed = CIPHER.encrypt("secret", context=PLACE)

    with pytest.raises(InternalError):
        CIPHER.decrypt(sealed, context="users.session_key:u_2")


def test_nothing_opens_when_the_key_left_the_ring():
    sealed = CIPHER.encrypt("secret", context=PLACE)

    with pytest.raises(InternalError, match="internal") as refusal:
        OLD_CIPHER.decrypt(sealed, context=PLACE)

    assert refusal.value.facts == {"reason": "unknown_data_key"}


def test_nothing_opens_when_the_key_id_was_exchanged():
    both = Cipher(KeyRing("k1", {"k1": NEW, "k2": NEW}))
    sealed = both.encrypt("secret", context=PLACE)

    with pytest.raises(InternalError):
        both.decrypt(sealed.replace(b"k1.", b"k2."), context=PLACE)


@given(position=st.integers(3, 80), change=st.integers(1, 255))
def test_nothing_opens_when_a_byte_was_changed(position, change):
    sealed = bytearray(CIPHER.encrypt("a secret of some length, so long", context=PLACE))
    position = 3 + position % (len(sealed) - 4)
    sealed[position] ^= change

    with pytest.raises(InternalError):
        CIPHER.decrypt(bytes(sealed), context=PLACE)


@pytest.mark.parametrize(("letter", "twin"), [(b"-", b"+"), (b"_", b"/")])
def test_nothing_opens_when_it_is_written_in_another_alphabet(letter, twin):
    sealed = next(found for found in iter(lambda: CIPHER.encrypt("secret", context=PLACE), b"") if letter in found)

    with pytest.raises(InternalError):
        CIPHER.decrypt(sealed.replace(letter, twin), context=PLACE)


@pytest.mark.parametrize("sealed", [b"", b"k1", b"k1.", b"k1.AAAA", b"k1.!!!!", b"\xff.AAAA", b"."])
def test_nothing_opens_when_it_was_never_sealed(sealed):
    with pytest.raises(InternalError):
        CIPHER.decrypt(sealed, context=PLACE)
