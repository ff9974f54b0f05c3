"""The merchant's account, API key and client certificate: made once, kept in the state directory, handed over by settings."""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import CertificateBuilder, Name, NameAttribute, random_serial_number
from cryptography.x509.oid import NameOID

FILE_NAME = "wechat_pay_v2_keys.json"
MCHID = "1900000209"


@dataclass(frozen=True)
class Account:
    """One merchant. Certificate and key are base64 of DER, on one line each."""

    mchid: str
    api_key: str
    sign_type: str
    certificate: str
    key: str

    def settings(self) -> dict[str, str]:
        return {
            "WECHAT_PAY_V2_MCHID": self.mchid,
            "WECHAT_PAY_V2_API_KEY": self.api_key,
            "WECHAT_PAY_V2_SIGN_TYPE": self.sign_type,
            "WECHAT_PAY_V2_CLIENT_CERTIFICATE": self.certificate,
            "WECHAT_PAY_V2_CLIENT_KEY": self.key,
        }


def load_account(state_dir: Path) -> Account:
    """The account of this state directory; the first call makes it. Safe when two processes start at once."""
    path = state_dir / FILE_NAME
    if not path.exists():
        _create(path)
    return Account(**json.loads(path.read_text(encoding="utf-8")))


def _create(path: Path) -> None:
    certificate, key = new_certificate()
    account = Account(MCHID, secrets.token_hex(16), "HMAC-SHA256", certificate, key)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(asdict(account), indent=1), encoding="utf-8")
    try:
        # A link, unlike a rename, fails when another process was first; then that one's keys are the account.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def new_certificate() -> tuple[str, str]:
    """A certificate and its key, as the merchant downloads them, but short: a function's environment holds 4 KB."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = Name([NameAttribute(NameOID.COMMON_NAME, MCHID)])
    now = datetime.now(timezone.utc)
    builder = CertificateBuilder(name, name, key.public_key(), random_serial_number(), now, now + timedelta(days=1826))
    der = builder.sign(key, SHA256()).public_bytes(Encoding.DER)
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return base64.b64encode(der).decode(), base64.b64encode(private).decode()
