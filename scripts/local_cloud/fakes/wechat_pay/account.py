"""The merchant's account and all key pairs: made once, kept in the state directory, handed over through settings."""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)
from cryptography.x509 import (
    Certificate,
    CertificateBuilder,
    Name,
    NameAttribute,
    load_der_x509_certificate,
    random_serial_number,
)
from cryptography.x509.oid import NameOID

FILE_NAME = "wechat_pay_keys.json"
MCHID = "1900000109"
#: Real ones have 2048. A function's environment holds 4 KB, and locally it holds the keys of every provider at once.
KEY_BITS = 1024
KEYS = ("merchant_key", "platform_key", "next_platform_key")


@dataclass(frozen=True)
class Signer:
    """A key of the platform and what Wechatpay-Serial calls it."""

    serial: str
    key: RSAPrivateKey


@dataclass(frozen=True)
class Account:
    """One merchant. `serial` names the merchant's certificate, `public_key_id` the platform's key.

    The platform has a second key, for what happens when keys rotate: as a public key, and in a certificate.
    """

    mchid: str
    serial: str
    api_v3_key: str
    public_key_id: str
    next_public_key_id: str
    merchant_key: RSAPrivateKey
    platform_key: RSAPrivateKey
    next_platform_key: RSAPrivateKey
    certificate: Certificate

    def signers(self) -> dict[str, Signer]:
        """By the name that the control route `sign_with` takes."""
        number = self.certificate.serial_number
        serial = number.to_bytes((number.bit_length() + 7) // 8, "big").hex().upper()
        return {
            "public_key": Signer(self.public_key_id, self.platform_key),
            "next_public_key": Signer(self.next_public_key_id, self.next_platform_key),
            "certificate": Signer(serial, self.next_platform_key),
        }

    def settings(self) -> dict[str, str]:
        """Keys as base64 DER on one line: PEM does not survive every way of passing an environment on."""
        certificate = base64.b64encode(self.certificate.public_bytes(Encoding.DER)).decode()
        return {
            "WECHAT_PAY_MCHID": self.mchid,
            "WECHAT_PAY_CERT_SERIAL": self.serial,
            "WECHAT_PAY_PRIVATE_KEY": _to_text(self.merchant_key),
            "WECHAT_PAY_API_V3_KEY": self.api_v3_key,
            "WECHAT_PAY_PUBLIC_KEY_ID": f"{self.public_key_id},{self.next_public_key_id}",
            "WECHAT_PAY_PUBLIC_KEY": f"{_public_text(self.platform_key)},{_public_text(self.next_platform_key)}",
            "WECHAT_PAY_PLATFORM_CERTIFICATES": certificate,
        }


def load_account(state_dir: Path) -> Account:
    """The account of this state directory; the first call makes it. Safe when two processes start at once."""
    path = state_dir / FILE_NAME
    if not path.exists():
        _create(path)
    kept = json.loads(path.read_text(encoding="utf-8"))
    merchant_key, platform_key, next_platform_key = (_from_text(kept.pop(name)) for name in KEYS)
    return Account(
        merchant_key=merchant_key,
        platform_key=platform_key,
        next_platform_key=next_platform_key,
        certificate=load_der_x509_certificate(base64.b64decode(kept.pop("certificate"))),
        **kept,
    )


def new_key() -> RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)


def _create(path: Path) -> None:
    merchant_key, platform_key, next_platform_key = new_key(), new_key(), new_key()
    certificate = _certify(next_platform_key)
    account = {
        "mchid": MCHID,
        "serial": secrets.token_hex(20).upper(),
        "api_v3_key": secrets.token_hex(16),
        "public_key_id": _new_key_id(),
        "next_public_key_id": _new_key_id(),
        "merchant_key": _to_text(merchant_key),
        "platform_key": _to_text(platform_key),
        "next_platform_key": _to_text(next_platform_key),
        "certificate": base64.b64encode(certificate.public_bytes(Encoding.DER)).decode(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(account, indent=1), encoding="utf-8")
    try:
        # A link, unlike a rename, fails when another process was first; then that one's keys are the account.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _new_key_id() -> str:
    return f"PUB_KEY_ID_0{MCHID}{secrets.randbelow(10**18):018d}"


def _certify(key: RSAPrivateKey) -> Certificate:
    """As long as the platform's own: five years."""
    name = Name([NameAttribute(NameOID.COMMON_NAME, "Tenpay.com Root CA (fake)")])
    now = datetime.now(timezone.utc)
    builder = CertificateBuilder(name, name, key.public_key(), random_serial_number(), now, now + timedelta(days=1826))
    return builder.sign(key, SHA256())


def _public_text(key: RSAPrivateKey) -> str:
    return base64.b64encode(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


def _to_text(key: RSAPrivateKey) -> str:
    return base64.b64encode(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())).decode()


def _from_text(text: str) -> RSAPrivateKey:
    # These are our own keys: checking that their factors are prime takes longer than everything else here together.
    key = load_der_private_key(base64.b64decode(text), password=None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError(f"{FILE_NAME} holds a key that is not RSA")
    return key
