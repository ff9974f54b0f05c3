"""Reads RSA keys from settings: PEM with line ends, or base64 of DER on one line."""

import base64
import binascii

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from common.errors import SettingsInvalid

_PEM = "-----BEGIN"


def read_private_key(text: str) -> RSAPrivateKey:
    """PKCS#8 (or PKCS#1), without a password. Raises SettingsInvalid, which never quotes the key."""
    name = "WECHAT_PAY_PRIVATE_KEY"
    try:
        key = (
            serialization.load_pem_private_key(text.encode(), password=None)
            if _PEM in text
            else serialization.load_der_private_key(_decoded(text), password=None)
        )
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise SettingsInvalid(problems=[f"{name}: neither PEM nor base64 DER of an RSA private key"]) from None
    if not isinstance(key, RSAPrivateKey):
        raise SettingsInvalid(problems=[f"{name}: not an RSA key"])
    return key


def read_public_key(text: str) -> RSAPublicKey:
    """SubjectPublicKeyInfo. Raises SettingsInvalid."""
    name = "WECHAT_PAY_PUBLIC_KEY"
    try:
        key = (
            serialization.load_pem_public_key(text.encode())
            if _PEM in text
            else serialization.load_der_public_key(_decoded(text))
        )
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise SettingsInvalid(problems=[f"{name}: neither PEM nor base64 DER of an RSA public key"]) from None
    if not isinstance(key, RSAPublicKey):
        raise SettingsInvalid(problems=[f"{name}: not an RSA key"])
    return key


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
