"""Orders and their states: NOTPAY → SUCCESS → REFUND, or NOTPAY → CLOSED."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from scripts.local_cloud.fakes.wechat_pay.crypto import beijing, compact_beijing
from scripts.local_cloud.fakes.wechat_pay.errors import PayError
from scripts.local_cloud.fakes.wechat_pay.schema import parse_moment

PREPAY_LIFE_S = 2 * 3600
ORDER_LIFE_S = 7 * 86_400
SHORTEST_EXPIRY_S = 60
DESCRIPTIONS = {"SUCCESS": "支付成功", "REFUND": "转入退款", "NOTPAY": "订单未支付", "CLOSED": "订单已关闭"}


class NotPayable(Exception):
    """The payer's phone would show this instead of a payment."""


@dataclass(frozen=True)
class Payment:
    """That an order was paid, and when."""

    transaction_id: str
    paid_at: float

    @classmethod
    def now(cls, at: float) -> Payment:
        return cls(f"4200{secrets.randbelow(10**6):06d}{compact_beijing(at)[:8]}{secrets.randbelow(10**10):010d}", at)


@dataclass
class Order:
    """One order; `body` is the merchant's request, kept whole to recognise a repetition."""

    body: dict[str, Any]
    created_at: float
    prepay_id: str
    prepay_made_at: float
    payment: Payment | None = None
    closed: bool = False
    refunded: bool = False
    refused: int = 0

    @property
    def number(self) -> str:
        return str(self.body["out_trade_no"])

    @property
    def total_fen(self) -> int:
        return int(self.body["amount"]["total"])

    def state(self, now: float) -> str:
        if self.payment:
            return "REFUND" if self.refunded else "SUCCESS"
        return "CLOSED" if self.closed or now - self.created_at >= ORDER_LIFE_S else "NOTPAY"

    def expires_at(self) -> float:
        """`time_expire`, lifted to a minute after the order was made."""
        wanted = parse_moment(self.body["time_expire"]) if self.body.get("time_expire") else None
        if wanted is None:
            return self.created_at + ORDER_LIFE_S
        return max(wanted, self.created_at + SHORTEST_EXPIRY_S)


def describe(order: Order, payment: Payment | None, state: str) -> dict[str, Any]:
    """The transaction as queries and notifications show it."""
    body = order.body
    shown: dict[str, Any] = {name: body[name] for name in ("appid", "mchid", "out_trade_no")}
    shown |= {"trade_state": state, "trade_state_desc": DESCRIPTIONS[state], "payer": dict(body["payer"])}
    shown["amount"] = {"total": order.total_fen, "currency": "CNY"}
    if body.get("attach"):
        shown["attach"] = body["attach"]
    if payment is None:
        return shown
    shown["amount"] |= {"payer_total": order.total_fen, "payer_currency": "CNY"}
    return {
        **shown,
        "transaction_id": payment.transaction_id,
        "trade_type": "JSAPI",
        "bank_type": "OTHERS",
        "success_time": beijing(payment.paid_at),
        "promotion_detail": [],
    }


class OrderBook:
    """All orders of the merchant. Not thread-safe: the caller holds the fake's lock."""

    def __init__(self) -> None:
        self.orders: dict[str, Order] = {}

    def create(self, body: dict[str, Any], now: float) -> Order:
        """The order with a living prepay_id; the same data again is the same order. Raises OUT_TRADE_NO_USED and others."""
        order = self.orders.get(str(body["out_trade_no"]))
        if order is None:
            order = Order(body, now, _new_prepay_id(now), now)
            self.orders[order.number] = order
            return order
        if order.body != body:
            raise PayError(403, "OUT_TRADE_NO_USED", "商户订单号重复，请核实商户订单号是否重复提交")
        if order.payment:
            raise PayError(400, "INVALID_REQUEST", "该订单已支付")
        if order.state(now) == "CLOSED":
            raise PayError(400, "ORDER_CLOSED", "订单已关闭，请重新下单")
        if now - order.prepay_made_at >= PREPAY_LIFE_S:
            order.prepay_id, order.prepay_made_at = _new_prepay_id(now), now
        return order

    def find(self, number: str) -> Order:
        """Raises 404 ORDER_NOT_EXIST."""
        if number not in self.orders:
            raise PayError(404, "ORDER_NOT_EXIST", "订单不存在")
        return self.orders[number]

    def find_transaction(self, transaction_id: str) -> Order:
        """Raises 404 ORDER_NOT_EXIST."""
        for order in self.orders.values():
            if order.payment and order.payment.transaction_id == transaction_id:
                return order
        raise PayError(404, "ORDER_NOT_EXIST", "订单不存在")

    def find_prepay(self, prepay_id: str) -> Order | None:
        return next((order for order in self.orders.values() if order.prepay_id == prepay_id), None)

    def close(self, number: str) -> None:
        """Safe to repeat. Raises ORDERPAID for a paid order."""
        order = self.find(number)
        if order.payment:
            raise PayError(400, "ORDERPAID", "该订单已支付，不能关闭")
        order.closed = True

    def pay(self, order: Order, now: float) -> Payment:
        """The payer confirms. Raises NotPayable."""
        if order.state(now) != "NOTPAY":
            raise NotPayable(f"order {order.number} is {order.state(now)}")
        if now >= order.expires_at():
            raise NotPayable(f"order {order.number} is past its time_expire")
        if now - order.prepay_made_at >= PREPAY_LIFE_S:
            raise NotPayable(f"prepay_id of order {order.number} is older than two hours")
        order.payment = Payment.now(now)
        return order.payment


def _new_prepay_id(now: float) -> str:
    return f"wx{compact_beijing(now)}{secrets.token_hex(10)}"
