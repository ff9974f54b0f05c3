"""Open data: what the mini-program client gets from WeChat for us, signed or sealed with the user's session_key.

Source: "signature verification and decryption of open data" and "user session signature" in WeChat's server documents. SHA-1
and CBC without a MAC are WeChat's choice; the watermark inside says for which app it was sealed, and when.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from common.errors import OpenDataRefused

BLOCK_BITS = 128

#: How old a watermark may be, and how far ahead of our clock.
OLDEST_S, NEWEST_S = 600, 60


def read_signed(raw: str, signature: str, *, session_key: str) -> Mapping[str, Any]:
    """The JSON object `raw`, verified byte for byte before it is parsed. Raises OpenDataRefused(reason="signature")."""
    expected = hashlib.sha1((raw + session_key).encode(), usedforsecurity=False).hexdigest()
    if not hmac.compare_digest(expected.encode(), signature.lower().encode()):
        raise OpenDataRefused(reason="signature")
    return _object(raw.encode(), reason="signature")


def read_sealed(sealed: str, iv: str, *, session_key: str) -> Mapping[str, Any]:
    """The JSON object in `encryptedData`. Another session_key shows as bad padding or bad JSON.

    Raises OpenDataRefused(reason="ciphertext").
    """
    try:
        key, start = base64.b64decode(session_key, validate=True), base64.b64decode(iv, validate=True)
        decryptor = Cipher(algorithms.AES128(key), modes.CBC(start)).decryptor()
        padded = decryptor.update(base64.b64decode(sealed, validate=True)) + decryptor.finalize()
        unpadder = PKCS7(BLOCK_BITS).unpadder()
        plain = unpadder.update(padded) + unpadder.finalize()
    except (ValueError, binascii.Error):
        raise OpenDataRefused(reason="ciphertext") from None
    return _object(plain, reason="ciphertext")


def check_watermark(content: Mapping[str, Any], *, appid: str, now: datetime) -> None:
    """Sealed for our app, and just now. Raises OpenDataRefused(reason="watermark")."""
    watermark = content.get("watermark")
    mark: Mapping[str, Any] = watermark if isinstance(watermark, Mapping) else {}
    at = mark.get("timestamp")
    is_recent = type(at) is int and -NEWEST_S <= now.timestamp() - at <= OLDEST_S
    if mark.get("appid") != appid or not is_recent:
        raise OpenDataRefused(reason="watermark")


def session_signature(session_key: str, message: str = "") -> str:
    """Hex HMAC-SHA256 under the session_key as it was received, not decoded; of nothing for checksession."""
    return hmac.new(session_key.encode(), message.encode(), hashlib.sha256).hexdigest()


def _object(text: bytes, *, reason: str) -> Mapping[str, Any]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise OpenDataRefused(reason=reason)
    return content
