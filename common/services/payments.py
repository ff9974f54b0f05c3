"""Buying credits: open an order, settle it once whoever tells us of the payment, and ask about what stayed open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from common.domain.orders import (
    OpenOrder,
    Order,
    OrderNumber,
    PaymentEvidence,
    Provider,
    find_product,
)
from common.domain.refunds import RefundEvidence
from common.domain.users import UserId
from common.errors import (
    DeadlineExceeded,
    InvalidField,
    MojianError,
    NotFound,
    NotificationRefused,
    NotLoggedIn,
    VendorError,
)
from common.services.ports import Gates, OrderStore, PaymentGate, UserStore

#: How long an order can be paid. WeChat closes it by itself only after days, so reconcile does.
ORDER_LIFETIME = timedelta(minutes=30)

#: Ages at which an open order is asked about again; after the last one it is closed.
QUESTIONS = (5, 30, 60, 180, 300, 600, 1200, 1800)


@dataclass(frozen=True)
class Checkout:
    """`payment` goes to wx.requestPayment as it is; to wx.requestVirtualPayment when `provider` is xpay."""

    order_id: OrderNumber
    provider: Provider
    payment: Mapping[str, str]


@dataclass(frozen=True)
class OrderView:
    order_id: OrderNumber
    product_id: str
    description: str
    amount_fen: int
    credits: int
    state: str
    created_at: datetime
    paid_at: datetime | None


def open_order(
    command: OpenOrder,
    *,
    user_id: UserId,
    users: UserStore,
    orders: OrderStore,
    gates: Gates,
    payer_ip: str,
    new_id: Callable[[], str],
    now: datetime,
) -> Checkout:
    """Our row is written before the vendor is asked, so that an early notification finds its order."""
    gate = gates.current()
    user, product = users.find(user_id), find_product(command.product_id)
    if user is None:
        raise NotLoggedIn
    if product is None:
        raise InvalidField(field="product_id")
    order = Order.of(
        product, user, number=OrderNumber(new_id()), provider=gate.provider, now=now, lifetime=ORDER_LIFETIME
    )
    orders.add(order)
    prepayment = gate.prepay(order, payer_ip=payer_ip, now=now)
    if prepayment.prepay_id is not None:
        orders.set_prepay(order.number, prepayment.prepay_id)
    return Checkout(order.number, gate.provider, prepayment.payment)


def take_notification(
    headers: Mapping[str, str], body: bytes, *, provider: str, orders: OrderStore, gates: Gates, now: datetime
) -> None:
    """Verify, compare with our own order, settle once; safe to repeat. Raises NotificationRefused."""
    gate = gates.of(provider)
    evidence = gate.read_notification(headers, body, now=now)
    if evidence is not None and not isinstance(evidence, RefundEvidence):
        _settle(evidence, orders=orders, gate=gate, now=now)


def _settle(evidence: PaymentEvidence, *, orders: OrderStore, gate: PaymentGate, now: datetime) -> bool:
    """Evidence is not truth until app, merchant, amount, currency and payer equal our own row."""
    order = orders.find(evidence.number)
    mismatch = "order" if order is None else _mismatch(evidence, order, gate)
    if mismatch:
        raise NotificationRefused(mismatch=mismatch)
    return orders.settle(evidence, now=now) == "granted"


def _mismatch(evidence: PaymentEvidence, order: Order, gate: PaymentGate) -> str | None:
    checks = {
        "merchant": gate.is_ours(evidence) and order.provider == gate.provider,
        "amount": evidence.amount_fen == order.amount_fen,
        "currency": evidence.currency == "CNY",
        "payer": evidence.payer_openid in (None, order.openid),
    }
    return next((name for name, passed in checks.items() if not passed), None)


def list_orders(user_id: UserId, *, orders: OrderStore) -> list[OrderView]:
    return [_view(order) for order in orders.list_of(user_id, limit=100)]


def show_order(number: str, *, user_id: UserId, orders: OrderStore, gates: Gates, now: datetime) -> OrderView:
    """An open order is asked about at the vendor first; without a usable answer it is shown as we know it.

    Raises NotFound, for other people's orders too.
    """
    order = orders.find(OrderNumber(number))
    if order is None or order.user_id != user_id:
        raise NotFound(what="order")
    if order.state == "created":
        try:
            _ask(order, orders=orders, gate=gates.of(order.provider), now=now)
        except (VendorError, NotificationRefused, DeadlineExceeded):
            return _view(order)
    return _view(orders.find(order.number) or order)


def _view(order: Order) -> OrderView:
    return OrderView(
        order.number,
        order.product_id,
        order.description,
        order.amount_fen,
        order.credits,
        order.state,
        order.created_at,
        order.paid_at,
    )


def _ask(order: Order, *, orders: OrderStore, gate: PaymentGate, now: datetime) -> str:
    """What became of an open order, according to the vendor: granted, closed or still open.

    Money that went back before we knew of it buys nothing, so such an order is closed.
    """
    status = gate.find_order(order)
    if status.state == "paid" and status.evidence is not None:
        _settle(status.evidence, orders=orders, gate=gate, now=now)
        return "granted"
    if status.state in ("closed", "refunded"):
        orders.close(order.number, now=now)
        return "closed"
    return "open"


def reconcile(
    *, orders: OrderStore, gates: Gates, now: datetime, report: Callable[[str, MojianError], None]
) -> dict[str, int]:
    """Ask about every open order that is due on a widening schedule; close what nobody paid in time.

    One order that cannot be asked about does not stop the others: it is reported and asked again later. When our own time is
    up, the rest stays due and is asked about in the next minute.
    """
    counts = {"asked": 0, "granted": 0, "closed": 0}
    for order in orders.open_orders(now=now, limit=100):
        try:
            outcome = _ask(order, orders=orders, gate=gates.of(order.provider), now=now)
            if outcome == "open" and now >= order.expires_at:
                gates.of(order.provider).close_order(order)
                orders.close(order.number, now=now)
                outcome = "closed"
        except DeadlineExceeded:
            break
        except MojianError as error:
            report(order.number, error)
            outcome = "open"
        counts["asked"] += 1
        if outcome in counts:
            counts[outcome] += 1
        else:
            orders.asked(order.number, next_at=_next_question(order, now))
    return counts


def _next_question(order: Order, now: datetime) -> datetime:
    age_s = (now - order.created_at).total_seconds()
    later = next((question for question in QUESTIONS if question > age_s), age_s + 300)
    return order.created_at + timedelta(seconds=later)
