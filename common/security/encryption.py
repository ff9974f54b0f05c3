"""Encryption of personal data at rest: AES-256-GCM under a key ring, bound to the place it is stored in."""

import base64
import binascii
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from common.errors import InternalError
from common.security.keyring import KeyRing

NONCE_BYTES = 12  # NIST SP 800-38D: 96 random bits are safe for 2^32 encryptions under one key


class Cipher:
    """Ciphertexts are ASCII, `<key id>.<base64url of nonce and ciphertext>`, so they fit text and binary columns."""

    def __init__(self, ring: KeyRing) -> None:
        self._current = ring.current
        self._ciphers = {key_id: AESGCM(key) for key_id, key in ring.keys.items()}

    def encrypt(self, text: str, *, context: str) -> bytes:
        """`context` names the place, like "users.session_key:<id>": moved elsewhere, the ciphertext does not open."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        bound = _bound(self._current, context)
        sealed = nonce + self._ciphers[self._current].encrypt(nonce, text.encode("utf-8", "surrogatepass"), bound)
        return self._current.encode() + b"." + base64.urlsafe_b64encode(sealed)

    def decrypt(self, sealed: bytes, *, context: str) -> str:
        """Raises InternalError for a ciphertext that was changed, moved, or written under a key we no longer have."""
        key_id = self.key_id(sealed)
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise InternalError(reason="unknown_data_key")
        try:
            raw = _decoded(sealed.partition(b".")[2])
            text = cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _bound(key_id, context))
        except (InvalidTag, ValueError, binascii.Error):
            raise InternalError(reason="ciphertext_does_not_open") from None
        return text.decode("utf-8", "surrogatepass")

    def is_current(self, sealed: bytes) -> bool:
        """False for a ciphertext that should be written again under the current key."""
        return self.key_id(sealed) == self._current

    @staticmethod
    def key_id(sealed: bytes) -> str:
        return sealed.partition(b".")[0].decode("ascii", "replace")


def _decoded(text: bytes) -> bytes:
    """The one way to write it: Python also takes + for -, and / for _. Raises ValueError, binascii.Error."""
    raw = base64.b64decode(text, altchars=b"-_", validate=True)
    if base64.urlsafe_b64encode(raw) != text:
        raise ValueError("not canonical")
    return raw


def _bound(key_id: str, context: str) -> bytes:
    return f"{key_id}.{context}".encode()
