"""The cryptography of v3: the signed strings, RSA-SHA256 (PKCS#1 v1.5) and AES-GCM.

Source: "signature generation", "signature verification" and "certificate and callback decryption" of the v3 rules.
"""

from __future__ import annotations

import base64
import binascii
import time
from datetime import datetime, timedelta, timezone

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

BEIJING = timezone(timedelta(hours=8))


def request_message(method: str, target: str, timestamp: str, nonce: str, body: bytes) -> bytes:
    """What a merchant signs; `target` is path and query exactly as sent. Five lines, each ended by a newline."""
    return "\n".join((method, target, timestamp, nonce, "")).encode() + body + b"\n"


def reply_message(timestamp: str, nonce: str, body: bytes) -> bytes:
    """What the platform signs, in answers and in notifications."""
    return f"{timestamp}\n{nonce}\n".encode() + body + b"\n"


def payment_message(appid: str, timestamp: str, nonce: str, package: str) -> bytes:
    """What the merchant signs for wx.requestPayment; signType is not part of it."""
    return "\n".join((appid, timestamp, nonce, package, "")).encode()


def sign(key: RSAPrivateKey, message: bytes) -> str:
    return base64.b64encode(key.sign(message, PKCS1v15(), SHA256())).decode()


def verify(key: RSAPublicKey, message: bytes, signature: str) -> bool:
    """False for anything that is not this key's signature of this message, broken base64 included."""
    try:
        key.verify(base64.b64decode(signature, validate=True), message, PKCS1v15(), SHA256())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def seal(key: str, nonce: str, associated_data: str, plaintext: bytes) -> str:
    """AES-GCM; base64 of the ciphertext with its 16-byte tag at the end."""
    sealed = AESGCM(key.encode()).encrypt(nonce.encode(), plaintext, associated_data.encode())
    return base64.b64encode(sealed).decode()


def beijing(at: float) -> str:
    """RFC 3339 in Beijing time, the only form WeChat Pay writes."""
    return datetime.fromtimestamp(at, BEIJING).isoformat(timespec="seconds")


def compact_beijing(at: float) -> str:
    """yyyymmddHHMMSS in Beijing time, as ids begin with it."""
    return time.strftime("%Y%m%d%H%M%S", time.gmtime(at + 8 * 3600))
