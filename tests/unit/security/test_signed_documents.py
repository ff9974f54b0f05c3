"""Signed documents: ours open, and nothing of anybody else's is even read."""

import base64
import json

import pytest

from common.errors import SettingsInvalid, SignatureInvalid
from common.security.signed_documents import open_signed, public_key_of, sign

KEY = base64.b64encode(b"1" * 32).decode()
OTHER = base64.b64encode(b"2" * 32).decode()


def test_text_comes_back_as_it_was_when_we_signed_it():
    assert open_signed(sign('{"名": 1}', key=KEY), public_key=public_key_of(KEY)) == '{"名": 1}'


def test_public_key_is_that_of_the_standard():
    """RFC 8032, 7.1, test 1."""
    secret = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")

    assert public_key_of(base64.b64encode(secret).decode()) == base64.b64encode(public).decode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[1]",
        b"\xff",
        b'{"document": "x"}',
        b'{"document": "x", "signature": "!"}',
        b'{"document": "x", "signature": ""}',
        b"[" * 100_000,
        sign("x", key=OTHER),
        sign("x", key=KEY).replace(b'"x"', b'"y"'),
        json.dumps({**json.loads(sign("x", key=KEY)), "document": ["x"]}).encode(),
    ],
)
def test_nothing_opens_when_it_is_not_signed_by_us(content):
    with pytest.raises(SignatureInvalid):
        open_signed(content, public_key=public_key_of(KEY))


@pytest.mark.parametrize("key", ["", "short", base64.b64encode(b"1" * 31).decode()])
def test_key_is_refused_when_it_is_none(key):
    with pytest.raises(SettingsInvalid):
        sign("x", key=key)
    with pytest.raises(SettingsInvalid):
        open_signed(b"{}", public_key=key)
