"""WeChat Pay's signatures: ours on requests and payments, theirs on answers and notifications.

Source: pay.weixin.qq.com, 开发指引 → 签名生成 / 签名验证 (API v3), RSA PKCS#1 v1.5 with SHA-256 throughout.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

from common import clock
from common.errors import SignatureInvalid

if TYPE_CHECKING:
    import httpx

SCHEME = "WECHATPAY2-SHA256-RSA2048"
#: Older or newer than this is refused, whichever clock is wrong.
TOLERANCE = timedelta(seconds=300)


def signed_text(*lines: str) -> bytes:
    """Every line ends in a line feed, the last one and an empty body's too."""
    return "".join(f"{line}\n" for line in lines).encode()


def sign(key: RSAPrivateKey, text: bytes) -> str:
    return base64.b64encode(key.sign(text, PKCS1v15(), SHA256())).decode()


def new_nonce() -> str:
    return secrets.token_hex(16)


class MerchantSignature:
    """Signs each request as it is sent, over the very bytes that are sent. What httpx takes as `auth`."""

    def __init__(self, *, mchid: str, serial: str, key: RSAPrivateKey) -> None:
        self._mchid = mchid
        self._serial = serial
        self._key = key

    def __call__(self, request: httpx.Request) -> httpx.Request:
        request.headers["Authorization"] = self.authorization(
            request.method,
            request.url.raw_path.decode("ascii"),
            request.read(),
            timestamp=str(int(clock.now().timestamp())),
            nonce=new_nonce(),
        )
        return request

    def authorization(self, method: str, path: str, body: bytes, *, timestamp: str, nonce: str) -> str:
        """`path` as sent: percent-encoded, with its query."""
        signature = sign(self._key, request_text(method, path, timestamp, nonce, body))
        pairs = {
            "mchid": self._mchid,
            "nonce_str": nonce,
            "signature": signature,
            "timestamp": timestamp,
            "serial_no": self._serial,
        }
        return f"{SCHEME} " + ",".join(f'{name}="{value}"' for name, value in pairs.items())


def request_text(method: str, path: str, timestamp: str, nonce: str, body: bytes) -> bytes:
    return signed_text(method, path, timestamp, nonce, body.decode())


def verify(headers: Mapping[str, str], body: bytes, keys: Mapping[str, RSAPublicKey], *, now: datetime) -> None:
    """Raise SignatureInvalid unless WeChat Pay signed these raw bytes within five minutes of `now`.

    `keys` maps the exact Wechatpay-Serial to its key. WeChat sends a small share of answers with a deliberately wrong
    signature (WECHATPAY/SIGNTEST/...): they fail like any other.
    """
    lowered = {name.lower(): value for name, value in headers.items()}
    timestamp = lowered.get("wechatpay-timestamp", "")
    nonce = lowered.get("wechatpay-nonce", "")
    _check_age(timestamp, now)
    key = keys.get(lowered.get("wechatpay-serial", ""))
    if key is None:
        raise SignatureInvalid(reason="unknown serial")
    text = b"".join([timestamp.encode(), b"\n", nonce.encode(errors="replace"), b"\n", body, b"\n"])
    try:
        key.verify(_decoded(lowered.get("wechatpay-signature", "")), text, PKCS1v15(), SHA256())
    except InvalidSignature:
        raise SignatureInvalid(reason="signature") from None


def _check_age(timestamp: str, now: datetime) -> None:
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= 12):
        raise SignatureInvalid(reason="timestamp")
    if abs(now.timestamp() - int(timestamp)) > TOLERANCE.total_seconds():
        raise SignatureInvalid(reason="stale")


def _decoded(signature: str) -> bytes:
    try:
        return base64.b64decode(signature, validate=True)
    except (binascii.Error, ValueError):
        raise SignatureInvalid(reason="signature") from None
