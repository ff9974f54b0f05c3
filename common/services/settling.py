"""Settling: what becomes of an order or a refund when the vendor tells of it, whoever asked and however often."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from common.domain.orders import Order, PaymentEvidence, PaymentStatus, Source
from common.domain.refunds import Refund, RefundEvidence, RefundNumber, RefundRequest, RefundStatus
from common.errors import BooksContradicted, MojianError, NotificationRefused, VendorRejected
from common.services.ports import Gates, OrderStore, PaymentGate, RefundStore

OUTSIDE = "refunded at the vendor"


@dataclass(frozen=True)
class Till:
    """What settling takes. `report` gets the number of an order and what is wrong with it, for the operator."""

    orders: OrderStore
    refunds: RefundStore
    gates: Gates
    report: Callable[[str, MojianError], None]
    new_id: Callable[[str], str]
    now: datetime


def settle(evidence: PaymentEvidence, *, source: Source, gate: PaymentGate, till: Till) -> bool:
    """Grant the order's credits once; False when that was done before.

    Evidence is not truth until app, merchant, amount, currency, payer and product equal our own row. What contradicts it is
    kept in the order's history. Raises NotificationRefused.
    """
    order = till.orders.find(evidence.number)
    try:
        mismatch = "order" if order is None else _mismatch(evidence, order, gate)
        if mismatch:
            raise NotificationRefused(mismatch=mismatch)
        ask_at = till.now if gate.reports_delivery else None
        return till.orders.settle(evidence, source=source, now=till.now, ask_at=ask_at) == "granted"
    except NotificationRefused as error:
        till.orders.note(evidence.number, source, f"refused: {error.facts.get('mismatch')}", now=till.now)
        raise


def _mismatch(evidence: PaymentEvidence, order: Order, gate: PaymentGate) -> str | None:
    checks = {
        "merchant": gate.is_ours(evidence) and order.provider == gate.provider,
        "amount": evidence.amount_fen == order.amount_fen,
        "currency": evidence.currency == "CNY",
        "payer": evidence.payer_openid in (None, order.openid),
        "product": evidence.product_id in (None, order.product_id),
    }
    return next((name for name, passed in checks.items() if not passed), None)


def ask(order: Order, *, till: Till) -> str:
    """What became of an unpaid order, according to the vendor: granted, refunded, closed or open.

    Money that went back before we knew of it buys nothing. Raises VendorError, NotificationRefused.
    """
    gate = till.gates.of(order.provider)
    status = gate.find_order(order)
    if status.state == "paid" and status.evidence is not None:
        settle(status.evidence, source="question", gate=gate, till=till)
        return "granted"
    if status.state == "refunded":
        return _ended_by_refund(order, status, gate, till)
    if status.state == "closed":
        till.orders.close(order.number, now=till.now, ask_at=None)
        return "closed"
    return "open"


def _ended_by_refund(order: Order, status: PaymentStatus, gate: PaymentGate, till: Till) -> str:
    """With evidence the order is refunded for good, so that a late notification of the payment grants nothing."""
    if status.evidence is None or not gate.is_ours(status.evidence):
        till.orders.close(order.number, now=till.now, ask_at=None)
        return "closed"
    till.orders.settle_refunded(status.evidence, source="question", now=till.now)
    return "refunded"


def take_refund_notice(evidence: RefundEvidence, *, gate: PaymentGate, till: Till) -> None:
    """Something happened to a refund: the vendor is asked what. Raises NotificationRefused for an order we do not have."""
    order = till.orders.find(evidence.order_number)
    if order is None or order.provider != gate.provider:
        raise NotificationRefused(mismatch="order")
    refund = till.refunds.find(evidence.refund_number) if evidence.refund_number else None
    if refund is not None and refund.order_number == order.number and refund.state == "asked":
        follow(refund, order, source="notification", till=till)
    elif order.state in ("created", "closed"):
        ask(order, till=till)
    elif order.state == "granted":
        _refunded_outside(order, evidence.refund_number, gate, till)


def _refunded_outside(order: Order, number: RefundNumber | None, gate: PaymentGate, till: Till) -> None:
    """Somebody refunded in the vendor's console. Only all of the money back takes all of the credits back."""
    if gate.find_order(order).state != "refunded":
        return
    amount_fen = order.amount_fen
    if number is not None:
        told = gate.find_refund(order, Refund(number, order.number, amount_fen, 0, OUTSIDE, "asked", till.now))
        if told.state != "done":
            return
        amount_fen = amount_fen if told.amount_fen is None else told.amount_fen
    till.report(order.number, BooksContradicted(contradiction=OUTSIDE))
    if amount_fen != order.amount_fen:
        till.orders.note(order.number, "notification", "refunded in part at the vendor", now=till.now)
        return
    request = RefundRequest(RefundNumber(till.new_id("R")), order.number, OUTSIDE, force=True)
    till.refunds.record_outside(request, source="notification", now=till.now)


def follow(refund: Refund, order: Order, *, source: Source, till: Till) -> str:
    """Bring a refund that was asked for closer to its end; its state afterwards. Safe to repeat. Raises VendorError.

    Whatever the vendor has not heard of is asked for again, under the same number.
    """
    gate = till.gates.of(order.provider)
    status = gate.find_refund(order, refund)
    if status.state == "unknown":
        status = _ask_for(refund, order, gate)
    return _apply(status, refund, source, till)


def _ask_for(refund: Refund, order: Order, gate: PaymentGate) -> RefundStatus:
    """A refusal counts only if the vendor, asked again, knows of no such refund: it may be the answer to a repetition."""
    try:
        return gate.refund(order, refund)
    except VendorRejected:
        status = gate.find_refund(order, refund)
        return RefundStatus("failed") if status.state == "unknown" else status


def _apply(status: RefundStatus, refund: Refund, source: Source, till: Till) -> str:
    if status.state == "stuck":
        till.report(refund.order_number, BooksContradicted(contradiction="refund stuck at the vendor"))
    if status.state == "done" and status.amount_fen not in (None, refund.amount_fen):
        till.report(refund.order_number, BooksContradicted(contradiction="refund of another amount"))
        till.orders.note(refund.order_number, source, "refund of another amount", now=till.now)
        return "asked"
    if status.state == "done":
        till.refunds.done(refund, source=source, now=till.now)
        return "done"
    if status.state == "failed":
        till.refunds.failed(refund, source=source, now=till.now)
        return "failed"
    return "asked"
