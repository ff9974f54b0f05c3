"""Pushes as they are written: signed, in plain or secure mode, as JSON or XML, and every way to forge them."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK_BYTES = 32
STALE_BY_S = 2 * 86_400
#: Forged on the way: the content is true. Lies in the content belong to whoever writes it.
FORGERIES = frozenset({"signature", "stale", "plain", "key", "app"})


@dataclass
class Mailbox:
    """The console's page 消息推送: who receives pushes, and in which of the four forms."""

    appid: str
    token: str = field(default_factory=lambda: secrets.token_hex(16))
    aes_key: str = field(default_factory=lambda: new_aes_key())
    url: str | None = None
    secure: bool = True
    xml: bool = False


@dataclass(frozen=True)
class Written:
    """One POST, ready to go."""

    query: Mapping[str, str]
    body: bytes
    content_type: str


def new_aes_key() -> str:
    """43 letters and digits, which are 32 bytes of base64 without its padding; the last one leaves no bits over."""
    letters = string.ascii_letters + string.digits
    return "".join(secrets.choice(letters) for _ in range(42)) + secrets.choice("AEIMQUYcgkosw048")


def write(mailbox: Mailbox, event: Mapping[str, Any], now: float, forge: str | None = None) -> Written:
    """With a timestamp, nonce and signature of its own."""
    at = now - STALE_BY_S if forge == "stale" else now
    token = "a stranger's token" if forge == "signature" else mailbox.token
    message = as_xml(event) if mailbox.xml else as_json(event)
    query = {"timestamp": str(int(at)), "nonce": str(secrets.randbelow(10**10))}
    query["signature"] = signature(token, query["timestamp"], query["nonce"])
    if mailbox.secure and forge != "plain":
        key = new_aes_key() if forge == "key" else mailbox.aes_key
        sealed = encrypt(key, message, "wxffffffffffffffff" if forge == "app" else mailbox.appid)
        query |= {"encrypt_type": "aes", "msg_signature": signature(token, query["timestamp"], query["nonce"], sealed)}
        envelope = {"ToUserName": event.get("ToUserName", ""), "Encrypt": sealed}
        message = as_xml(envelope) if mailbox.xml else as_json(envelope)
    return Written(query, message, "text/xml" if mailbox.xml else "application/json")


def signature(token: str, timestamp: str, nonce: str, *more: str) -> str:
    return hashlib.sha1("".join(sorted([token, timestamp, nonce, *more])).encode()).hexdigest()  # noqa: S324


def encrypt(aes_key: str, message: bytes, appid: str, random: bytes | None = None) -> str:
    """AES-256-CBC of random (16) + length (4) + message + appid, padded to 32; the IV is the key's first half."""
    key = base64.b64decode(aes_key + "=")
    plain = (random or secrets.token_bytes(16)) + len(message).to_bytes(4, "big") + message + appid.encode()
    count = BLOCK_BYTES - len(plain) % BLOCK_BYTES
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(plain + bytes([count]) * count) + encryptor.finalize()).decode()


def as_json(event: Mapping[str, Any]) -> bytes:
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()


def as_xml(event: Mapping[str, Any]) -> bytes:
    return f"<xml>{_elements(event)}</xml>".encode()


def address(url: str, query: Mapping[str, str]) -> str:
    return f"{url}?{urlencode(query)}"


def _elements(content: Mapping[str, Any]) -> str:
    """A list is the same element several times."""
    pairs = [(name, one) for name, value in content.items() for one in (value if isinstance(value, list) else [value])]
    return "".join(f"<{name}>{_value(value)}</{name}>" for name, value in pairs)


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return _elements(value)
    return str(value) if isinstance(value, int) else f"<![CDATA[{value}]]>"
