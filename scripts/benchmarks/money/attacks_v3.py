"""Every way to cheat POST /pay/notify/v3: broken signatures, broken bodies, and lies that are rightly signed."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, SHA512

from common.domain.orders import Order
from scripts.benchmarks.money import scene
from scripts.local_cloud.fakes.wechat_pay import crypto
from scripts.local_cloud.fakes.wechat_pay.account import Account
from scripts.local_cloud.fakes.wechat_pay.letters import probe_signature, signed_headers

Named = tuple[str, scene.Notification]
SIGNED = ("Wechatpay-Timestamp", "Wechatpay-Nonce", "Wechatpay-Signature", "Wechatpay-Serial")

XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><return_code>&e;</return_code></xml>'
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><xml>&c;</xml>'
)


def genuine_v3(account: Account, order: Order, at: float) -> scene.Notification:
    return scene.notification(account, scene.transaction(account, order, at), at)


def attacks_v3(account: Account, order: Order, at: float) -> Iterator[Named]:
    genuine = genuine_v3(account, order, at)
    yield from _broken_headers(genuine)
    yield from _wrong_signatures(account, genuine, at)
    yield from _wrong_times(account, genuine, at)
    yield from _broken_bodies(genuine)
    yield from _signed_nonsense(account, at)
    yield from _broken_seals(account, order, at)
    yield from _signed_lies(account, order, at)
    yield from _refunds(account, order, at)


def _broken_headers(genuine: scene.Notification) -> Iterator[Named]:
    for name in SIGNED:
        yield f"no {name}", _headers(genuine, {name: None})
        yield f"empty {name}", _headers(genuine, {name: ""})
        yield f"{name} is something else", _headers(genuine, {name: "x" * 40})
    yield "no headers", replace(genuine, headers={})
    yield "serial in lower case", _headers(genuine, {"Wechatpay-Serial": genuine.headers["Wechatpay-Serial"].lower()})
    yield "nonce with a line feed", _headers(genuine, {"Wechatpay-Nonce": genuine.headers["Wechatpay-Nonce"] + "\n"})
    yield "header that is no ASCII", _headers(genuine, {"Wechatpay-Signature": "签名"})
    yield "half a surrogate", _headers(genuine, {"Wechatpay-Nonce": "\ud800"})


def _wrong_signatures(account: Account, genuine: scene.Notification, at: float) -> Iterator[Named]:
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    text = _signed_text(genuine)
    known = base64.b64decode(genuine.headers["Wechatpay-Signature"])
    key = account.platform_key
    pss = padding.PSS(padding.MGF1(SHA256()), padding.PSS.MAX_LENGTH)
    signatures = {
        "signed by a stranger": stranger.sign(text, padding.PKCS1v15(), SHA256()),
        "signed by the merchant": account.merchant_key.sign(text, padding.PKCS1v15(), SHA256()),
        "signed with SHA-1": key.sign(text, padding.PKCS1v15(), SHA1()),  # noqa: S303
        "signed with SHA-512": key.sign(text, padding.PKCS1v15(), SHA512()),
        "signed with PSS": key.sign(text, pss, SHA256()),
        "signed without the nonce": key.sign(genuine.body, padding.PKCS1v15(), SHA256()),
        "signature cut short": known[:-1],
        "signature too long": known + b"\0",
        "signature of zeros": bytes(256),
        "one bit of the signature": bytes([known[0] ^ 1]) + known[1:],
    }
    for name, signature in signatures.items():
        yield name, _headers(genuine, {"Wechatpay-Signature": base64.b64encode(signature).decode()})
    yield "signature in hexadecimal", _headers(genuine, {"Wechatpay-Signature": known.hex()})
    yield "signature probe", _headers(genuine, {"Wechatpay-Signature": probe_signature()})
    other = signed_headers(account.signers()["public_key"], b"{}", at)
    yield "signature of another body", replace(genuine, headers=other)
    for name in ("next_public_key", "certificate"):
        serial = account.signers()[name].serial
        yield f"serial of the {name}", _headers(genuine, {"Wechatpay-Serial": serial})
    yield "serial of the merchant", _headers(genuine, {"Wechatpay-Serial": account.serial})


def _wrong_times(account: Account, genuine: scene.Notification, at: float) -> Iterator[Named]:
    """Signed for that time, so only the clock can tell; the last ones were signed for another."""
    for name, seconds in (
        ("five minutes old", -302),
        ("from the future", 400),
        ("a day old", -86_400),
        ("of 1970", -at),
    ):
        headers = signed_headers(account.signers()["public_key"], genuine.body, max(0.0, at + seconds))
        yield f"notification {name}", replace(genuine, headers=headers)
    now = str(int(at))
    for name, value in {
        "moved by a second": str(int(at) + 1),
        "in milliseconds": f"{now}000",
        "with a fraction": f"{now}.0",
        "negative": f"-{now}",
        "in hexadecimal": hex(int(at)),
        "in Arabic digits": now.translate({ord(str(digit)): chr(0x0660 + digit) for digit in range(10)}),
        "with a blank": f" {now}",
        "of 400 digits": "9" * 400,
    }.items():
        yield f"time {name}", _headers(genuine, {"Wechatpay-Timestamp": value})


def _broken_bodies(genuine: scene.Notification) -> Iterator[Named]:
    body = genuine.body
    for name, broken in {
        "empty": b"",
        "cut in half": body[: len(body) // 2],
        "without its last byte": body[:-1],
        "with a blank after it": body + b" ",
        "with a BOM": b"\xef\xbb\xbf" + body,
        "one bit": bytes([body[0] ^ 1]) + body[1:],
        "pretty": json.dumps(json.loads(body), indent=1).encode(),
        "twice": body + body,
        "XML with an external entity": XXE,
        "XML with an entity bomb": BOMB,
        "a form": b"return_code=SUCCESS&out_trade_no=M1",
        "10 MB": b"x" * 10_000_000,
        "10 MB of brackets": b"[" * 10_000_000,
        "no text at all": bytes(range(256)),
    }.items():
        yield f"body {name}", replace(genuine, body=broken)
    for media_type in ("text/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        yield f"XML under {media_type}", _headers(replace(genuine, body=XXE), {"Content-Type": media_type})


def _signed_nonsense(account: Account, at: float) -> Iterator[Named]:
    """Whoever had the platform's key could still not crash us."""
    for name, body in {
        "nothing": b"",
        "a number": b"1",
        "null": b"null",
        "a list": b"[]",
        "an empty object": b"{}",
        "no JSON": b"{",
        "no UTF-8": b'{"event_type": "\xff"}',
        "a deep list": b"[" * 30_000 + b"]" * 30_000,
        "NaN": b'{"event_type": NaN}',
        "10 MB of blanks": b" " * 10_000_000,
        "no resource": b'{"event_type": "TRANSACTION.SUCCESS"}',
        "a resource that is text": b'{"event_type": "TRANSACTION.SUCCESS", "resource": "x"}',
    }.items():
        yield f"signed: {name}", scene.Notification(signed_headers(account.signers()["public_key"], body, at), body)


def _broken_seals(account: Account, order: Order, at: float) -> Iterator[Named]:
    envelope = json.loads(genuine_v3(account, order, at).body)
    resource = envelope["resource"]
    sealed = base64.b64decode(resource["ciphertext"])
    plain = json.dumps(scene.transaction(account, order, at)).encode()
    stranger = crypto.seal("0" * 32, resource["nonce"], resource["associated_data"], plain)
    for name, change in {
        "without its tag": {"ciphertext": base64.b64encode(sealed[:-16]).decode()},
        "with one bit": {"ciphertext": base64.b64encode(bytes([sealed[0] ^ 1]) + sealed[1:]).decode()},
        "empty": {"ciphertext": ""},
        "not base64": {"ciphertext": "密文"},
        "under another key": {"ciphertext": stranger},
        "with another nonce": {"nonce": "abcdefghijkl"},
        "with an empty nonce": {"nonce": ""},
        "with a long nonce": {"nonce": "x" * 10_000},
        "with other associated data": {"associated_data": "refund"},
        "by another algorithm": {"algorithm": "AEAD_SM4_GCM"},
        "by no algorithm": {"algorithm": "none", "ciphertext": base64.b64encode(plain).decode()},
    }.items():
        yield f"sealed {name}", _signed(account, {**envelope, "resource": {**resource, **change}}, at)


def _signed_lies(account: Account, order: Order, at: float) -> Iterator[Named]:
    """Rightly sealed and signed, and still not what our order says."""
    lies_told: dict[str, dict[str, Any]] = {
        "one fen more": {"amount": {"total": 991, "currency": "CNY"}},
        "one fen less": {"amount": {"total": 989, "currency": "CNY"}},
        "one fen": {"amount": {"total": 1, "currency": "CNY"}},
        "nothing paid": {"amount": {"total": 0, "currency": "CNY"}},
        "a negative amount": {"amount": {"total": -990, "currency": "CNY"}},
        "an amount in yuan": {"amount": {"total": 9.9, "currency": "CNY"}},
        "an amount as text": {"amount": {"total": "990", "currency": "CNY"}},
        "an amount that is true": {"amount": {"total": True, "currency": "CNY"}},
        "a huge amount": {"amount": {"total": 10**30, "currency": "CNY"}},
        "no amount": {"amount": None},
        "dollars": {"amount": {"total": 990, "currency": "USD"}},
        "lower-case currency": {"amount": {"total": 990, "currency": "cny"}},
        "another app": {"appid": "wxffffffffffffffff"},
        "no app": {"appid": None},
        "another merchant": {"mchid": "1900009999"},
        "no merchant": {"mchid": None},
        "a merchant that is a number": {"mchid": int(account.mchid)},
        "another payer": {"payer": {"openid": "oSomebodyElse"}},
        "an unknown order": {"out_trade_no": "MNOBODYHASTHISORDER1"},
        "an order in SQL": {"out_trade_no": "x' OR '1'='1"},
        "an order with a NUL": {"out_trade_no": f"{order.number}\0"},
        "an order in lower case": {"out_trade_no": order.number.lower()},
        "an order of 10 KB": {"out_trade_no": "M" * 10_000},
        "an order that is a list": {"out_trade_no": [order.number]},
        "an order that is not paid": {"trade_state": "NOTPAY"},
        "an order that was refunded": {"trade_state": "REFUND"},
        "an order that was closed": {"trade_state": "CLOSED"},
        "a state nobody knows": {"trade_state": "success"},
        "no transaction": {"transaction_id": None},
        "an empty transaction": {"transaction_id": ""},
        "a transaction of 10 KB": {"transaction_id": "4" * 10_000},
        "no time": {"success_time": None},
        "a time without a zone": {"success_time": "2026-11-22T16:00:00"},
        "a time that is none": {"success_time": "yesterday"},
    }
    for name, lies in lies_told.items():
        yield f"signed: {name}", scene.notification(account, scene.transaction(account, order, at, **lies), at)


def _refunds(account: Account, order: Order, at: float) -> Iterator[Named]:
    told = {"mchid": account.mchid, "out_trade_no": order.number, "out_refund_no": "R1", "refund_status": "SUCCESS"}
    for name, content in {
        "of an unknown order": {**told, "out_trade_no": "MNOBODYHASTHISORDER1"},
        "of another merchant": {**told, "mchid": "1900009999"},
        "without an order": {"mchid": account.mchid, "out_refund_no": "R1"},
        "that is a payment": scene.transaction(account, order, at),
    }.items():
        yield f"refund {name}", scene.notification(account, content, at, event_type="REFUND.SUCCESS")
    yield "payment that is a refund", scene.notification(account, told, at)


def _signed(account: Account, envelope: Mapping[str, Any], at: float) -> scene.Notification:
    body = json.dumps(envelope, ensure_ascii=False).encode()
    return scene.Notification(signed_headers(account.signers()["public_key"], body, at), body)


def _signed_text(letter: scene.Notification) -> bytes:
    return crypto.reply_message(letter.headers["Wechatpay-Timestamp"], letter.headers["Wechatpay-Nonce"], letter.body)


def _headers(letter: scene.Notification, changes: Mapping[str, str | None]) -> scene.Notification:
    merged = {**letter.headers, **changes}
    return replace(letter, headers={name: value for name, value in merged.items() if value is not None})
