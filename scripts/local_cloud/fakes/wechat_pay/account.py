"""The merchant's account and both key pairs: made once, kept in the state directory, handed over through settings."""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

FILE_NAME = "wechat_pay.json"
MCHID = "1900000109"
KEY_BITS = 2048


@dataclass(frozen=True)
class Account:
    """One merchant in public-key mode. `serial` names the merchant's certificate, `public_key_id` the platform's key."""

    mchid: str
    serial: str
    api_v3_key: str
    public_key_id: str
    merchant_key: RSAPrivateKey
    platform_key: RSAPrivateKey

    def settings(self) -> dict[str, str]:
        """Keys as base64 DER on one line: PEM does not survive every way of passing an environment on."""
        public = self.platform_key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return {
            "WECHAT_PAY_MCHID": self.mchid,
            "WECHAT_PAY_CERT_SERIAL": self.serial,
            "WECHAT_PAY_PRIVATE_KEY": _to_text(self.merchant_key),
            "WECHAT_PAY_API_V3_KEY": self.api_v3_key,
            "WECHAT_PAY_PUBLIC_KEY_ID": self.public_key_id,
            "WECHAT_PAY_PUBLIC_KEY": base64.b64encode(public).decode(),
        }


def load_account(state_dir: Path) -> Account:
    """The account of this state directory; the first call makes it. Safe when two processes start at once."""
    path = state_dir / FILE_NAME
    if not path.exists():
        _create(path)
    kept = json.loads(path.read_text(encoding="utf-8"))
    merchant_key, platform_key = _from_text(kept.pop("merchant_key")), _from_text(kept.pop("platform_key"))
    return Account(merchant_key=merchant_key, platform_key=platform_key, **kept)


def new_key() -> RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)


def _create(path: Path) -> None:
    account = {
        "mchid": MCHID,
        "serial": secrets.token_hex(20).upper(),
        "api_v3_key": secrets.token_hex(16),
        "public_key_id": f"PUB_KEY_ID_0{MCHID}{secrets.randbelow(10**18):018d}",
        "merchant_key": _to_text(new_key()),
        "platform_key": _to_text(new_key()),
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


def _to_text(key: RSAPrivateKey) -> str:
    return base64.b64encode(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())).decode()


def _from_text(text: str) -> RSAPrivateKey:
    # These are our own keys: checking that their factors are prime takes longer than everything else here together.
    key = load_der_private_key(base64.b64decode(text), password=None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError(f"{FILE_NAME} holds a key that is not RSA")
    return key
