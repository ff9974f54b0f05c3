"""Notifications as they are written, and every way to forge them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from scripts.local_cloud.fakes.wechat_pay_v2 import crypto
from scripts.local_cloud.fakes.wechat_pay_v2.account import Account
from scripts.local_cloud.fakes.wechat_pay_v2.documents import render

XXE = (
    b'<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    b"<xml><return_code>SUCCESS</return_code><attach>&e;</attach></xml>"
)
OTHER_KIND = {"MD5": "HMAC-SHA256", "HMAC-SHA256": "MD5"}
#: Rightly signed lies; the other forgeries lie outside the fields.
LIES = {
    "amount": {"total_fee": "1", "cash_fee": "1"},
    "currency": {"fee_type": "USD"},
    "merchant": {"mch_id": "1900009999"},
    "appid": {"appid": "wxffffffffffffffff"},
    "payer": {"openid": "oSomebodyElse"},
    "order": {"out_trade_no": "MSOMEBODYELSES0001"},
}
#: Forged by somebody outside: nobody paid, the order stays as it was.
FORGERIES = frozenset({*LIES, "signature", "kind", "unsigned", "xxe", "nested", "twice"})


@dataclass(frozen=True)
class Letter:
    """One notification. v2 signs the content alone, so every copy has the same bytes."""

    url: str
    event: str
    subject: str
    body: bytes
    forge: str | None = None


def payment_letter(
    account: Account, appid: str, url: str, content: dict[str, str], kind: str, forge: str | None = None
) -> Letter:
    """`kind` is how the order was signed; `forge` is one of FORGERIES."""
    told = {"return_code": "SUCCESS", "result_code": "SUCCESS", "appid": appid, "mch_id": account.mchid}
    fields = {**told, "nonce_str": secrets.token_hex(16), **content, **LIES.get(forge or "", {})}
    key = secrets.token_hex(16) if forge == "signature" else account.api_key
    signed = crypto.with_signature(fields, key, OTHER_KIND[kind] if forge == "kind" else kind)
    return Letter(url, "payment", content["out_trade_no"], _body(signed, forge), forge)


def refund_letter(account: Account, appid: str, url: str, content: dict[str, str]) -> Letter:
    """Unsigned: whoever could seal it knows the API key."""
    outside = {"return_code": "SUCCESS", "appid": appid, "mch_id": account.mchid, "nonce_str": secrets.token_hex(16)}
    sealed = crypto.seal(account.api_key, render(content, root="root"))
    return Letter(url, "refund", content["out_trade_no"], render({**outside, "req_info": sealed}))


def _body(signed: dict[str, str], forge: str | None) -> bytes:
    if forge == "xxe":
        return XXE
    if forge == "unsigned":
        return render({name: value for name, value in signed.items() if name != "sign"})
    whole = render(signed)
    if forge == "nested":
        return whole.replace(b"<total_fee>", b"<total_fee><x>1</x>")
    if forge == "twice":
        return whole.replace(b"<total_fee>", b"<total_fee>1</total_fee><total_fee>")
    return whole
