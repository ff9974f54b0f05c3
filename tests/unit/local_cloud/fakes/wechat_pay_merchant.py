"""The merchant's side in the tests of the WeChat Pay fake: a signing client and an endpoint for notifications."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import httpx
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from scripts.local_cloud.fakes.kit import Request, Response
from scripts.local_cloud.fakes.wechat_pay import WeChatPayFake, crypto

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

NOTIFY_URL = "https://shop.test/pay/notify/v3"


class Shop:
    """The merchant's notification endpoint: keeps what arrives and answers with the next of `statuses`, then 204."""

    def __init__(self) -> None:
        self.arrived: list[tuple[dict[str, str], bytes]] = []
        self.statuses: list[int] = []

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        self.arrived.append((dict(request.headers), request.get_data()))
        status = self.statuses.pop(0) if self.statuses else 204
        reply = Response(status=status) if status == 204 else Response("FAIL", status=status)
        return reply(environ, start_response)


class Merchant:
    """Calls the fake as a merchant does; `tamper` changes header fields after signing, `at` is the signing time."""

    def __init__(self, fake: WeChatPayFake, client: httpx.Client, shop: Shop) -> None:
        self.fake = fake
        self.client = client
        self.shop = shop

    def authorization(self, method: str, target: str, content: bytes, at: float | None = None) -> dict[str, str]:
        timestamp = str(int(self.fake.clock.now() if at is None else at))
        nonce = secrets.token_hex(16)
        message = crypto.request_message(method, target, timestamp, nonce, content)
        return {
            "mchid": self.fake.account.mchid,
            "nonce_str": nonce,
            "signature": crypto.sign(self.fake.account.merchant_key, message),
            "timestamp": timestamp,
            "serial_no": self.fake.account.serial,
        }

    def call(
        self,
        method: str,
        target: str,
        body: Any = None,
        *,
        at: float | None = None,
        tamper: dict[str, str] | None = None,
        serial: str | None = None,
    ) -> httpx.Response:
        content = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        pairs = self.authorization(method, target, content, at) | (tamper or {})
        joined = ",".join(f'{name}="{value}"' for name, value in pairs.items())
        wanted = self.fake.account.public_key_id if serial is None else serial
        headers = {
            "Authorization": f"WECHATPAY2-SHA256-RSA2048 {joined}",
            "Accept": "application/json",
            "Wechatpay-Serial": wanted,
        }
        return self.client.request(method, target, content=content, headers=headers)

    def order_body(self, number: str = "RB202611220001", **change: Any) -> dict[str, Any]:
        return {
            "appid": self.fake.appid,
            "mchid": self.fake.account.mchid,
            "description": "简历积分-100点",
            "out_trade_no": number,
            "notify_url": NOTIFY_URL,
            "amount": {"total": 990, "currency": "CNY"},
            "payer": {"openid": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},
            **change,
        }

    def order(self, number: str = "RB202611220001", **change: Any) -> httpx.Response:
        return self.call("POST", "/v3/pay/transactions/jsapi", self.order_body(number, **change))

    def query(self, number: str = "RB202611220001") -> httpx.Response:
        mchid = self.fake.account.mchid
        return self.call("GET", f"/v3/pay/transactions/out-trade-no/{number}?mchid={mchid}")

    def control(self, name: str, **wishes: Any) -> httpx.Response:
        return self.client.post(f"/__fake__/{name}", json=wishes)

    def pay(self, number: str = "RB202611220001", **wishes: Any) -> dict[str, Any]:
        reply: dict[str, Any] = self.control("pay", out_trade_no=number, **wishes).json()
        return reply

    def verifies(self, headers: Any, body: bytes) -> bool:
        """Whether the platform signed this, be it an answer or a notification."""
        message = crypto.reply_message(headers["Wechatpay-Timestamp"], headers["Wechatpay-Nonce"], body)
        signers = {signer.serial: signer for signer in self.fake.account.signers().values()}
        signer = signers.get(headers["Wechatpay-Serial"])
        return signer is not None and crypto.verify(signer.key.public_key(), message, headers["Wechatpay-Signature"])

    def open(self, body: bytes) -> dict[str, Any]:
        """The decrypted resource of a notification."""
        resource = json.loads(body)["resource"]
        sealed = base64.b64decode(resource["ciphertext"])
        cipher = AESGCM(self.fake.account.api_v3_key.encode())
        content: dict[str, Any] = json.loads(
            cipher.decrypt(resource["nonce"].encode(), sealed, resource["associated_data"].encode())
        )
        return content
