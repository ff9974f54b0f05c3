"""Explaining an order to an operator: the row, what was told of it, what it moved, and what the vendor says."""

from dataclasses import dataclass

from common.domain.credits import Balance, LedgerEntry
from common.domain.orders import Order, OrderEvent, OrderNumber, PaymentStatus
from common.domain.refunds import Refund
from common.errors import NotFound
from common.services.ports import CreditStore
from common.services.settling import Till


@dataclass(frozen=True)
class OrderStory:
    """`status` is the vendor's word, if it was asked for it."""

    order: Order
    events: list[OrderEvent]
    refunds: list[Refund]
    entries: list[LedgerEntry]
    balance: Balance
    status: PaymentStatus | None


def explain_order(number: str, *, ask_vendor: bool, credits: CreditStore, till: Till) -> OrderStory:
    """Changes nothing, at the vendor neither. Raises NotFound, and VendorError when the vendor was to be asked."""
    order = till.orders.find(OrderNumber(number))
    if order is None:
        raise NotFound(what="order")
    refunds = till.refunds.of_order(order.number)
    occasions = [f"order/{order.number}"]
    occasions += [f"{kind}/{refund.number}" for refund in refunds for kind in ("refund", "refund_failed")]
    return OrderStory(
        order=order,
        events=till.orders.events(order.number),
        refunds=refunds,
        entries=credits.entries(occasions),
        balance=credits.balance(order.user_id),
        status=till.gates.of(order.provider).find_order(order) if ask_vendor else None,
    )
