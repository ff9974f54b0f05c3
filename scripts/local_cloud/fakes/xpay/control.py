"""Control routes of the virtual payment fake: the payer's phone, the console, and people who forge pushes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request, Response

from scripts.local_cloud.fakes.kit import CONTROL_PREFIX, ControlError, Route, json_response, read_control, require
from scripts.local_cloud.fakes.wechat.pushes import Delivery
from scripts.local_cloud.fakes.wechat.users import User
from scripts.local_cloud.fakes.xpay import phone
from scripts.local_cloud.fakes.xpay.events import FORGERIES, delivery_event, falsified, refund_event
from scripts.local_cloud.fakes.xpay.orders import REFUND_FAILED, USER_REFUNDED, Order, Refund

if TYPE_CHECKING:
    from scripts.local_cloud.fakes.xpay.app import XPayFake

MAX_COPIES = 20
OUTCOMES = {"done": USER_REFUNDED, "failed": REFUND_FAILED}


class Control:
    """Views over the fake's memory. Pushes go out while no lock is held: the merchant asks back."""

    def __init__(self, fake: XPayFake) -> None:
        self._fake = fake

    def routes(self) -> list[Route]:
        views = {
            "pay": self.pay,
            "push": self.push,
            "close": self.close,
            "refund": self.refund,
            "settle_refund": self.settle_refund,
            "rotate_session": self.rotate_session,
        }
        return [Route("POST", CONTROL_PREFIX + name, "control", view) for name, view in views.items()]

    def pay(self, request: Request) -> Response:
        """wx.requestVirtualPayment, confirmed with the password.

        {"payment": what the phone got, "user"?: whose phone, "cancel"?, "apple"?, "notify"? = 1, "forge"?, "concurrent"?} ->
        {"wx_order_id", "notifications"}. With "forge" or "cancel" nobody pays; the order is there and stays payable.
        """
        wishes = read_control(request)
        forge, copies, apple = _forgery(wishes), _copies(wishes), bool(wishes.get("apple"))
        payment = require(wishes, "payment")
        wanted = phone.read_sign_data(payment, self._fake.counter, apple=apple)
        payer = self._payer(payment, wishes.get("user"))
        with self._fake.lock:
            order = self._opened(wanted, payer, apple=apple)
            if order.paid_at is not None:
                raise ControlError("requestVirtualPayment:fail -15001 the order was paid before")
            if forge is None and not wishes.get("cancel"):
                order.paid_at = self._fake.clock.now()
        if wishes.get("cancel"):
            raise ControlError("requestVirtualPayment:fail cancel")
        return self._report(order, self._tell(order, copies, wishes, forge))

    def push(self, request: Request) -> Response:
        """Tell (again) of an order: {"out_trade_no", "notify"? = 1, "forge"?, "concurrent"?}."""
        wishes = read_control(request)
        order = self._find(wishes)
        return self._report(order, self._tell(order, _copies(wishes), wishes, _forgery(wishes)))

    def close(self, request: Request) -> Response:
        """The vendor closes an order that nobody paid: {"out_trade_no"}."""
        order = self._find(read_control(request))
        order.closed = True
        return json_response({"status": order.status(self._fake.clock.now())})

    def refund(self, request: Request) -> Response:
        """Somebody refunds without us, in the console or at Apple: {"out_trade_no", "fee"?, "notify"? = 1, "concurrent"?}."""
        wishes, now = read_control(request), self._fake.clock.now()
        order = self._find(wishes)
        if order.paid_at is None:
            raise ControlError(f"order {order.number} is not paid")
        fee = int(wishes.get("fee", order.fee - order.refunded_fee(now)))
        made = Refund(f"console{len(order.refunds):08d}", fee, now, USER_REFUNDED)
        with self._fake.lock:
            order.refunds.append(made)
        return self._report(order, self._tell_refund(order, made, wishes))

    def settle_refund(self, request: Request) -> Response:
        """Decide a refund: {"refund_order_id", "outcome"? = "done" | "failed", "notify"? = 1, "concurrent"?}."""
        wishes = read_control(request)
        number, outcome = str(require(wishes, "refund_order_id")), str(wishes.get("outcome", "done"))
        if outcome not in OUTCOMES:
            raise ControlError(f"unknown outcome {outcome!r}; known: {', '.join(OUTCOMES)}")
        with self._fake.lock:
            orders = self._fake.orders.orders.values()
            found = [(order, refund) for order in orders for refund in order.refunds if refund.number == number]
            if not found:
                raise ControlError("no such refund")
            order, refund = found[0]
            refund.decided = OUTCOMES[outcome]
        return self._report(order, self._tell_refund(order, refund, wishes))

    def rotate_session(self, request: Request) -> Response:
        """The user's session_key is replaced and nobody tells us: {"user"}."""
        wechat = self._fake.wechat
        with wechat.lock:
            user = wechat.users.see(str(require(read_control(request), "user")), wechat.clock.now())
            wechat.users.rotate(user)
        return json_response({"openid": user.openid})

    def _payer(self, payment: dict[str, Any], name: object) -> User:
        """Whose session signed it; on somebody else's phone the signature is wrong."""
        with self._fake.wechat.lock:
            everybody = self._fake.wechat.users.everybody()
        signers = [user for user in everybody if user.session_key and phone.signed_by(user.session_key, payment)]
        if not signers or (name and signers[0].name != name):
            raise phone.signature_refused()
        return signers[0]

    def _opened(self, wanted: dict[str, Any], payer: User, *, apple: bool) -> Order:
        """The same signData again is the same order."""
        number, orders = str(wanted["outTradeNo"]), self._fake.orders.orders
        order = orders.setdefault(number, Order(wanted, payer.openid, self._fake.clock.now(), apple))
        if order.wanted != wanted or order.openid != payer.openid:
            raise ControlError("requestVirtualPayment:fail -15001 outTradeNo was used for another order")
        if order.closed:
            raise ControlError("requestVirtualPayment:fail -15001 the order is closed")
        return order

    def _find(self, wishes: dict[str, Any]) -> Order:
        order = self._fake.orders.orders.get(str(require(wishes, "out_trade_no")))
        if order is None:
            raise ControlError("no such order")
        return order

    def _tell(self, order: Order, copies: int, wishes: dict[str, Any], forge: str | None) -> list[Delivery]:
        event = falsified(delivery_event(order, self._fake.clock.now()), forge)
        if copies and forge is None:
            order.pushed = True
        return self._fake.wechat.pushes.send(
            event,
            copies=copies,
            concurrent=bool(wishes.get("concurrent")),
            forge=forge,
            acknowledged=lambda: self._delivered(order),
        )

    def _tell_refund(self, order: Order, refund: Refund, wishes: dict[str, Any]) -> list[Delivery]:
        event = refund_event(order, refund, self._fake.clock.now())
        concurrent = bool(wishes.get("concurrent"))
        return self._fake.wechat.pushes.send(event, copies=_copies(wishes), concurrent=concurrent)

    def _delivered(self, order: Order) -> None:
        with self._fake.lock:
            if order.paid_at is not None and order.delivered_at is None:
                order.delivered_at = self._fake.clock.now()

    def _report(self, order: Order, sent: list[Delivery]) -> Response:
        shown = [delivery.as_json() for delivery in sent]
        return json_response({"wx_order_id": order.wx_order_id, "notifications": shown})


def _copies(wishes: dict[str, Any]) -> int:
    copies = wishes.get("notify", 1)
    if type(copies) is not int or not 0 <= copies <= MAX_COPIES:
        raise ControlError(f"notify must be a whole number from 0 to {MAX_COPIES}")
    return copies


def _forgery(wishes: dict[str, Any]) -> str | None:
    forge = wishes.get("forge")
    if forge is not None and forge not in FORGERIES:
        raise ControlError(f"unknown forge {forge!r}; known: {', '.join(sorted(FORGERIES))}")
    return None if forge is None else str(forge)
