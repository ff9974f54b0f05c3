"""Reads RSA keys from settings: PEM with line ends, or base64 of DER on one line.

The platform's keys come in two forms, and during a change notifications are signed by either: public keys, named
PUB_KEY_ID_…, and certificates, named by their serial number. Source: pay.weixin.qq.com, 微信支付公钥 → 切换.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property
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


class PlatformKeys(Mapping[str, RSAPublicKey]):
    """Wechatpay-Serial → key, the current one first: public keys, then certificates that have not ended.

    Certificates are read when somebody asks for what no public key is named. Raises SettingsInvalid then, and at once when there
    is no public key.
    """

    def __init__(self, public: Mapping[str, RSAPublicKey], certificates: str, *, now: datetime) -> None:
        self._public, self._texts, self._now = public, certificates, now
        if not public and not self._certified:
            raise SettingsInvalid(
                problems=["WECHAT_PAY_PUBLIC_KEY: missing, and no WECHAT_PAY_PLATFORM_CERTIFICATES that are valid"]
            )

    @cached_property
    def _certified(self) -> dict[str, RSAPublicKey]:
        read = [_read_certificate(text) for text in _listed(self._texts.replace(_PEM_END, f"{_PEM_END},"))]
        return {serial_of(found): key for found, key in read if found.not_valid_after_utc > self._now}

    def __getitem__(self, serial: str) -> RSAPublicKey:
        return self._public[serial] if serial in self._public else self._certified[serial]

    def __iter__(self) -> Iterator[str]:
        yield from self._public
        yield from self._certified

    def __len__(self) -> int:
        return len(self._public) + len(self._certified)


def read_platform_keys(ids: str, public_keys: str, certificates: str, *, now: datetime) -> PlatformKeys:
    """Lists are separated by commas; PEM certificates may just follow each other. Raises SettingsInvalid."""
    names = _listed(ids)
    keys = [read_public_key(text) for text in _listed(public_keys)]
    if len(names) != len(keys):
        raise SettingsInvalid(problems=["WECHAT_PAY_PUBLIC_KEY_ID: not as many ids as WECHAT_PAY_PUBLIC_KEY has keys"])
    return PlatformKeys(dict(zip(names, keys, strict=True)), certificates, now=now)


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
