"""Reconciling: once a minute the vendor is asked about everything that is open, on a widening schedule."""

from datetime import datetime, timedelta

from common.domain.orders import Order
from common.domain.refunds import Refund
from common.errors import DeadlineExceeded, MojianError
from common.services.settling import Till, ask, follow

#: Ages in seconds at which an open order is asked about again. Source: pay.weixin.qq.com, 支付开发指引 (5 s … 30 min).
QUESTIONS = (5, 30, 60, 180, 300, 600, 1200, 1800)

#: After those, an eighth of the age passes between two questions, within these bounds.
SHORTEST_PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(days=1)

#: When an order we closed is looked at once more, and when for the last time: a provider may have no way of closing.
LAST_LOOKS = (timedelta(hours=1), timedelta(days=1))

MOST = 100


def reconcile(till: Till) -> dict[str, int]:
    """Ask about every order and refund that is due, tell what is to be told, close what nobody paid in time.

    One that cannot be asked about does not stop the others: it is reported and asked about again later. When our own time
    is up, the rest stays due and is asked about in the next minute.
    """
    counts = {"asked": 0, "granted": 0, "closed": 0, "refunded": 0, "told": 0}
    try:
        for order in till.orders.due(now=till.now, limit=MOST):
            _count(counts, _attempt(order, till))
        for refund in till.refunds.due(now=till.now, limit=MOST):
            refunded_order = till.orders.find(refund.order_number)
            if refunded_order is not None and _follow(refund, refunded_order, till) == "done":
                counts["refunded"] += 1
    except DeadlineExceeded:
        return counts
    return counts


def _count(counts: dict[str, int], outcome: str) -> None:
    counts["asked"] += outcome != "told"
    if outcome in counts:
        counts[outcome] += 1


def _attempt(order: Order, till: Till) -> str:
    """What came of the question; an order that stays as it is gets its next one. Raises DeadlineExceeded."""
    outcome = "open"
    try:
        if order.state in ("granted", "refunded"):
            return _tell(order, till)
        outcome = ask(order, till=till)
        if outcome == "open" and order.state == "created" and till.now >= order.expires_at:
            till.gates.of(order.provider).close_order(order)
            till.orders.close(order.number, now=till.now, ask_at=order.expires_at + LAST_LOOKS[0])
            return "closed"
    except DeadlineExceeded:
        raise
    except MojianError as error:
        till.report(order.number, error)
    till.orders.asked(order, next_at=_next_look(order, till.now, outcome))
    return "open" if outcome == order.state else outcome


def _tell(order: Order, till: Till) -> str:
    """What was paid for has been delivered, where the vendor wants to know. Raises MojianError."""
    if order.state == "granted":
        till.gates.of(order.provider).confirm_delivery(order)
    till.orders.asked(order, next_at=None)
    return "told"


def _follow(refund: Refund, order: Order, till: Till) -> str:
    try:
        state = follow(refund, order, source="question", till=till)
    except DeadlineExceeded:
        raise
    except MojianError as error:
        till.report(order.number, error)
        state = "asked"
    till.refunds.asked(refund, next_at=_next_question(refund.created_at, till.now))
    return state


def _next_look(order: Order, now: datetime, outcome: str) -> datetime | None:
    if order.state != "closed":
        return _next_question(order.created_at, now)
    looks = (order.expires_at + look for look in LAST_LOOKS)
    return next((look for look in looks if look > now), None) if outcome == "open" else None


def _next_question(since: datetime, now: datetime) -> datetime:
    age = now - since
    planned = next((timedelta(seconds=age_s) for age_s in QUESTIONS if timedelta(seconds=age_s) > age), None)
    return since + planned if planned else now + min(max(age / 8, SHORTEST_PAUSE), LONGEST_PAUSE)
