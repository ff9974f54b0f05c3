"""Reads RSA keys from settings: PEM with line ends, or base64 of DER on one line.

The platform's keys come in two forms, and during a change notifications are signed by either: public keys, named
PUB_KEY_ID_…, and certificates, named by their serial number. Source: pay.weixin.qq.com, 微信支付公钥 → 切换.
"""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import TYPE_CHECKING

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from common.errors import SettingsInvalid

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_PEM = "-----BEGIN"
_PEM_END = "-----END CERTIFICATE-----"


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


def read_platform_keys(ids: str, public_keys: str, certificates: str, *, now: datetime) -> dict[str, RSAPublicKey]:
    """Wechatpay-Serial → key, the current one first. Lists are separated by commas; PEM certificates may just follow each other.

    Certificates that have ended are left out. Raises SettingsInvalid.
    """
    names = _listed(ids)
    keys = [read_public_key(text) for text in _listed(public_keys)]
    if len(names) != len(keys):
        raise SettingsInvalid(problems=["WECHAT_PAY_PUBLIC_KEY_ID: not as many ids as WECHAT_PAY_PUBLIC_KEY has keys"])
    read = [_read_certificate(text) for text in _listed(certificates.replace(_PEM_END, f"{_PEM_END},"))]
    named = [(serial_of(certificate), key) for certificate, key in read if certificate.not_valid_after_utc > now]
    found = {**dict(zip(names, keys, strict=True)), **dict(named)}
    if not found:
        raise SettingsInvalid(
            problems=["WECHAT_PAY_PUBLIC_KEY: missing, and no WECHAT_PAY_PLATFORM_CERTIFICATES that are valid"]
        )
    return found


def serial_of(certificate: Certificate) -> str:
    """As Wechatpay-Serial writes it: whole bytes in upper-case hexadecimal."""
    number = certificate.serial_number
    return number.to_bytes((number.bit_length() + 7) // 8, "big").hex().upper()


def _read_certificate(text: str) -> tuple[Certificate, RSAPublicKey]:
    from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificate

    name = "WECHAT_PAY_PLATFORM_CERTIFICATES"
    try:
        certificate = (
            load_pem_x509_certificate(text.encode()) if _PEM in text else load_der_x509_certificate(_decoded(text))
        )
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        raise SettingsInvalid(problems=[f"{name}: neither PEM nor base64 DER of a certificate"]) from None
    if not isinstance(key, RSAPublicKey):
        raise SettingsInvalid(problems=[f"{name}: a certificate without an RSA key"])
    return certificate, key


def _listed(text: str) -> list[str]:
    return [item.strip() for item in text.split(",") if item.strip()]


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
