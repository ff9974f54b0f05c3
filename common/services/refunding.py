"""Refunding: an operator gives the money of an order back, and the credits that are still there are taken."""

from common.domain.orders import OrderNumber
from common.domain.refunds import Refund, RefundNumber, RefundRequest
from common.errors import NotFound
from common.services.settling import Till, follow


def refund_order(number: str, *, reason: str, force: bool, till: Till) -> Refund:
    """All of the money; the refund as it stands after the vendor was asked. Asking again follows the same refund.

    The credits are taken first, so that nobody spends them while the money is on its way back; a refund the vendor refuses
    gives them back. Raises NotFound, Conflict, CreditsExhausted (unless forced) and VendorError: then reconcile goes on.
    """
    order = till.orders.find(OrderNumber(number))
    if order is None:
        raise NotFound(what="order")
    request = RefundRequest(RefundNumber(till.new_id("R")), order.number, reason, force=force)
    refund = till.refunds.open(request, now=till.now)
    if refund.state == "asked":
        follow(refund, order, source="operator", till=till)
    return till.refunds.find(refund.number) or refund
