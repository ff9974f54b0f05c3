"""Open data as the mini-program client gets it from WeChat: signed rawData and encrypted encryptedData.

Source: "signature verification and decryption of open data" in the mini-program framework documents.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

#: Ways in which open data can be wrong.
FORGERIES = frozenset({"signature", "raw", "sealed", "appid", "old", "person"})


def sign_raw(raw: str, session_key: str) -> str:
    """Hex SHA-1 over the text and the session_key as it was received, not decoded."""
    return hashlib.sha1((raw + session_key).encode(), usedforsecurity=False).hexdigest()


def seal(plaintext: bytes, session_key: str, iv: str) -> str:
    """AES-128-CBC with PKCS#7 padding; key and iv come in base64 and so does the result."""
    padder = PKCS7(128).padder()
    padded = padder.update(plaintext) + padder.finalize()
    cipher = Cipher(algorithms.AES(base64.b64decode(session_key)), modes.CBC(base64.b64decode(iv)))
    encryptor = cipher.encryptor()
    return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


def sign_session(session_key: str, message: str = "") -> str:
    """The user session signature: hex HMAC-SHA256, key as it was received; of nothing for checksession."""
    return hmac.new(session_key.encode(), message.encode(), hashlib.sha256).hexdigest()


def user_profile(
    profile: dict[str, Any], openid: str, session_key: str, appid: str, now: float, forge: str | None = None
) -> dict[str, Any]:
    """What `wx.getUserProfile` hands to the page: userInfo, rawData, signature, encryptedData, iv.

    `forge` is one of FORGERIES: what somebody who is not WeChat would hand over.
    """
    other_key = base64.b64encode(secrets.token_bytes(16)).decode()
    raw = _compact(profile)
    watermark = {
        "timestamp": int(now) - (3600 if forge == "old" else 0),
        "appid": "wx0000000000000000" if forge == "appid" else appid,
    }
    owner = "o" + "0" * 27 if forge == "person" else openid
    secret = _compact({"openId": owner, **profile, "watermark": watermark})
    iv = base64.b64encode(secrets.token_bytes(16)).decode()
    return {
        "userInfo": profile,
        "rawData": raw + " " if forge == "raw" else raw,
        "signature": sign_raw(raw, other_key if forge == "signature" else session_key),
        "encryptedData": seal(secret.encode(), other_key if forge == "sealed" else session_key, iv),
        "iv": iv,
    }


def _compact(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
