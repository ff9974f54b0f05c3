"""Every way to cheat POST /pay/notify/v2: broken XML, wrong signatures, lies that are rightly signed, forged refunds."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from common.domain.orders import Order
from scripts.benchmarks.money import scene
from scripts.local_cloud.fakes.account import LOCAL_APPID
from scripts.local_cloud.fakes.wechat_pay_v2 import crypto
from scripts.local_cloud.fakes.wechat_pay_v2.account import Account
from scripts.local_cloud.fakes.wechat_pay_v2.documents import render

Named = tuple[str, scene.Notification]
Fields = dict[str, str]
HEADERS = {"Content-Type": "text/xml"}
STRANGERS_KEY = "0" * 32

DOCTYPES = {
    "an external entity": '<!DOCTYPE xml [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    "an external entity over http": '<!DOCTYPE xml [<!ENTITY e SYSTEM "http://127.0.0.1:1/x">]>',
    "an external document type": '<!DOCTYPE xml SYSTEM "http://127.0.0.1:1/x.dtd">',
    "a parameter entity": '<!DOCTYPE xml [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x"> %p;]>',
    "an internal entity": '<!DOCTYPE xml [<!ENTITY e "990">]>',
    "an empty document type": "<!DOCTYPE xml>",
    "an entity bomb": '<!DOCTYPE xml [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghe", strict=True))
    + "]>",
    "a quadratic bomb": f'<!DOCTYPE xml [<!ENTITY e "{"a" * 20_000}">]>',
}


def genuine_v2(account: Account, order: Order, at: float) -> scene.Notification:
    return _letter(render(_signed(account, _paid(account, order, at))))


def attacks_v2(account: Account, order: Order, at: float) -> Iterator[Named]:
    paid = _paid(account, order, at)
    for name, body in {
        **_broken_xml(account, paid),
        **_wrong_signatures(account, paid),
        **_signed_lies(account, paid, order),
        **_refunds(account, order),
    }.items():
        yield name, _letter(body)
    yield from _wrong_types(account, paid)


def _letter(body: bytes) -> scene.Notification:
    return scene.Notification(HEADERS, body, path="/pay/notify/v2")


def _paid(account: Account, order: Order, at: float) -> Fields:
    """What WeChat Pay says of an order that was paid."""
    return {
        "return_code": "SUCCESS",
        "result_code": "SUCCESS",
        "appid": LOCAL_APPID,
        "mch_id": account.mchid,
        "nonce_str": "5K8264ILTKCH16CQ2502SI8ZNMTM67VS",
        "openid": order.openid,
        "is_subscribe": "N",
        "trade_type": "JSAPI",
        "bank_type": "OTHERS",
        "total_fee": str(order.amount_fen),
        "fee_type": "CNY",
        "cash_fee": str(order.amount_fen),
        "transaction_id": f"4200{order.number[-12:]}",
        "out_trade_no": order.number,
        "time_end": crypto.compact_beijing(at),
    }


def _signed(account: Account, fields: Fields, **lies: str | None) -> Fields:
    """`lies` replace fields before they are signed, None takes one out."""
    told = {name: value for name, value in {**fields, **lies}.items() if value is not None}
    return crypto.with_signature(told, account.api_key, account.sign_type)


def _broken_xml(account: Account, paid: Fields) -> dict[str, bytes]:
    body = render(_signed(account, paid))
    text = body.decode()
    with_entity = text.replace("<![CDATA[990]]>", "&e;")
    deep = b"<xml>" + b"<a>" * 9000 + b"</a>" * 9000 + b"</xml>"
    broken: dict[str, bytes] = {
        f"xml: {name}": f'<?xml version="1.0"?>{doctype}{with_entity}'.encode() for name, doctype in DOCTYPES.items()
    }
    return broken | {
        "xml: empty": b"",
        "xml: blanks": b" " * 1000,
        "xml: cut in half": body[: len(body) // 2],
        "xml: without its last byte": body[:-1],
        "xml: twice": body + body,
        "xml: text after it": body + b"x",
        "xml: JSON": b'{"return_code": "SUCCESS"}',
        "xml: a form": b"return_code=SUCCESS&out_trade_no=M1",
        "xml: 10 MB of text": b"<xml><a>" + b"x" * 10_000_000 + b"</a></xml>",
        "xml: 10 MB of elements": b"<xml>" + b"<a/>" * 2_500_000 + b"</xml>",
        "xml: one byte too many": body[:-6] + b"<pad>" + b"x" * (64 * 1024 - len(body) - 10) + b"</pad></xml>",
        "xml: 9,000 levels": deep,
        "xml: another root": text.replace("<xml>", "<root>").replace("</xml>", "</root>").encode(),
        "xml: a root in a namespace": text.replace("<xml>", '<xml xmlns="urn:x">').encode(),
        "xml: a root with an attribute": text.replace("<xml>", '<xml a="1">').encode(),
        "xml: an attribute": text.replace("<total_fee>", '<total_fee a="1">').encode(),
        "xml: a nested element": text.replace("<total_fee>", "<total_fee><x>1</x>").encode(),
        "xml: a nested document": b"<xml>" + body + b"</xml>",
        "xml: text between the fields": text.replace("<total_fee>", "990<total_fee>").encode(),
        "xml: a field twice": text.replace("<total_fee>", "<total_fee>1</total_fee><total_fee>").encode(),
        "xml: the sign twice": text.replace("<sign>", "<sign>x</sign><sign>").encode(),
        "xml: the same field twice": text.replace("</xml>", "<mch_id>1900009999</mch_id></xml>").encode(),
        "xml: UTF-16": text.encode("utf-16"),
        "xml: UTF-32": text.encode("utf-32"),
        "xml: UTF-7": f'<?xml version="1.0" encoding="utf-7"?>{text}'.replace("<total", "+ADw-total").encode(),
        "xml: GBK": text.replace("OTHERS", "银行").encode("gbk"),
        "xml: no UTF-8": body.replace(b"OTHERS", b"\xff\xfe"),
        "xml: an overlong slash": body.replace(b"OTHERS", b"\xc0\xaf"),
        "xml: half a surrogate": body.replace(b"OTHERS", b"\xed\xa0\x80"),
        "xml: a NUL": body.replace(b"OTHERS", b"OTH\0ERS"),
        "xml: a NUL by number": text.replace("<![CDATA[OTHERS]]>", "&#0;").encode(),
        "xml: an open CDATA": text.replace("]]></time_end>", "</time_end>").encode(),
    }


def _wrong_signatures(account: Account, paid: Fields) -> dict[str, bytes]:
    other_kind = "MD5" if account.sign_type == "HMAC-SHA256" else "HMAC-SHA256"
    right = crypto.signature(paid, account.api_key, account.sign_type)
    text = "&".join(f"{name}={value}" for name, value in sorted(paid.items()))
    signs = {
        "missing": None,
        "empty": "",
        "by a stranger": crypto.signature(paid, STRANGERS_KEY, account.sign_type),
        "of the other kind": crypto.signature(paid, account.api_key, other_kind),
        "without any key": hashlib.sha256(text.encode()).hexdigest().upper(),
        "with an empty key": crypto.signature(paid, "", account.sign_type),
        "in lower case": right.lower(),
        "cut short": right[:-1],
        "of 32 characters": right[:32],
        "too long": right + "0",
        "with a blank": f"{right} ",
        "with one character changed": ("0" if right[0] != "0" else "1") + right[1:],
        "of zeros": "0" * len(right),
        "that is no ASCII": "签名",
        "of 10 KB": "A" * 10_000,
        "of another order": crypto.signature({**paid, "out_trade_no": "M2"}, account.api_key, account.sign_type),
    }
    found = {f"sign: {name}": render(_with_sign(paid, sign)) for name, sign in signs.items()}
    for name, change in {"amount": "total_fee", "order": "out_trade_no", "payer": "openid"}.items():
        found[f"sign: {name} changed afterwards"] = render({**paid, change: "1", "sign": right})
    choosing = {**paid, "sign_type": other_kind}
    found["sign: the sender chooses the kind"] = render(crypto.with_signature(choosing, account.api_key, other_kind))
    found["sign: a kind that is none"] = render(_signed(account, paid, sign_type="none"))
    found["sign: an unsigned field more"] = render({**_signed(account, paid), "attach": "x"})
    return found


def _with_sign(fields: Fields, sign: str | None) -> Fields:
    return fields if sign is None else {**fields, "sign": sign}


def _signed_lies(account: Account, paid: Fields, order: Order) -> dict[str, bytes]:
    """Rightly signed, and still not what our order says."""
    lies: dict[str, Mapping[str, str | None]] = {
        "one fen more": {"total_fee": "991"},
        "one fen less": {"total_fee": "989"},
        "one fen": {"total_fee": "1"},
        "nothing paid": {"total_fee": "0"},
        "a negative amount": {"total_fee": "-990"},
        "a positive sign": {"total_fee": "+990"},
        "an amount in yuan": {"total_fee": "9.90"},
        "an amount with a blank": {"total_fee": " 990"},
        "an amount with an underscore": {"total_fee": "9_90"},
        "an amount in Arabic digits": {"total_fee": "٩٩٠"},
        "an amount in hexadecimal": {"total_fee": "0x3de"},
        "an amount of 400 digits": {"total_fee": "9" * 400},
        "no amount": {"total_fee": None},
        "the cash alone": {"total_fee": "1000", "cash_fee": "990"},
        "dollars": {"fee_type": "USD"},
        "lower-case currency": {"fee_type": "cny"},
        "a hidden currency": {"fee_type": None, "cash_fee_type": "CNY&fee_type=USD"},
        "another app": {"appid": "wxffffffffffffffff"},
        "no app": {"appid": None},
        "another merchant": {"mch_id": "1900009999"},
        "no merchant": {"mch_id": None},
        "another payer": {"openid": "oSomebodyElse"},
        "no payer": {"openid": None},
        "an unknown order": {"out_trade_no": "MNOBODYHASTHISORDER1"},
        "no order": {"out_trade_no": None},
        "an order in SQL": {"out_trade_no": "x' OR '1'='1"},
        "an order in lower case": {"out_trade_no": order.number.lower()},
        "an order with a blank": {"out_trade_no": f"{order.number} "},
        "an order of 10 KB": {"out_trade_no": "M" * 10_000},
        "no transaction": {"transaction_id": None},
        "a transaction of 10 KB": {"transaction_id": "4" * 10_000},
        "no time": {"time_end": None},
        "a time that is none": {"time_end": "20261332256199"},
        "a time of another form": {"time_end": "2026-11-22T16:00:00+08:00"},
        "not understood": {"return_code": "FAIL"},
        "no return_code": {"return_code": None},
        "no result_code": {"result_code": None},
        "a result nobody knows": {"result_code": "success"},
    }
    return {f"signed: {name}": render(_signed(account, paid, **lie)) for name, lie in lies.items()}


def _refunds(account: Account, order: Order) -> dict[str, bytes]:
    outside = {"return_code": "SUCCESS", "appid": LOCAL_APPID, "mch_id": account.mchid, "nonce_str": "x" * 32}
    told = {"out_trade_no": order.number, "out_refund_no": "R1", "refund_status": "SUCCESS", "refund_fee": "990"}
    inside = render(told, root="root")
    sealed = crypto.seal(account.api_key, inside)
    raw = base64.b64decode(sealed)
    infos = {
        "empty": "",
        "not base64": "密文",
        "not sealed": base64.b64encode(inside).decode(),
        "of half a block": base64.b64encode(raw[:-8]).decode(),
        "without its last block": base64.b64encode(raw[:-16]).decode(),
        "with one bit": base64.b64encode(bytes([raw[0] ^ 1]) + raw[1:]).decode(),
        "with its blocks turned round": base64.b64encode(raw[16:32] + raw[:16] + raw[32:]).decode(),
        "under another key": crypto.seal(STRANGERS_KEY, inside),
        "with an entity": crypto.seal(account.api_key, b'<!DOCTYPE root [<!ENTITY e "x">]>' + inside),
        "nested": crypto.seal(account.api_key, b"<root><xml>" + inside + b"</xml></root>"),
        "with another root": crypto.seal(account.api_key, render(told)),
        "without an order": crypto.seal(account.api_key, render({"out_refund_no": "R1"}, root="root")),
        "of an unknown order": crypto.seal(account.api_key, render({**told, "out_trade_no": "MNOBODYS1"}, root="root")),
        "of nothing": crypto.seal(account.api_key, b""),
    }
    found = {f"refund: req_info {name}": render({**outside, "req_info": info}) for name, info in infos.items()}
    return found | {
        "refund: of another merchant": render({**outside, "mch_id": "1900009999", "req_info": sealed}),
        "refund: of another app": render({**outside, "appid": "wxffffffffffffffff", "req_info": sealed}),
        "refund: without req_info": render(outside),
        "refund: with a sign of its own": render({**outside, "req_info": sealed, "sign": "0" * 64}),
        "refund: not understood": render({**outside, "return_code": "FAIL", "req_info": sealed}),
    }


def _wrong_types(account: Account, paid: Fields) -> Iterator[Named]:
    """The type of the content is the sender's word: it neither opens nor closes a door."""
    forged = _letter(render(_with_sign(paid, crypto.signature(paid, STRANGERS_KEY, account.sign_type))))
    bomb = _letter(f"<?xml version='1.0'?>{DOCTYPES['an entity bomb']}<xml>&e;</xml>".encode())
    for media_type in ("application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        yield f"type: forged as {media_type or 'nothing'}", replace(forged, headers={"Content-Type": media_type})
        yield f"type: bomb as {media_type or 'nothing'}", replace(bomb, headers={"Content-Type": media_type})
