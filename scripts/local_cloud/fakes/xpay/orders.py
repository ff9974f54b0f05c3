"""Orders and refunds of virtual payment, and what query_order says of them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from scripts.local_cloud.fakes.wechat.errors import WeChatError

SETTLE_S = 1.0
UNKNOWN, DONE_BEFORE, LEFT_FEE, RUNNING, SPENT = 268490002, 268490004, 268490016, 268490014, 268490013
#: status
CREATED, PAID, DELIVERING, DELIVERED, REFUNDED, CLOSED, REFUND_FAILED, USER_REFUNDED = 1, 2, 3, 4, 5, 6, 7, 8
#: status of a refund that has not ended
RUNS = CREATED


@dataclass
class Refund:
    """An order of its own, asked about by its own number; `decided` is the status a control route has set."""

    number: str
    fee: int
    created_at: float
    decided: int | None = None

    def status(self, now: float) -> int:
        if self.decided is not None:
            return self.decided
        return USER_REFUNDED if now - self.created_at >= SETTLE_S else RUNS


@dataclass
class Order:
    """`wanted` is the signData that made it. `apple`: paid through Apple, so there is no WeChatPayInfo and no refund of ours."""

    wanted: dict[str, Any]
    openid: str
    created_at: float
    apple: bool = False
    paid_at: float | None = None
    pushed: bool = False
    delivered_at: float | None = None
    closed: bool = False
    refunds: list[Refund] = field(default_factory=list)
    wx_order_id: str = field(default_factory=lambda: f"4200{secrets.randbelow(10**24):024d}")

    @property
    def number(self) -> str:
        return str(self.wanted["outTradeNo"])

    @property
    def env(self) -> int:
        return int(self.wanted.get("env", 0))

    @property
    def fee(self) -> int:
        return int(self.wanted["goodsPrice"]) * int(self.wanted["buyQuantity"])

    def refunded_fee(self, now: float) -> int:
        return sum(refund.fee for refund in self.refunds if refund.status(now) == USER_REFUNDED)

    def status(self, now: float) -> int:
        """While a refund runs the order says 5; afterwards it falls back, unless all of the money went back."""
        if self.paid_at is None:
            return CLOSED if self.closed else CREATED
        if any(refund.status(now) == RUNS for refund in self.refunds):
            return REFUNDED
        if self.refunded_fee(now) >= self.fee:
            return USER_REFUNDED
        if self.delivered_at is not None:
            return DELIVERED
        return DELIVERING if self.pushed else PAID


class OrderBook:
    """All orders of the mini-program. Not thread-safe: the caller holds the fake's lock."""

    def __init__(self) -> None:
        self.orders: dict[str, Order] = {}

    def find(self, number: object, openid: object, env: object) -> Order:
        """Raises 268490002: another user's and another environment's orders are not there either."""
        order = self.orders.get(str(number))
        if order is None or (order.openid, order.env) != (openid, env):
            raise WeChatError(UNKNOWN, "no such data")
        return order

    def find_any(self, number: object, env: object) -> Order:
        """For calls without openid. Raises 268490002."""
        order = self.orders.get(str(number))
        if order is None or order.env != env:
            raise WeChatError(UNKNOWN, "no such data")
        return order

    def find_refund(self, number: object, openid: object, env: object) -> tuple[Order, Refund] | None:
        for order in self.orders.values():
            for refund in order.refunds:
                if refund.number == number and (order.openid, order.env) == (openid, env):
                    return order, refund
        return None

    def provide(self, order: Order, now: float) -> None:
        """Raises 268490004 when it was told before, 268490002 for what nobody paid."""
        if order.paid_at is None:
            raise WeChatError(UNKNOWN, "order not paid")
        if order.delivered_at is not None:
            raise WeChatError(DONE_BEFORE, "repeat operation")
        order.delivered_at = now

    def refund(self, order: Order, body: dict[str, Any], now: float) -> Refund:
        """Raises what the vendor raises for amounts that do not fit, Apple's payments, and repetitions."""
        if any(refund.number == body["refund_order_id"] for refund in order.refunds):
            raise WeChatError(DONE_BEFORE, "repeat operation")
        if order.paid_at is None or order.apple:
            raise WeChatError(SPENT, "order can not be refunded")
        if any(refund.status(now) == RUNS for refund in order.refunds):
            raise WeChatError(RUNNING, "refund in progress")
        left = order.fee - order.refunded_fee(now)
        if body["left_fee"] != left:
            raise WeChatError(LEFT_FEE, "left_fee not match")
        if not 0 < body["refund_fee"] <= left:
            raise WeChatError(UNKNOWN, "refund_fee out of range")
        refund = Refund(str(body["refund_order_id"]), int(body["refund_fee"]), now)
        order.refunds.append(refund)
        return refund


def describe(order: Order, now: float) -> dict[str, Any]:
    refunded = order.refunded_fee(now)
    paid = order.fee if order.paid_at is not None else 0
    return {
        "order_id": order.number,
        "create_time": int(order.created_at),
        "update_time": int(now),
        "status": order.status(now),
        "biz_type": 0,
        "order_fee": order.fee,
        "coupon_fee": 0,
        "paid_fee": paid,
        "order_type": 0,
        "refund_fee": refunded,
        "paid_time": int(order.paid_at or 0),
        "provide_time": int(order.delivered_at or 0),
        "biz_meta": order.wanted.get("attach", ""),
        "env_type": 1 if order.env == 0 else 2,
        "left_fee": paid - refunded,
        "wx_order_id": order.wx_order_id if order.paid_at is not None else "",
    }


def describe_refund(order: Order, refund: Refund, now: float) -> dict[str, Any]:
    status = refund.status(now)
    shown = {"order_id": refund.number, "status": status, "order_type": 1, "order_fee": refund.fee, "left_fee": 0}
    done = status == USER_REFUNDED
    return {**shown, "refund_fee": refund.fee if done else 0, "env_type": 1 if order.env == 0 else 2, "paid_time": 0}
