"""Every way to cheat POST /wechat/push: broken signatures, broken bodies and ciphertexts, and lies that are rightly signed.

The order is paid at the vendor from the start, so nothing but the flaw of each push keeps it from being granted.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from common.domain.orders import Order
from scripts.benchmarks.money import scene
from scripts.local_cloud.fakes.kit import serve
from scripts.local_cloud.fakes.wechat import WeChatFake
from scripts.local_cloud.fakes.wechat.push_letters import as_json, as_xml, encrypt, new_aes_key, signature, write
from scripts.local_cloud.fakes.wechat.users import User
from scripts.local_cloud.fakes.wechat_pay.account import Account
from scripts.local_cloud.fakes.xpay import XPayFake
from scripts.local_cloud.fakes.xpay.events import delivery_event
from scripts.local_cloud.fakes.xpay.orders import Order as PaidOrder

Named = tuple[str, scene.Notification]
PATH = "/wechat/push"

XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><Event>&e;</Event></xml>'
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><xml><Event>&c;</Event></xml>'
)


@dataclass(frozen=True)
class Vendor:
    """WeChat and its virtual payment, each on a port."""

    wechat: WeChatFake
    xpay: XPayFake
    urls: Mapping[str, str]

    @property
    def secure(self) -> bool:
        return self.wechat.pushes.mailbox.secure


@contextmanager
def running(_account: Account) -> Iterator[Vendor]:
    """In secure mode."""
    wechat = WeChatFake()
    xpay = XPayFake(wechat)
    with serve(wechat) as one, serve(xpay) as other:
        yield Vendor(wechat, xpay, {"wechat": one.url, "xpay": other.url})


@contextmanager
def running_plain(account: Account) -> Iterator[Vendor]:
    """In plain mode, in which the signature does not cover the body."""
    with running(account) as vendor:
        vendor.wechat.pushes.mailbox.secure = False
        yield vendor


def settings_xpay(vendor: Vendor) -> dict[str, str]:
    own = {
        **vendor.wechat.environment(vendor.urls["wechat"]),
        **vendor.xpay.environment(vendor.urls["xpay"]),
        "PAY_PROVIDER": "xpay",
    }
    return own if vendor.secure else {**own, "WECHAT_PUSH_AES_KEY": ""}


def genuine_xpay(vendor: Vendor, order: Order, at: float) -> scene.Notification:
    return _sent(vendor, _told(vendor, order, at), at)


def attacks_xpay(vendor: Vendor, order: Order, at: float) -> Iterator[Named]:
    genuine = genuine_xpay(vendor, order, at)
    yield from _broken_queries(vendor, genuine)
    yield from _wrong_times(vendor, order, at)
    yield from _broken_bodies(vendor, genuine)
    yield from _signed_nonsense(vendor, at)
    if vendor.secure:
        yield from _broken_seals(vendor, order, at)
    for form in ("JSON", "XML"):
        vendor.wechat.pushes.mailbox.xml = form == "XML"
        for name, content in _lies(_told(vendor, order, at), order):
            yield f"signed, {form}: {name}", _sent(vendor, content, at)
    vendor.wechat.pushes.mailbox.xml = False


def _told(vendor: Vendor, order: Order, at: float) -> dict[str, Any]:
    """What WeChat says of the order, which is paid and there from the first time on."""
    number = str(order.number)
    if number not in vendor.xpay.orders.orders:
        vendor.wechat.users.admit(User("buyer", order.openid, at))
        wanted = {
            "productId": "mojian_credits_10",
            "buyQuantity": 1,
            "goodsPrice": order.amount_fen,
            "env": 1,
            "outTradeNo": number,
            "attach": order.product_id,
        }
        vendor.xpay.orders.orders[number] = PaidOrder(wanted, order.openid, at, paid_at=at)
    return {**delivery_event(vendor.xpay.orders.orders[number], at), "RetryTimes": 0}


def _sent(vendor: Vendor, event: Mapping[str, Any], at: float) -> scene.Notification:
    written = write(vendor.wechat.pushes.mailbox, event, at)
    return scene.Notification({"Content-Type": written.content_type}, written.body, PATH, written.query)


def _signed(vendor: Vendor, body: bytes, at: float, *more: str) -> scene.Notification:
    """Whatever is in it: signed with our token, as the mode wants it."""
    token, timestamp = vendor.wechat.pushes.mailbox.token, str(int(at))
    name = "msg_signature" if vendor.secure else "signature"
    query = {"timestamp": timestamp, "nonce": "n0nce", name: signature(token, timestamp, "n0nce", *more)}
    return scene.Notification({"Content-Type": "application/json"}, body, PATH, query)


def _enveloped(vendor: Vendor, sealed: str, at: float) -> scene.Notification:
    return _signed(vendor, as_json({"ToUserName": "gh_1", "Encrypt": sealed}), at, sealed)


def _broken_queries(vendor: Vendor, genuine: scene.Notification) -> Iterator[Named]:
    name = "msg_signature" if vendor.secure else "signature"
    for part in ("timestamp", "nonce", name):
        yield f"no {part}", _query(genuine, {part: None})
        yield f"empty {part}", _query(genuine, {part: ""})
        yield f"{part} is something else", _query(genuine, {part: "1" * 40})
    known = genuine.query[name]
    for flaw, value in {
        "in upper case": known.upper(),
        "cut short": known[:-1],
        "too long": f"{known}0",
        "of one digit more": f"0{known}",
        "no ASCII": "签名",
        "half a surrogate": "\ud800",
        "of another token": signature("token", genuine.query["timestamp"], genuine.query["nonce"]),
        "of an empty token": signature("", genuine.query["timestamp"], genuine.query["nonce"]),
        "with a blank": f" {known}",
    }.items():
        yield f"signature {flaw}", _query(genuine, {name: value})
    yield "no query", replace(genuine, query={})
    yield "query among the headers", replace(genuine, query={}, headers={**genuine.headers, **genuine.query})
    yield "nonce and timestamp exchanged", _query(genuine, {"nonce": genuine.query["timestamp"]})
    if vendor.secure:
        yield "signature of plain mode", _query(genuine, {name: genuine.query["signature"]})


def _wrong_times(vendor: Vendor, order: Order, at: float) -> Iterator[Named]:
    """Signed for that time, so only the clock can tell; the last ones are no times."""
    for name, moment in {
        "two days old": at - 172_800,
        "of the day after tomorrow": at + 172_800,
        "of 1970": 0.0,
    }.items():
        yield f"push {name}", _sent(vendor, _told(vendor, order, at), moment)
    mailbox, now = vendor.wechat.pushes.mailbox, str(int(at))
    sealed = encrypt(mailbox.aes_key, as_json(_told(vendor, order, at)), mailbox.appid)
    more = [sealed] if vendor.secure else []
    body = as_json({"Encrypt": sealed}) if vendor.secure else as_json(_told(vendor, order, at))
    name = "msg_signature" if vendor.secure else "signature"
    for flaw, value in {
        "in milliseconds": f"{now}000",
        "with a fraction": f"{now}.0",
        "negative": f"-{now}",
        "in Arabic digits": now.translate({ord(str(digit)): chr(0x0660 + digit) for digit in range(10)}),
        "with a blank": f" {now}",
        "of 400 digits": "9" * 400,
    }.items():
        query = {"timestamp": value, "nonce": "n", name: signature(mailbox.token, value, "n", *more)}
        yield f"time {flaw}", scene.Notification({}, body, PATH, query)


def _broken_bodies(vendor: Vendor, genuine: scene.Notification) -> Iterator[Named]:
    """In plain mode the signature still holds for all of these."""
    body = genuine.body
    broken = {
        "empty": b"",
        "cut in half": body[: len(body) // 2],
        "without its last byte": body[:-1],
        "twice": body + body,
        "XML with an external entity": XXE,
        "XML with an entity bomb": BOMB,
        "XML of another encoding": b'<?xml version="1.0" encoding="x-none"?><xml/>',
        "XML that is cut": b"<xml><Event>",
        "deep XML": b"<a>" * 9_000,
        "a form": b"OutTradeNo=M1&Event=xpay_goods_deliver_notify",
        "a number": b"1",
        "a list": b"[]",
        "a deep list": b"[" * 30_000,
        "a number of 5000 digits": b'{"Env": ' + b"9" * 5000 + b"}",
        "10 MB": b"x" * 10_000_000,
        "10 MB of brackets": b"[" * 10_000_000,
        "no text at all": bytes(range(256)),
    }
    for name, content in broken.items():
        yield f"body {name}", replace(genuine, body=content)
    if vendor.secure:
        told = {"Event": "xpay_goods_deliver_notify", "OutTradeNo": "MTRIAL0000000001"}
        yield "body in plain", replace(genuine, body=as_json(told))
        yield "body in plain beside an empty Encrypt", replace(genuine, body=as_json({**told, "Encrypt": ""}))


def _signed_nonsense(vendor: Vendor, at: float) -> Iterator[Named]:
    """Whoever had the token (and the key) could still not crash us."""
    mailbox = vendor.wechat.pushes.mailbox
    refund = {"Event": "xpay_refund_notify", "OpenId": scene.BUYER, "MchOrderId": "MTRIAL0000000001"}
    for name, message in {
        "nothing": b"",
        "null": b"null",
        "no JSON": b"{",
        "no UTF-8": b'{"Event": "\xff"}',
        "a refund of nothing": as_json({"Event": "xpay_refund_notify"}),
        "a refund of an unknown order": as_json({**refund, "MchOrderId": "MNOBODYHASTHISORDER1"}),
        "a refund whose order is a list": as_json({**refund, "MchOrderId": ["M1"]}),
        "a refund to nobody": as_json({**refund, "OpenId": "oNobody", "MchRefundId": "R000000001"}),
        "a refund in SQL": as_json({**refund, "MchOrderId": "x' OR '1'='1"}),
        "a delivery of nothing": as_json({"Event": "xpay_goods_deliver_notify"}),
        "XML with a DOCTYPE": XXE,
    }.items():
        if vendor.secure:
            yield f"sealed: {name}", _enveloped(vendor, encrypt(mailbox.aes_key, message, mailbox.appid), at)
        else:
            yield f"signed: {name}", _signed(vendor, message, at)


def _broken_seals(vendor: Vendor, order: Order, at: float) -> Iterator[Named]:
    """Each under a signature that fits."""
    mailbox = vendor.wechat.pushes.mailbox
    message = as_json(_told(vendor, order, at))
    sealed = encrypt(mailbox.aes_key, message, mailbox.appid)
    raw, plain = base64.b64decode(sealed), bytes(16) + len(message).to_bytes(4, "big") + message
    key = base64.b64decode(mailbox.aes_key + "=")
    for name, value in {
        "under another key": encrypt(new_aes_key(), message, mailbox.appid),
        "for another app": encrypt(mailbox.aes_key, message, "wxffffffffffffffff"),
        "for no app": encrypt(mailbox.aes_key, message, ""),
        "for an app with more behind it": encrypt(mailbox.aes_key, message, f"{mailbox.appid}x"),
        "with one bit": base64.b64encode(raw[:-1] + bytes([raw[-1] ^ 1])).decode(),
        "without its last block": base64.b64encode(raw[:-16]).decode(),
        "of seven bytes": base64.b64encode(raw[:7]).decode(),
        "empty": "",
        "not base64": "密文",
        "no base64 in ASCII": "%%%%",
        "with a padding of zero": _sealed(key, plain + mailbox.appid.encode(), pad=0),
        "with a padding of 33": _sealed(key, plain + mailbox.appid.encode(), pad=33),
        "with a length beyond its end": _sealed(key, bytes(16) + b"\xff\xff\xff\xff" + message, pad=None),
        "with a length of nothing": _sealed(key, bytes(20) + message + mailbox.appid.encode(), pad=None),
        "shorter than its head": _sealed(key, b"short", pad=None),
    }.items():
        yield f"sealed {name}", _enveloped(vendor, value, at)
    for name, told in {"a number": 1, "a list": [sealed], "null": None}.items():
        yield f"Encrypt is {name}", _signed(vendor, as_json({"Encrypt": told}), at, sealed)
    yield "sealed twice", _enveloped(vendor, encrypt(mailbox.aes_key, as_json({"Encrypt": sealed}), "x"), at)
    mixed = as_xml({"Encrypt": sealed}).replace(b"<Encrypt>", b"<Encrypt><More>1</More>")
    yield "an Encrypt with an inside", _signed(vendor, mixed, at, sealed)


def _sealed(key: bytes, plain: bytes, *, pad: int | None) -> str:
    """`pad` is what the last bytes say, whatever there is of them; None: what they should say."""
    count = 32 - len(plain) % 32
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    padded = plain + bytes([count if pad is None else pad]) * count
    return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


def _lies(told: Mapping[str, Any], order: Order) -> Iterator[tuple[str, dict[str, Any]]]:
    """Rightly signed and sealed, and still not what our order says."""
    goods: dict[str, Any] = told["GoodsInfo"]
    lies: dict[str, dict[str, Any]] = {
        "production instead of the sandbox": {"Env": 0},
        "an environment nobody knows": {"Env": 7},
        "an environment in words": {"Env": "sandbox"},
        "another payer": {"OpenId": "oSomebodyElseSomebodyElse001"},
        "no payer": {"OpenId": ""},
        "a payer in SQL": {"OpenId": "x' OR '1'='1"},
        "an unknown order": {"OutTradeNo": "MNOBODYHASTHISORDER1"},
        "an order in SQL": {"OutTradeNo": "x' OR '1'='1"},
        "an order in lower case": {"OutTradeNo": order.number.lower()},
        "an order of 10 KB": {"OutTradeNo": "M" * 10_000},
        "goods that are text": {"GoodsInfo": "credits"},
    }
    for name, lie in lies.items():
        yield name, {**told, **lie}
    changes: dict[str, dict[str, Any]] = {
        "another product": {"ProductId": "mojian_credits_120"},
        "a product nobody sells": {"ProductId": "x"},
        "our name of another product": {"Attach": "credits_120"},
        "another product of the list": {"ProductId": "mojian_credits_120", "Attach": "credits_120"},
        "two pieces": {"Quantity": 2},
        "no piece": {"Quantity": 0},
        "pieces below zero": {"Quantity": -1},
        "one fen more": {"OrigPrice": 991},
        "one fen less": {"OrigPrice": 989},
        "nothing paid": {"OrigPrice": 0},
        "a negative price": {"OrigPrice": -990},
        "a price in yuan": {"OrigPrice": "9.9"},
        "a huge price": {"OrigPrice": 10**30},
    }
    for name, change in changes.items():
        yield name, {**told, "GoodsInfo": {**goods, **change}}
    for missing in ("Env", "OpenId", "OutTradeNo", "GoodsInfo"):
        yield f"no {missing}", {name: value for name, value in told.items() if name != missing}
    yield "the body as text", {**told, "GoodsInfo": json.dumps(goods)}


def _query(letter: scene.Notification, changes: Mapping[str, str | None]) -> scene.Notification:
    merged = {**letter.query, **changes}
    return replace(letter, query={name: value for name, value in merged.items() if value is not None})
