"""The merchant's side in the tests of the WeChat Pay v2 fake: a signing client and an endpoint for notifications."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import httpx

from scripts.local_cloud.fakes.kit import Request, Response
from scripts.local_cloud.fakes.wechat_pay_v2 import WeChatPayV2Fake, crypto
from scripts.local_cloud.fakes.wechat_pay_v2.documents import render

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

NOTIFY_URL = "https://shop.test/pay/notify/v2"
NUMBER = "RB202611220001"
RECEIPT = "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>"


def fields_of(body: bytes) -> dict[str, str]:
    return dict(re.findall(r"<(\w+)><!\[CDATA\[(.*?)\]\]></\1>", body.decode()))


class ShopV2:
    """The merchant's notification endpoint: keeps what arrives and answers with the next of `answers`, then the receipt."""

    def __init__(self) -> None:
        self.arrived: list[bytes] = []
        self.answers: list[tuple[int, str]] = []

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.arrived.append(Request(environ).get_data())
        status, body = self.answers.pop(0) if self.answers else (200, RECEIPT)
        return Response(body, status=status, content_type="text/xml")(environ, start_response)


class MerchantV2:
    """Calls the fake as a merchant does."""

    def __init__(self, fake: WeChatPayV2Fake, client: httpx.Client, shop: ShopV2) -> None:
        self.fake = fake
        self.client = client
        self.shop = shop

    def call(self, path: str, fields: dict[str, Any], *, kind: str = "MD5", key: str | None = None) -> dict[str, str]:
        """Signed and sent; None takes a field out. The fields of the answer, whose signature is checked."""
        own = {"appid": self.fake.appid, "mch_id": self.fake.account.mchid, "nonce_str": secrets.token_hex(16)}
        told = {name: str(value) for name, value in {**own, "sign_type": kind, **fields}.items() if value is not None}
        body = render(crypto.with_signature(told, key or self.fake.account.api_key, kind))
        answer = self.post(path, body)
        if answer["return_code"] == "SUCCESS":
            assert answer["sign"] == crypto.signature(answer, self.fake.account.api_key, kind)
        return answer

    def post(self, path: str, body: bytes) -> dict[str, str]:
        reply = self.client.post(path, content=body)
        assert reply.status_code == 200
        return fields_of(reply.content)

    def order(self, number: str = NUMBER, **change: Any) -> dict[str, str]:
        fields = {
            "body": "简历积分-100点",
            "out_trade_no": number,
            "total_fee": 990,
            "spbill_create_ip": "203.0.113.7",
            "notify_url": NOTIFY_URL,
            "trade_type": "JSAPI",
            "openid": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
        }
        return self.call("/pay/unifiedorder", {**fields, **change})

    def query(self, number: str = NUMBER) -> dict[str, str]:
        return self.call("/pay/orderquery", {"out_trade_no": number})

    def close(self, number: str = NUMBER) -> dict[str, str]:
        return self.call("/pay/closeorder", {"out_trade_no": number})

    def refund(self, refund_number: str = "R1", **change: Any) -> dict[str, str]:
        fields = {"out_trade_no": NUMBER, "out_refund_no": refund_number, "total_fee": 990, "refund_fee": 990}
        return self.call("/secapi/pay/refund", {**fields, "notify_url": NOTIFY_URL, **change})

    def control(self, name: str, **wishes: Any) -> httpx.Response:
        return self.client.post(f"/__fake__/{name}", json=wishes)

    def pay(self, number: str = NUMBER, **wishes: Any) -> dict[str, Any]:
        reply: dict[str, Any] = self.control("pay", out_trade_no=number, **wishes).json()
        return reply
