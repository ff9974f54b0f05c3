"""The merchant certificate as refunds show it: PEM with line ends, or base64 of DER on one line."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from common.errors import SettingsInvalid
from common.http.certificate import ClientCertificate

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_PEM = "-----BEGIN"


def read_client_certificate(certificate: str, key: str) -> ClientCertificate:
    """Raises SettingsInvalid when one is missing, is none, or they do not belong together."""
    try:
        read = _certificate(certificate)
    except ValueError:
        raise _invalid("CERTIFICATE", "neither PEM nor base64 DER of a certificate") from None
    try:
        private = (
            serialization.load_pem_private_key(key.encode(), None)
            if _PEM in key
            else serialization.load_der_private_key(_decoded(key), None)
        )
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise _invalid("KEY", "neither PEM nor base64 DER of a private key without password") from None
    if private.public_key() != read.public_key():
        raise _invalid("KEY", "not the key of WECHAT_PAY_V2_CLIENT_CERTIFICATE")
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return ClientCertificate(read.public_bytes(Encoding.PEM).decode(), pem.decode())


def _certificate(text: str) -> Certificate:
    from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificate

    return load_pem_x509_certificate(text.encode()) if _PEM in text else load_der_x509_certificate(_decoded(text))


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error


def _invalid(name: str, problem: str) -> SettingsInvalid:
    return SettingsInvalid(problems=[f"WECHAT_PAY_V2_CLIENT_{name}: {problem}"])
