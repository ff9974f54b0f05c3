"""Message push: what WeChat posts to us by itself, verified and decrypted. Implements the port Mailbox.

Source: developers.weixin.qq.com, 消息推送 and 消息加解密说明.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from xml.etree.ElementTree import Element

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from defusedxml.ElementTree import fromstring

from common.domain.pushes import PushedEvent
from common.errors import NotificationRefused, SettingsInvalid
from common.vendors.wechat.settings import PushSettings

#: Real ones have about one thousand.
LARGEST_BYTES = 64 * 1024

#: Repetitions go on for nine hours and may carry the time of the first try; it bounds the life of a signature that leaked.
TOLERANCE = timedelta(days=1)

AES_KEY_BYTES = 32
BLOCK_BYTES = 32
RANDOM_BYTES, LENGTH_BYTES = 16, 4


class Mailbox:
    """Secure mode when there is an AES key: then a push that is not encrypted is refused.

    In plain mode the signature does not cover the body, so that what a push says is a reason to ask and never proof.
    """

    def __init__(self, settings: PushSettings, *, appid: str) -> None:
        self._settings = settings
        self._appid = appid

    def echo(self, query: Mapping[str, str], *, now: datetime) -> str:
        """The answer that proves to WeChat that this address is ours. Raises NotificationRefused."""
        self._verify(query, "signature", now=now)
        return query.get("echostr", "")

    def open(self, query: Mapping[str, str], body: bytes, *, now: datetime) -> PushedEvent:
        """JSON or XML, whichever the console is set to. Raises NotificationRefused, SettingsInvalid."""
        if len(body) > LARGEST_BYTES:
            raise NotificationRefused(reason="size")
        if not self._settings.aes_key.get_secret_value():
            self._verify(query, "signature", now=now)
            return _event(body)
        encrypted = _read(body).get("Encrypt")
        if not isinstance(encrypted, str) or not encrypted.isascii():
            raise NotificationRefused(reason="not encrypted")
        self._verify(query, "msg_signature", encrypted, now=now)
        return _event(self._decrypted(encrypted))

    def _verify(self, query: Mapping[str, str], name: str, *more: str, now: datetime) -> None:
        token = self._settings.token.get_secret_value()
        if not token:
            raise SettingsInvalid(problems=["WECHAT_PUSH_TOKEN: missing"])
        timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        signed = "".join(sorted([token, timestamp, nonce, *more])).encode("utf-8", "surrogatepass")
        expected = hashlib.sha1(signed).hexdigest()  # noqa: S324 - what WeChat prescribes
        if not hmac.compare_digest(expected.encode(), query.get(name, "").encode("utf-8", "surrogatepass")):
            raise NotificationRefused(reason="signature")
        if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= 12):
            raise NotificationRefused(reason="timestamp")
        if abs(now.timestamp() - int(timestamp)) > TOLERANCE.total_seconds():
            raise NotificationRefused(reason="stale")

    def _decrypted(self, encrypted: str) -> bytes:
        """random (16) + length (4, big-endian) + message + appid, padded to 32; the IV is the key's first half."""
        key = self._key()
        try:
            decryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
            padded = decryptor.update(base64.b64decode(encrypted, validate=True)) + decryptor.finalize()
        except (binascii.Error, ValueError):
            raise NotificationRefused(reason="ciphertext") from None
        plain = _without_padding(padded)
        start = RANDOM_BYTES + LENGTH_BYTES
        end = start + int.from_bytes(plain[RANDOM_BYTES:start], "big")
        if len(plain) < start or plain[end:] != self._appid.encode():
            raise NotificationRefused(mismatch="app")
        return plain[start:end]

    def _key(self) -> bytes:
        try:
            key = base64.b64decode(self._settings.aes_key.get_secret_value() + "=")
        except binascii.Error:
            key = b""
        if len(key) != AES_KEY_BYTES:
            raise SettingsInvalid(problems=["WECHAT_PUSH_AES_KEY: must be the 43 characters of the console"])
        return key


def _without_padding(padded: bytes) -> bytes:
    count = padded[-1] if padded else 0
    if not 1 <= count <= BLOCK_BYTES or padded[-count:] != bytes([count]) * count:
        raise NotificationRefused(reason="ciphertext")
    return padded[:-count]


def _event(message: bytes) -> PushedEvent:
    told = _read(message)
    name, sender = told.get("Event"), told.get("FromUserName", "")
    if not isinstance(name, str):
        name = str(told.get("MsgType", ""))  # what users write to customer service is no event
    return PushedEvent(name, str(sender), str(told.get("CreateTime", "")), told, is_xml=_is_xml(message))


def _is_xml(message: bytes) -> bool:
    return message.lstrip()[:1] == b"<"


def _read(message: bytes) -> dict[str, object]:
    """Raises NotificationRefused for what is neither an object of JSON nor XML without a DOCTYPE."""
    try:
        told = _of_xml(fromstring(message, forbid_dtd=True)) if _is_xml(message) else json.loads(message)
    except (SyntaxError, ValueError, LookupError, RecursionError):
        raise NotificationRefused(reason="body") from None
    if not isinstance(told, dict):
        raise NotificationRefused(reason="body")
    return told


#: The only element that comes several times (subscribe_msg_… events); of any other the last one counts.
LISTED = "List"


def _of_xml(root: Element) -> dict[str, object]:
    """An element with children is an object."""
    told: dict[str, object] = {}
    listed: list[object] = []
    for part in root:
        value = _of_xml(part) if len(part) else part.text or ""
        if part.tag == LISTED:
            listed.append(value)
        else:
            told[part.tag] = value
    return {**told, LISTED: listed} if listed else told
