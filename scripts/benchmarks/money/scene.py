"""One merchant, one buyer, one order: what every trial needs, through the functions and stores of the product itself."""

from __future__ import annotations

import base64
import importlib.util
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from common.domain.orders import Order, OrderNumber, Product, Provider
from common.domain.users import OpenId, User, WeChatIdentity
from common.wiring import App, Shared
from scripts.local_cloud.fakes.account import LOCAL_APPID
from scripts.local_cloud.fakes.wechat_pay.account import Account
from scripts.local_cloud.fakes.wechat_pay.crypto import beijing
from scripts.local_cloud.fakes.wechat_pay.letters import signature_headers, write_letter

PRODUCT = Product("credits_10", "简历积分 10 点", credits=10, amount_fen=990)
NOTIFY_URL = "https://api.example.com/pay/notify/v3"
BUYER = OpenId("oBuyerBuyerBuyerBuyerBuyer01")

Handler = Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]]


class Merchant(Protocol):
    """The account at one provider."""

    def settings(self) -> dict[str, str]: ...


@dataclass(frozen=True)
class Notification:
    """A request to POST /pay/notify/…, as it comes over the wire."""

    headers: Mapping[str, str]
    body: bytes
    path: str = "/pay/notify/v3"
    query: Mapping[str, str] = field(default_factory=dict)

    def event(self) -> dict[str, Any]:
        """As the platform hands it to a function: text, and bytes that are none as base64."""
        base = {"httpMethod": "POST", "path": self.path, "headers": dict(self.headers)}
        return {
            **base,
            "queryString": dict(self.query),
            "body": base64.b64encode(self.body).decode(),
            "isBase64Encoded": True,
        }


def settings(account: Merchant, *, database_url: str, pay_url: str = "https://api.mch.weixin.qq.com") -> dict[str, str]:
    """The environment of the money functions."""
    return {
        **account.settings(),
        "WECHAT_PAY_BASE_URL": pay_url,
        "WECHAT_APPID": LOCAL_APPID,
        "APP_BASE_URL": "https://api.example.com",
        "DATABASE_URL": database_url,
        "REDIS_URL": "redis://127.0.0.1:1/0",  # nobody listens there: money needs no Redis
        "SESSION_KEYS": f"k1:{'A' * 43}",
        "DATA_KEYS": f"k1:{'B' * 43}",
    }


@contextmanager
def open_app(env: Mapping[str, str]) -> Iterator[App]:
    """Its connections are closed at the end: no child may inherit one, and no database can be dropped under one."""
    shared = Shared(env)
    try:
        yield App(shared, remaining_s=lambda: 30.0, request_id="trial")
    finally:
        shared.database.close()
        shared.http.close()


def load_handler(function: str) -> Handler:
    """`main_handler` of a function in a module of its own, like an instance that has just started."""
    path = Path("functions") / function / "index.py"
    spec = importlib.util.spec_from_file_location(f"trial_{function}", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    handler: Handler = module.main_handler
    return handler


def context(request_id: str = "trial") -> dict[str, Any]:
    return {"request_id": request_id, "function_name": "trial", "time_limit_in_ms": 30_000}


def add_buyer(app: App, openid: OpenId = BUYER) -> User:
    return app.users.find_or_create(WeChatIdentity(openid, "session-key"), now=app.now())[0]


def add_order(app: App, buyer: User, number: str = "MTRIAL0000000001", provider: Provider = "v3") -> Order:
    order = Order.of(
        PRODUCT, buyer, number=OrderNumber(number), provider=provider, now=app.now(), lifetime=timedelta(minutes=30)
    )
    app.orders.add(order)
    return order


def transaction(account: Account, order: Order, at: float, **lies: Any) -> dict[str, Any]:
    """What WeChat Pay says of an order that was paid; `lies` replace parts of it, None takes a part out."""
    told = {
        "appid": LOCAL_APPID,
        "mchid": account.mchid,
        "out_trade_no": order.number,
        "transaction_id": f"4200{order.number[-12:]}",
        "trade_type": "JSAPI",
        "trade_state": "SUCCESS",
        "success_time": beijing(at),
        "payer": {"openid": order.openid},
        "amount": {"total": order.amount_fen, "currency": "CNY"},
    }
    return {name: value for name, value in {**told, **lies}.items() if value is not None}


def notification(
    account: Account, content: Mapping[str, Any], at: float, *, event_type: str = "TRANSACTION.SUCCESS"
) -> Notification:
    """Sealed and signed as WeChat Pay does it."""
    letter = write_letter(account, NOTIFY_URL, event_type, dict(content), at)
    return Notification(signature_headers(account.signers()["public_key"], letter, at, 0), letter.body)


def use_environment(env: Mapping[str, str]) -> None:
    """Functions read the process' environment; nothing else of this process does."""
    os.environ.update(env)
