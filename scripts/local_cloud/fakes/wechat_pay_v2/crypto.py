"""The cryptography of v2: one shared key, MD5 or HMAC-SHA256, and AES-ECB for refunds; times as it writes them.

Source: "signature algorithm" and "refund notification" of the v2 documents.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

KINDS = ("MD5", "HMAC-SHA256")
BLOCK = 16


def signature(fields: dict[str, str], key: str, kind: str) -> str:
    """Over every field that is not empty and not `sign`, in the order of their names, with the key at the end."""
    text = ""
    for name in sorted(fields):
        if name != "sign" and fields[name] != "":
            text += f"{name}={fields[name]}&"
    text += f"key={key}"
    if kind == "MD5":
        return hashlib.md5(text.encode("utf-8")).hexdigest().upper()  # noqa: S324
    return hmac.digest(key.encode("utf-8"), text.encode("utf-8"), "sha256").hex().upper()


def with_signature(fields: dict[str, str], key: str, kind: str) -> dict[str, str]:
    return {**fields, "sign": signature(fields, key, kind)}


def seal(api_key: str, plaintext: bytes) -> str:
    """`req_info`: the key is the lower-case hexadecimal text of the API key's MD5, the padding PKCS#7."""
    key = hashlib.md5(api_key.encode()).hexdigest().encode()  # noqa: S324
    missing = BLOCK - len(plaintext) % BLOCK
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305
    return base64.b64encode(encryptor.update(plaintext + bytes([missing]) * missing) + encryptor.finalize()).decode()


def compact_beijing(at: float) -> str:
    """yyyymmddHHMMSS in Beijing time."""
    return time.strftime("%Y%m%d%H%M%S", time.gmtime(at + 8 * 3600))


def spaced_beijing(at: float) -> str:
    """As refund notifications write it."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(at + 8 * 3600))
