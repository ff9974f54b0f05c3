"""Notifications as they are written: the sealed body, the signed headers, and every way to forge them."""

from __future__ import annotations

import base64
import json
import secrets
import uuid
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from scripts.local_cloud.fakes.wechat_pay import crypto
from scripts.local_cloud.fakes.wechat_pay.account import Account, Signer, new_key

SIGNATURE_TYPE = "WECHATPAY2-SHA256-RSA2048"
PROBE_PREFIX = "WECHATPAY/SIGNTEST/"
STALE_BY_S = 600
# Forged by somebody outside: nobody paid, the order stays as it was.
FORGERIES = frozenset({"signature", "amount", "merchant", "appid", "currency", "payer", "order", "serial", "stale"})
# The vendor's own probe: the payment is real, only the first signature is wrong on purpose.
PROBE = "probe"
SUMMARIES = {"TRANSACTION": "支付成功", "REFUND": "退款结果"}


@dataclass(frozen=True)
class Letter:
    """One notification; every copy of it has the same body and id, but its own headers."""

    url: str
    event_type: str
    subject: str
    body: bytes
    forge: str | None = None


def write_letter(
    account: Account, url: str, event_type: str, content: dict[str, Any], now: float, *, bare: bool = False
) -> Letter:
    """Seal `content` for the merchant; `subject` of the letter is the order number. `bare`: without associated data."""
    return _write(account, url, event_type, content, now, None, bare=bare)


def forge_letter(account: Account, url: str, content: dict[str, Any], now: float, forge: str) -> Letter:
    """A notification of a payment that is not what it claims; `forge` is one of FORGERIES, or PROBE."""
    return _write(account, url, "TRANSACTION.SUCCESS", falsified(content, forge), now, forge)


def falsified(content: dict[str, Any], forge: str) -> dict[str, Any]:
    """The transaction with the lie that the forgery is named after; the others lie outside the content."""
    amount = content["amount"]
    lies: dict[str, dict[str, Any]] = {
        "amount": {"amount": {**amount, "total": amount["total"] + 1, "payer_total": amount["total"] + 1}},
        "currency": {"amount": {**amount, "currency": "USD", "payer_currency": "USD"}},
        "merchant": {"mchid": "1900009999"},
        "appid": {"appid": "wxffffffffffffffff"},
        "payer": {"payer": {"openid": "oSomebodyElse"}},
        "order": {"out_trade_no": "MSOMEBODYELSES0001"},
    }
    return {**content, **lies.get(forge, {})}


def signature_headers(signer: Signer, letter: Letter, now: float, attempt: int) -> dict[str, str]:
    """Fresh timestamp, nonce and signature for one copy; `attempt` counts the copies from 0."""
    if letter.forge == "signature":
        signer = Signer(signer.serial, _strangers_key())
    at = now - STALE_BY_S if letter.forge == "stale" else now
    headers = signed_headers(signer, letter.body, at)
    if letter.forge == "serial":
        headers["Wechatpay-Serial"] = f"PUB_KEY_ID_{'0' * 30}"
    if letter.forge == PROBE and attempt == 0:
        headers["Wechatpay-Signature"] = probe_signature()
    return headers


def signed_headers(signer: Signer, body: bytes, at: float) -> dict[str, str]:
    """The five headers under which WeChat Pay signs answers and notifications."""
    timestamp, nonce = str(int(at)), secrets.token_hex(16)
    return {
        "Wechatpay-Timestamp": timestamp,
        "Wechatpay-Nonce": nonce,
        "Wechatpay-Signature": crypto.sign(signer.key, crypto.reply_message(timestamp, nonce, body)),
        "Wechatpay-Serial": signer.serial,
        "Wechatpay-Signature-Type": SIGNATURE_TYPE,
    }


def probe_signature() -> str:
    return PROBE_PREFIX + base64.b64encode(secrets.token_bytes(240)).decode()


@lru_cache(maxsize=1)
def _strangers_key() -> RSAPrivateKey:
    return new_key()


def _write(
    account: Account,
    url: str,
    event_type: str,
    content: dict[str, Any],
    now: float,
    forge: str | None,
    *,
    bare: bool = False,
) -> Letter:
    kind = event_type.partition(".")[0]
    associated = "" if bare else kind.lower()
    nonce = secrets.token_urlsafe(9)
    plaintext = _to_json(content)
    resource = {
        "original_type": kind.lower(),
        "algorithm": "AEAD_AES_256_GCM",
        "ciphertext": crypto.seal(account.api_v3_key, nonce, associated, plaintext),
        "associated_data": associated,
        "nonce": nonce,
    }
    envelope = {
        "id": str(uuid.uuid4()),
        "create_time": crypto.beijing(now),
        "resource_type": "encrypt-resource",
        "event_type": event_type,
        "summary": SUMMARIES[kind],
        "resource": resource,
    }
    return Letter(url, event_type, str(content.get("out_trade_no")), _to_json(envelope), forge)


def _to_json(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
