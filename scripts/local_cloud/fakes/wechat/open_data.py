"""Open data as the mini-program client gets it from WeChat: signed rawData and encrypted encryptedData.

Source: "signature verification and decryption of open data" in the mini-program framework documents.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7


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


def user_profile(profile: dict[str, Any], openid: str, session_key: str, appid: str, now: float) -> dict[str, Any]:
    """What `wx.getUserProfile` hands to the page: userInfo, rawData, signature, encryptedData, iv."""
    raw = _compact(profile)
    watermark = {"timestamp": int(now), "appid": appid}
    secret = _compact({"openId": openid, **profile, "watermark": watermark})
    iv = base64.b64encode(secrets.token_bytes(16)).decode()
    return {
        "userInfo": profile,
        "rawData": raw,
        "signature": sign_raw(raw, session_key),
        "encryptedData": seal(secret.encode(), session_key, iv),
        "iv": iv,
    }


def _compact(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
