"""Documents that only we can have written: Ed25519 (RFC 8032) over the exact text, both in one JSON object."""

import base64
import binascii
import json

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from common.errors import SettingsInvalid, SignatureInvalid


def sign(text: str, *, key: str) -> bytes:
    """`key`: base64 of 32 bytes. Raises SettingsInvalid."""
    signature = Ed25519PrivateKey.from_private_bytes(_bytes(key)).sign(text.encode())
    return json.dumps({"document": text, "signature": base64.b64encode(signature).decode()}).encode()


def open_signed(content: bytes, *, public_key: str) -> str:
    """The text. Raises SignatureInvalid for what is not ours, before anything of it is read; SettingsInvalid."""
    verifier = Ed25519PublicKey.from_public_bytes(_bytes(public_key))
    try:
        envelope = json.loads(content)
        text, signature = str(envelope["document"]), base64.b64decode(str(envelope["signature"]), validate=True)
        verifier.verify(signature, text.encode())
    except (InvalidSignature, KeyError, TypeError, ValueError, RecursionError):
        raise SignatureInvalid(vendor="oss") from None
    return text


def public_key_of(key: str) -> str:
    """What the functions are given as OSS_PUBLIC_KEY. Raises SettingsInvalid."""
    public = Ed25519PrivateKey.from_private_bytes(_bytes(key)).public_key()
    return base64.b64encode(public.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def _bytes(key: str) -> bytes:
    try:
        raw = base64.b64decode(key, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != 32:
        raise SettingsInvalid(problems=["OSS_PUBLIC_KEY or OSS_SIGNING_KEY: is not the base64 of 32 bytes"])
    return raw
