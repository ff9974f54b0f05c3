"""Refunds: accepted as PROCESSING, settled a second later unless a control route says otherwise."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from scripts.local_cloud.fakes.wechat_pay.crypto import beijing, compact_beijing
from scripts.local_cloud.fakes.wechat_pay.errors import PayError
from scripts.local_cloud.fakes.wechat_pay.orders import Order, OrderBook, Payment

SETTLE_S = 1.0
STATUSES = frozenset({"PROCESSING", "SUCCESS", "CLOSED", "ABNORMAL"})
# These gave nothing back, so their amount can be refunded again.
FAILED = frozenset({"CLOSED", "ABNORMAL"})
RECEIVER = "支付用户零钱"


@dataclass
class Refund:
    """One refund; `decided` is the status a control route has set."""

    body: dict[str, Any]
    order: Order
    payment: Payment
    refund_id: str
    created_at: float
    decided: str | None = None

    @property
    def number(self) -> str:
        return str(self.body["out_refund_no"])

    @property
    def refund_fen(self) -> int:
        return int(self.body["amount"]["refund"])

    def status(self, now: float) -> str:
        if self.decided:
            return self.decided
        return "SUCCESS" if now - self.created_at >= SETTLE_S else "PROCESSING"


class RefundBook:
    """All refunds of the merchant. Not thread-safe: the caller holds the fake's lock."""

    def __init__(self) -> None:
        self.refunds: dict[str, Refund] = {}

    def create(self, body: dict[str, Any], orders: OrderBook, now: float) -> Refund:
        """The same number with the same data is the same refund. Raises RESOURCE_NOT_EXISTS and INVALID_REQUEST."""
        known = self.refunds.get(str(body["out_refund_no"]))
        if known is not None:
            if known.body != body:
                raise PayError(400, "INVALID_REQUEST", "商户退款单号重复，且参数与首次请求不一致")
            return known
        order, payment = _paid_order(body, orders)
        if body["amount"]["total"] != order.total_fen:
            raise PayError(400, "INVALID_REQUEST", "订单金额或退款金额与之前请求不一致，请核实后再试")
        if body["amount"]["refund"] > order.total_fen - self._refunded_fen(order, now):
            raise PayError(400, "INVALID_REQUEST", "申请退款金额大于订单剩余可退金额")
        order.refunded = True
        refund = Refund(body, order, payment, f"5030{secrets.randbelow(10**6):06d}{compact_beijing(now)}", now)
        self.refunds[refund.number] = refund
        return refund

    def find(self, number: str) -> Refund:
        """Raises 404 RESOURCE_NOT_EXISTS."""
        if number not in self.refunds:
            raise PayError(404, "RESOURCE_NOT_EXISTS", "退款单不存在")
        return self.refunds[number]

    def _refunded_fen(self, order: Order, now: float) -> int:
        mine = [refund for refund in self.refunds.values() if refund.order is order]
        return sum(refund.refund_fen for refund in mine if refund.status(now) not in FAILED)


def _paid_order(body: dict[str, Any], orders: OrderBook) -> tuple[Order, Payment]:
    if not body.get("transaction_id") and not body.get("out_trade_no"):
        raise PayError(400, "PARAM_ERROR", "transaction_id和out_trade_no必须二选一")
    try:
        order = (
            orders.find_transaction(str(body["transaction_id"]))
            if body.get("transaction_id")
            else orders.find(str(body["out_trade_no"]))
        )
    except PayError as unknown:
        raise PayError(404, "RESOURCE_NOT_EXISTS", "订单不存在") from unknown
    if order.payment is None:
        raise PayError(400, "INVALID_REQUEST", "订单未支付，不能退款")
    return order, order.payment


def describe_refund(refund: Refund, now: float) -> dict[str, Any]:
    """The refund as the API shows it; its state is called `status` here and `refund_status` in notifications."""
    status = refund.status(now)
    shown: dict[str, Any] = {
        "refund_id": refund.refund_id,
        "out_refund_no": refund.number,
        "transaction_id": refund.payment.transaction_id,
        "out_trade_no": refund.order.number,
        "channel": "ORIGINAL",
        "user_received_account": RECEIVER,
        "create_time": beijing(refund.created_at),
        "status": status,
        "amount": {
            "total": refund.order.total_fen,
            "refund": refund.refund_fen,
            "payer_total": refund.order.total_fen,
            "payer_refund": refund.refund_fen,
            "settlement_total": refund.order.total_fen,
            "settlement_refund": refund.refund_fen,
            "discount_refund": 0,
            "currency": "CNY",
        },
    }
    if status == "SUCCESS":
        shown["success_time"] = beijing(refund.created_at + SETTLE_S)
    return shown


def describe_refund_event(refund: Refund, now: float) -> dict[str, Any]:
    """The refund as a notification shows it."""
    api = describe_refund(refund, now)
    names = ("out_trade_no", "transaction_id", "out_refund_no", "refund_id", "success_time", "user_received_account")
    shown = {name: api[name] for name in names if name in api}
    amount = {name: api["amount"][name] for name in ("total", "refund", "payer_total", "payer_refund")}
    return {"mchid": refund.order.body["mchid"], **shown, "refund_status": api["status"], "amount": amount}
