"""Buying credits: open an order, take what the vendor tells us, show what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from common.domain.orders import (
    OpenOrder,
    Order,
    OrderNumber,
    Provider,
    find_product,
)
from common.domain.refunds import RefundEvidence
from common.domain.users import UserId
from common.errors import (
    OUT_OF_REACH,
    Conflict,
    InvalidField,
    NotFound,
    NotificationRefused,
    NotLoggedIn,
    SettingsInvalid,
)
from common.services.ports import OrderStore, UserStore
from common.services.settling import Till, ask, settle, take_refund_notice

#: How long an order can be paid. WeChat closes it by itself only after days, so reconcile does.
ORDER_LIFETIME = timedelta(minutes=30)


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
    till: Till,
    number: OrderNumber,
    payer_ip: str,
) -> Checkout:
    """Our row is written before the vendor is asked, so that an early notification finds its order.

    Safe to repeat with the same `number`: after a crash or a lost answer it is the same order, at the vendor too.
    """
    gate = till.gates.current()
    user, product = users.find(user_id), find_product(command.product_id)
    if user is None:
        raise NotLoggedIn
    if product is None:
        raise InvalidField(field="product_id")
    order = Order.of(product, user, number=number, provider=gate.provider, now=till.now, lifetime=ORDER_LIFETIME)
    order = _same_as_before(order, till.orders.find(number)) or _added(order, till.orders)
    gate = till.gates.of(order.provider)
    prepayment = gate.prepay(order, payer_ip=payer_ip, now=till.now)
    if prepayment.prepay_id is not None:
        till.orders.set_prepay(order.number, prepayment.prepay_id)
    return Checkout(order.number, order.provider, prepayment.payment)


def _added(order: Order, orders: OrderStore) -> Order:
    orders.add(order)
    return order


def _same_as_before(order: Order, known: Order | None) -> Order | None:
    """The order that an earlier try left behind. Raises Conflict when it is another one, or has ended."""
    if known is None:
        return None
    same = (known.user_id, known.product_id, known.state) == (order.user_id, order.product_id, "created")
    if not same or order.created_at >= known.expires_at:
        raise Conflict(what="order")
    return known


def take_notification(headers: Mapping[str, str], body: bytes, *, provider: str, till: Till) -> None:
    """Verify, compare with our own order, settle once; safe to repeat. Raises NotificationRefused."""
    gate = till.gates.of(provider)
    evidence = gate.read_notification(headers, body, now=till.now)
    if isinstance(evidence, RefundEvidence):
        take_refund_notice(evidence, gate=gate, till=till)
    elif evidence is not None:
        settle(evidence, source="notification", gate=gate, till=till)


def list_orders(user_id: UserId, *, orders: OrderStore) -> list[OrderView]:
    return [_view(order) for order in orders.list_of(user_id, limit=100)]


def show_order(number: str, *, user_id: UserId, till: Till) -> OrderView:
    """An open order is asked about at the vendor first; without a usable answer it is shown as we know it.

    Raises NotFound, for other people's orders too.
    """
    order = till.orders.find(OrderNumber(number))
    if order is None or order.user_id != user_id:
        raise NotFound(what="order")
    if order.state == "created":
        try:
            ask(order, till=till)
        except (*OUT_OF_REACH, NotificationRefused, SettingsInvalid) as error:
            till.report(order.number, error)
            return _view(order)
    return _view(till.orders.find(order.number) or order)


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
