"""Refunds: accepted as PROCESSING, settled a second later unless a control route says otherwise."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from scripts.local_cloud.fakes.wechat_pay_v2.crypto import compact_beijing, spaced_beijing
from scripts.local_cloud.fakes.wechat_pay_v2.errors import NotDone, NotUnderstood
from scripts.local_cloud.fakes.wechat_pay_v2.orders import FLEETING, Order, OrderBook, Payment

SETTLE_S = 1.0
STATUSES = frozenset({"PROCESSING", "SUCCESS", "REFUNDCLOSE", "CHANGE"})
#: These gave nothing back, so their amount can be refunded again.
FAILED = frozenset({"REFUNDCLOSE", "CHANGE"})
MOST_PER_ORDER = 50
YEAR_S = 365 * 86_400


@dataclass
class Refund:
    """One refund; `decided` is the status a control route has set."""

    body: dict[str, str]
    order: Order
    payment: Payment
    refund_id: str
    created_at: float
    decided: str | None = None

    @property
    def number(self) -> str:
        return self.body["out_refund_no"]

    @property
    def refund_fen(self) -> int:
        return int(self.body["refund_fee"])

    def status(self, now: float) -> str:
        if self.decided:
            return self.decided
        return "SUCCESS" if now - self.created_at >= SETTLE_S else "PROCESSING"


class RefundBook:
    """All refunds of the merchant. Not thread-safe: the caller holds the fake's lock."""

    def __init__(self) -> None:
        self.refunds: dict[str, Refund] = {}

    def create(self, fields: dict[str, str], orders: OrderBook, now: float) -> Refund:
        """The same number with the same data is the same refund. Raises NotDone, NotUnderstood."""
        body = {name: value for name, value in fields.items() if name not in FLEETING}
        known = self.refunds.get(body["out_refund_no"])
        if known is not None:
            if known.body != body:
                raise NotDone("ERROR", "订单金额或退款金额与之前请求不一致，请核实后再试")
            return known
        if not (body.get("transaction_id") or body.get("out_trade_no")):
            raise NotUnderstood("缺少参数transaction_id")
        order = orders.find(body)
        payment = _payment_of(order, body, now)
        mine = [refund for refund in self.refunds.values() if refund.order is order]
        if len(mine) >= MOST_PER_ORDER:
            raise NotDone("ERROR", "部分退款次数超限")
        back = sum(refund.refund_fen for refund in mine if refund.status(now) not in FAILED)
        if int(body["refund_fee"]) > order.total_fen - back:
            raise NotDone("ERROR", "申请退款金额大于订单剩余可退金额")
        order.refunded = True
        refund_id = f"5030{secrets.randbelow(10**6):06d}{compact_beijing(now)}"
        self.refunds[body["out_refund_no"]] = Refund(body, order, payment, refund_id, now)
        return self.refunds[body["out_refund_no"]]

    def find(self, fields: dict[str, str]) -> list[Refund]:
        """By our number of one refund, or all of an order. Raises REFUNDNOTEXIST."""
        number, order = fields.get("out_refund_no"), fields.get("out_trade_no")
        found = [
            refund
            for refund in self.refunds.values()
            if (refund.number == number if number else refund.order.number == order)
        ]
        if not found:
            raise NotDone("REFUNDNOTEXIST")
        return found


def _payment_of(order: Order, body: dict[str, str], now: float) -> Payment:
    if order.payment is None:
        raise NotDone("TRADE_STATE_ERROR", "订单状态错误")
    if now - order.payment.paid_at > YEAR_S:
        raise NotDone("TRADE_OVERDUE", "订单已经超过退款期限")
    if int(body["total_fee"]) != order.total_fen:
        raise NotDone("ERROR", "订单金额或退款金额与之前请求不一致，请核实后再试")
    return order.payment


def describe_asked(refund: Refund) -> dict[str, str]:
    """The answer to a request for a refund: accepted, and nothing about how it ends."""
    return {
        "transaction_id": refund.payment.transaction_id,
        "out_trade_no": refund.order.number,
        "out_refund_no": refund.number,
        "refund_id": refund.refund_id,
        "refund_fee": str(refund.refund_fen),
        "total_fee": str(refund.order.total_fen),
        "cash_fee": str(refund.order.total_fen),
    }


def describe_found(refunds: list[Refund], now: float) -> dict[str, str]:
    """The answer to a query: the order, and each refund's fields with its place as a suffix."""
    first = refunds[0]
    told = {
        "transaction_id": first.payment.transaction_id,
        "out_trade_no": first.order.number,
        "total_fee": str(first.order.total_fen),
        "cash_fee": str(first.order.total_fen),
        "refund_count": str(len(refunds)),
    }
    for place, refund in enumerate(refunds):
        told |= {
            f"out_refund_no_{place}": refund.number,
            f"refund_id_{place}": refund.refund_id,
            f"refund_fee_{place}": str(refund.refund_fen),
            f"refund_status_{place}": refund.status(now),
            f"refund_recv_accout_{place}": "支付用户零钱",
        }
    return told


def describe_event(refund: Refund, now: float) -> dict[str, str]:
    """The inside of a refund's notification, with the vendor's own spelling."""
    status = refund.status(now)
    return {
        **{name: value for name, value in describe_asked(refund).items() if name != "cash_fee"},
        "settlement_refund_fee": str(refund.refund_fen),
        "settlement_total_fee": str(refund.order.total_fen),
        "refund_status": status,
        "success_time": spaced_beijing(now) if status == "SUCCESS" else "",
        "refund_recv_accout": "支付用户零钱",
        "refund_account": "REFUND_SOURCE_RECHARGE_FUNDS",
        "refund_request_source": "API",
    }
