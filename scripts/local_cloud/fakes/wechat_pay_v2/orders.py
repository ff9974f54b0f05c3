"""Orders and their states: NOTPAY (or PAYERROR after a failed try) → SUCCESS → REFUND, or → CLOSED."""

from __future__ import annotations

import calendar
import secrets
import time
from dataclasses import dataclass

from scripts.local_cloud.fakes.wechat_pay_v2.crypto import compact_beijing
from scripts.local_cloud.fakes.wechat_pay_v2.errors import NotDone

PREPAY_LIFE_S = 2 * 3600
ORDER_LIFE_S = 7 * 86_400
SHORTEST_EXPIRY_S = 60
#: What may differ when the same order is sent again.
FLEETING = frozenset({"nonce_str", "sign"})
DESCRIPTIONS = {
    "SUCCESS": "支付成功",
    "REFUND": "转入退款",
    "NOTPAY": "订单未支付",
    "CLOSED": "订单已关闭",
    "PAYERROR": "支付失败(其他原因，如银行返回失败)",
}


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
    """One order; `body` is the merchant's request without what may differ in a repetition."""

    body: dict[str, str]
    created_at: float
    prepay_id: str
    prepay_made_at: float
    payment: Payment | None = None
    closed: bool = False
    refunded: bool = False
    refused: int = 0

    @property
    def number(self) -> str:
        return self.body["out_trade_no"]

    @property
    def total_fen(self) -> int:
        return int(self.body["total_fee"])

    @property
    def sign_type(self) -> str:
        """The payer's phone and notifications are signed as the order was."""
        return self.body.get("sign_type") or "MD5"

    def state(self, now: float) -> str:
        if self.payment:
            return "REFUND" if self.refunded else "SUCCESS"
        if self.closed or now - self.created_at >= ORDER_LIFE_S:
            return "CLOSED"
        return "PAYERROR" if self.refused else "NOTPAY"

    def expires_at(self) -> float:
        """`time_expire`, lifted to a minute after the order was made."""
        wanted = self.body.get("time_expire")
        if not wanted:
            return self.created_at + ORDER_LIFE_S
        at = calendar.timegm(time.strptime(wanted, "%Y%m%d%H%M%S")) - 8 * 3600
        return max(float(at), self.created_at + SHORTEST_EXPIRY_S)


def describe(order: Order, payment: Payment) -> dict[str, str]:
    """A payment as queries and notifications show it."""
    return {
        "openid": order.body["openid"],
        "is_subscribe": "N",
        "trade_type": "JSAPI",
        "bank_type": "OTHERS",
        "total_fee": str(order.total_fen),
        "fee_type": "CNY",
        "cash_fee": str(order.total_fen),
        "cash_fee_type": "CNY",
        "transaction_id": payment.transaction_id,
        "out_trade_no": order.number,
        **({"attach": order.body["attach"]} if order.body.get("attach") else {}),
        "time_end": compact_beijing(payment.paid_at),
    }


def describe_state(order: Order, now: float) -> dict[str, str]:
    """The answer to a query; without a payment it has little to say."""
    state = order.state(now)
    told = {"trade_state": state, "trade_state_desc": DESCRIPTIONS[state]}
    return {**(describe(order, order.payment) if order.payment else {"out_trade_no": order.number}), **told}


class OrderBook:
    """All orders of the merchant. Not thread-safe: the caller holds the fake's lock."""

    def __init__(self) -> None:
        self.orders: dict[str, Order] = {}

    def create(self, fields: dict[str, str], now: float) -> Order:
        """The order with a living prepay_id; the same data again is the same order. Raises NotDone."""
        body = {name: value for name, value in fields.items() if name not in FLEETING}
        order = self.orders.get(body["out_trade_no"])
        if order is None:
            order = Order(body, now, _new_prepay_id(now), now)
            self.orders[order.number] = order
            return order
        if order.payment:
            raise NotDone("ORDERPAID")
        if order.state(now) == "CLOSED":
            raise NotDone("ORDERCLOSED")
        if order.body != body:
            raise NotDone("INVALID_REQUEST")
        if now - order.prepay_made_at >= PREPAY_LIFE_S:
            order.prepay_id, order.prepay_made_at = _new_prepay_id(now), now
        return order

    def find(self, fields: dict[str, str]) -> Order:
        """By transaction_id or out_trade_no. Raises ORDERNOTEXIST."""
        wanted = fields.get("transaction_id")
        if wanted:
            paid = (order for order in self.orders.values() if order.payment and order.payment.transaction_id == wanted)
            order = next(paid, None)
        else:
            order = self.orders.get(fields.get("out_trade_no", ""))
        if order is None:
            raise NotDone("ORDERNOTEXIST")
        return order

    def find_prepay(self, prepay_id: str) -> Order | None:
        return next((order for order in self.orders.values() if order.prepay_id == prepay_id), None)

    def close(self, fields: dict[str, str], now: float) -> None:
        """Raises ORDERPAID, ORDERNOTEXIST, and ORDERCLOSED the second time."""
        order = self.find(fields)
        if order.payment:
            raise NotDone("ORDERPAID")
        if order.state(now) == "CLOSED":
            raise NotDone("ORDERCLOSED")
        order.closed = True

    def pay(self, order: Order, now: float) -> Payment:
        """The payer confirms. Raises NotPayable."""
        if order.state(now) not in ("NOTPAY", "PAYERROR"):
            raise NotPayable(f"order {order.number} is {order.state(now)}")
        if now >= order.expires_at():
            raise NotPayable(f"order {order.number} is past its time_expire")
        if now - order.prepay_made_at >= PREPAY_LIFE_S:
            raise NotPayable(f"prepay_id of order {order.number} is older than two hours")
        order.payment = Payment.now(now)
        return order.payment


def _new_prepay_id(now: float) -> str:
    return f"wx{compact_beijing(now)}{secrets.token_hex(10)}"
