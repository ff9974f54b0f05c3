"""Control routes of the WeChat Pay v2 fake: the payer's phone, the vendor's retries, and people who forge notifications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request, Response

from scripts.local_cloud.fakes.kit import CONTROL_PREFIX, ControlError, Route, json_response, read_control, require
from scripts.local_cloud.fakes.wechat_pay_v2 import crypto
from scripts.local_cloud.fakes.wechat_pay_v2.courier import MAX_COPIES, Delivery
from scripts.local_cloud.fakes.wechat_pay_v2.letters import FORGERIES, Letter, payment_letter, refund_letter
from scripts.local_cloud.fakes.wechat_pay_v2.orders import NotPayable, Order, Payment, describe
from scripts.local_cloud.fakes.wechat_pay_v2.refunds import STATUSES, describe_event, describe_found

if TYPE_CHECKING:
    from scripts.local_cloud.fakes.wechat_pay_v2.app import WeChatPayV2Fake

PACKAGE_PREFIX = "prepay_id="
PAYMENT_NAMES = ("timeStamp", "nonceStr", "package", "signType")


class Control:
    """Views over the fake's memory. Notifications go out while no lock is held: the merchant may ask back."""

    def __init__(self, fake: WeChatPayV2Fake) -> None:
        self._fake = fake

    def routes(self) -> list[Route]:
        views = {
            "pay": self.pay,
            "cancel": self.cancel,
            "refuse": self.refuse,
            "notify": self.notify,
            "deliver_due": self.deliver_due,
            "replay": self.replay,
            "settle_refund": self.settle_refund,
            "client_certificate": self.client_certificate,
        }
        return [Route("POST", CONTROL_PREFIX + name, "control", view) for name, view in views.items()]

    def pay(self, request: Request) -> Response:
        """The payer pays, and the merchant hears of it `notify` times (default 1; 0 = the notification is lost).

        {"prepay_id" | "out_trade_no" | "payment": what wx.requestPayment would get, its paySign is checked,
         "notify"?, "late"?, "forge"?, "concurrent"?, "retry"?} -> {"transaction_id", "notifications": [...]}.
        `late`: nothing arrives now, and the schedule takes its course. `forge` is a stranger's letter: nobody pays.
        """
        wishes = read_control(request)
        forge = wishes.get("forge")
        if forge is not None and forge not in FORGERIES:
            raise ControlError(f"unknown forge {forge!r}; known: {', '.join(sorted(FORGERIES))}")
        copies, now = _copies(wishes), self._fake.clock.now()
        with self._fake.lock:
            order = self._find(wishes)
            payment = (order.payment or Payment.now(now)) if forge else self._pay(order, now)
        return self._tell(order, payment, copies, wishes, forge)

    def cancel(self, request: Request) -> Response:
        """The payer closes the dialogue: nothing happens, and the client's wx.requestPayment fails."""
        with self._fake.lock:
            order = self._find(read_control(request))
        return json_response({"errMsg": "requestPayment:fail cancel", "trade_state": self._state(order)})

    def refuse(self, request: Request) -> Response:
        """The payer's bank says no: nobody is told, and the order can still be paid."""
        with self._fake.lock:
            order = self._find(read_control(request))
            order.refused += 1
        return json_response({"trade_state": self._state(order), "refused": order.refused})

    def notify(self, request: Request) -> Response:
        """Tell the merchant (again) of an order that is paid: {"out_trade_no" | "prepay_id", "notify"?, ...}."""
        wishes = read_control(request)
        with self._fake.lock:
            order = self._find(wishes)
        if order.payment is None:
            raise ControlError(f"order {order.number} is not paid")
        return self._tell(order, order.payment, _copies(wishes), wishes, None)

    def deliver_due(self, _request: Request) -> Response:
        """Send again what nobody has acknowledged and is due by the fake's clock."""
        return json_response({"notifications": _shown(self._fake.courier.deliver_due())})

    def replay(self, request: Request) -> Response:
        """Send delivery {"index"} of GET /__fake__/state again, byte for byte."""
        try:
            delivery = self._fake.courier.replay(int(require(read_control(request), "index")))
        except (IndexError, TypeError, ValueError) as error:
            raise ControlError(str(error)) from error
        return json_response({"notifications": _shown([delivery])})

    def settle_refund(self, request: Request) -> Response:
        """Decide a refund: {"out_refund_no", "status"? = SUCCESS, "notify"? = 1, "retry"?, "concurrent"?}."""
        wishes = read_control(request)
        status, now = str(wishes.get("status", "SUCCESS")), self._fake.clock.now()
        if status not in STATUSES:
            raise ControlError(f"unknown status {status!r}; known: {', '.join(sorted(STATUSES))}")
        with self._fake.lock:
            refund = self._fake.refunds.refunds.get(str(require(wishes, "out_refund_no")))
            if refund is None:
                raise ControlError("no such refund")
            refund.decided = status
        sent: list[Delivery] = []
        url = refund.body.get("notify_url")
        if url and status != "PROCESSING":
            letter = refund_letter(self._fake.account, self._fake.appid, url, describe_event(refund, now))
            sent = self._deliver(letter, _copies(wishes), wishes)
        return json_response({"refund": describe_found([refund], now), "notifications": _shown(sent)})

    def client_certificate(self, request: Request) -> Response:
        """Over plain http nobody can show one: {"shown": false} makes refunds fail as they do without."""
        self._fake.certificate_shown = bool(require(read_control(request), "shown"))
        return json_response({"shown": self._fake.certificate_shown})

    def _state(self, order: Order) -> str:
        return order.state(self._fake.clock.now())

    def _find(self, wishes: dict[str, Any]) -> Order:
        prepay_id = self._prepay_id(wishes["payment"]) if wishes.get("payment") else wishes.get("prepay_id")
        order = (
            self._fake.orders.find_prepay(str(prepay_id))
            if prepay_id
            else self._fake.orders.orders.get(str(require(wishes, "out_trade_no")))
        )
        if order is None:
            raise ControlError("no such order")
        return order

    def _prepay_id(self, payment: dict[str, Any]) -> str:
        """Check the parameters of wx.requestPayment as the client does, the merchant's paySign included."""
        given = {name: str(require(payment, name)) for name in PAYMENT_NAMES}
        kind, package = given["signType"], given["package"]
        if kind not in crypto.KINDS or not package.startswith(PACKAGE_PREFIX):
            raise ControlError("requestPayment:fail: signType must be the order's and package must be prepay_id=...")
        expected = crypto.signature({"appId": self._fake.appid, **given}, self._fake.account.api_key, kind)
        if payment.get("paySign") != expected:
            raise ControlError("requestPayment:fail: paySign does not verify")
        order = self._fake.orders.find_prepay(package[len(PACKAGE_PREFIX) :])
        if order is not None and order.sign_type != kind:
            raise ControlError("requestPayment:fail: signType is not the order's")
        return package[len(PACKAGE_PREFIX) :]

    def _pay(self, order: Order, now: float) -> Payment:
        try:
            return self._fake.orders.pay(order, now)
        except NotPayable as error:
            raise ControlError(str(error)) from error

    def _tell(self, order: Order, payment: Payment, copies: int, wishes: dict[str, Any], forge: str | None) -> Response:
        url, content = order.body["notify_url"], describe(order, payment)
        letter = payment_letter(self._fake.account, self._fake.appid, url, content, order.sign_type, forge)
        sent = self._deliver(letter, copies, wishes)
        return json_response({"transaction_id": payment.transaction_id, "notifications": _shown(sent)})

    def _deliver(self, letter: Letter, copies: int, wishes: dict[str, Any]) -> list[Delivery]:
        late, sent = bool(wishes.get("late")), []
        if copies and not late:
            concurrent, retry = bool(wishes.get("concurrent")), bool(wishes.get("retry"))
            sent = self._fake.courier.deliver(letter, copies=copies, concurrent=concurrent, retry=retry)
        if late or (sent and letter.forge is None and not any(delivery.accepted for delivery in sent)):
            self._fake.courier.schedule(letter)
        return sent


def _shown(sent: list[Delivery]) -> list[dict[str, Any]]:
    return [delivery.as_json() for delivery in sent]


def _copies(wishes: dict[str, Any]) -> int:
    copies = wishes.get("notify", 1)
    if type(copies) is not int or not 0 <= copies <= MAX_COPIES:
        raise ControlError(f"notify must be a whole number from 0 to {MAX_COPIES}")
    return copies
