"""Control routes of the WeChat Pay fake: the payer's phone, the vendor's retries, and people who forge notifications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request, Response

from scripts.local_cloud.fakes.kit import CONTROL_PREFIX, ControlError, Route, json_response, read_control, require
from scripts.local_cloud.fakes.wechat_pay import crypto
from scripts.local_cloud.fakes.wechat_pay.courier import MAX_COPIES, Delivery
from scripts.local_cloud.fakes.wechat_pay.errors import PayError
from scripts.local_cloud.fakes.wechat_pay.letters import FORGERIES, PROBE, Letter, forge_letter, write_letter
from scripts.local_cloud.fakes.wechat_pay.orders import NotPayable, Order, Payment, describe
from scripts.local_cloud.fakes.wechat_pay.refunds import STATUSES, describe_refund, describe_refund_event

if TYPE_CHECKING:
    from scripts.local_cloud.fakes.wechat_pay.app import WeChatPayFake

PACKAGE_PREFIX = "prepay_id="
PAYMENT_NAMES = ("timeStamp", "nonceStr", "package", "signType", "paySign")


class Control:
    """Views over the fake's memory. Notifications go out while no lock is held: the merchant may ask back."""

    def __init__(self, fake: WeChatPayFake) -> None:
        self._fake = fake

    def routes(self) -> list[Route]:
        views = {
            "pay": self.pay,
            "notify": self.notify,
            "replay": self.replay,
            "settle_refund": self.settle_refund,
            "refuse": self.refuse,
            "sign_with": self.sign_with,
        }
        return [Route("POST", CONTROL_PREFIX + name, "control", view) for name, view in views.items()]

    def pay(self, request: Request) -> Response:
        """The payer pays, and the merchant hears of it `notify` times (default 1; 0 = the notification is lost).

        {"prepay_id" | "out_trade_no" | "payment": what wx.requestPayment would get, its paySign is checked,
         "notify"?, "forge"?, "concurrent"?, "retry"?} -> {"transaction_id", "notifications": [{"status", "body"}]}.
        Every `forge` but "probe" is a stranger's letter: nobody pays and the order stays as it is.
        """
        wishes = read_control(request)
        forge = wishes.get("forge")
        if forge is not None and forge != PROBE and forge not in FORGERIES:
            raise ControlError(f"unknown forge {forge!r}; known: {', '.join(sorted(FORGERIES | {PROBE}))}")
        copies = _copies(wishes)
        now = self._fake.clock.now()
        with self._fake.lock:
            order = self._find(wishes)
            payment = (order.payment or Payment.now(now)) if forge in FORGERIES else self._pay(order, now)
        letter = self._payment_letter(order, payment, now, forge)
        return self._report(payment, self._deliver(letter, copies, wishes))

    def notify(self, request: Request) -> Response:
        """Tell the merchant (again) of an order that is paid: {"out_trade_no" | "prepay_id", "notify"?, "bare"?, ...}."""
        wishes = read_control(request)
        with self._fake.lock:
            order = self._find(wishes)
        if order.payment is None:
            raise ControlError(f"order {order.number} is not paid")
        letter = self._payment_letter(order, order.payment, self._fake.clock.now(), None, bare=bool(wishes.get("bare")))
        return self._report(order.payment, self._deliver(letter, _copies(wishes), wishes))

    def refuse(self, request: Request) -> Response:
        """The payer's bank says no: {"payment" | "out_trade_no" | "prepay_id"}. Nobody is told, and the order stays payable."""
        with self._fake.lock:
            order = self._find(read_control(request))
            order.refused += 1
        return json_response({"trade_state": order.state(self._fake.clock.now()), "refused": order.refused})

    def sign_with(self, request: Request) -> Response:
        """The platform's keys rotate: {"key": "public_key" | "next_public_key" | "certificate"} signs notifications now."""
        name = str(require(read_control(request), "key"))
        try:
            self._fake.sign_with(name)
        except KeyError:
            raise ControlError(f"unknown key {name!r}; known: {', '.join(self._fake.account.signers())}") from None
        return json_response({"key": name})

    def replay(self, request: Request) -> Response:
        """Send delivery {"index"} of GET /__fake__/state again, byte for byte."""
        try:
            delivery = self._fake.courier.replay(int(require(read_control(request), "index")))
        except (IndexError, TypeError, ValueError) as error:
            raise ControlError(str(error)) from error
        return json_response({"notifications": [delivery.as_json()]})

    def settle_refund(self, request: Request) -> Response:
        """Decide a refund: {"out_refund_no", "status"? = SUCCESS, "notify"? = 1, "retry"?, "concurrent"?}."""
        wishes = read_control(request)
        status, now = str(wishes.get("status", "SUCCESS")), self._fake.clock.now()
        if status not in STATUSES:
            raise ControlError(f"unknown status {status!r}; known: {', '.join(sorted(STATUSES))}")
        with self._fake.lock:
            try:
                refund = self._fake.refunds.find(str(require(wishes, "out_refund_no")))
            except PayError as error:
                raise ControlError(error.message) from error
            refund.decided = status
        sent: list[Delivery] = []
        url = refund.body.get("notify_url")
        if url and status != "PROCESSING":
            content = describe_refund_event(refund, now)
            letter = write_letter(self._fake.account, url, f"REFUND.{status}", content, now)
            sent = self._deliver(letter, _copies(wishes), wishes)
        shown = [delivery.as_json() for delivery in sent]
        return json_response({"refund": describe_refund(refund, now), "notifications": shown})

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
        timestamp, nonce, package, sign_type, signature = (str(require(payment, name)) for name in PAYMENT_NAMES)
        message = crypto.payment_message(self._fake.appid, timestamp, nonce, package)
        if sign_type != "RSA" or not package.startswith(PACKAGE_PREFIX):
            raise ControlError("requestPayment:fail: signType must be RSA and package must be prepay_id=...")
        if not crypto.verify(self._fake.account.merchant_key.public_key(), message, signature):
            raise ControlError("requestPayment:fail: paySign does not verify")
        return package[len(PACKAGE_PREFIX) :]

    def _pay(self, order: Order, now: float) -> Payment:
        try:
            return self._fake.orders.pay(order, now)
        except NotPayable as error:
            raise ControlError(str(error)) from error

    def _payment_letter(
        self, order: Order, payment: Payment, now: float, forge: str | None, *, bare: bool = False
    ) -> Letter:
        content, url = describe(order, payment, "SUCCESS"), str(order.body["notify_url"])
        if forge:
            return forge_letter(self._fake.account, url, content, now, forge)
        return write_letter(self._fake.account, url, "TRANSACTION.SUCCESS", content, now, bare=bare)

    def _deliver(self, letter: Letter, copies: int, wishes: dict[str, Any]) -> list[Delivery]:
        if copies == 0:
            return []
        concurrent, retry = bool(wishes.get("concurrent")), bool(wishes.get("retry"))
        return self._fake.courier.deliver(letter, copies=copies, concurrent=concurrent, retry=retry)

    def _report(self, payment: Payment, sent: list[Delivery]) -> Response:
        shown = [delivery.as_json() for delivery in sent]
        return json_response({"transaction_id": payment.transaction_id, "notifications": shown})


def _copies(wishes: dict[str, Any]) -> int:
    copies = wishes.get("notify", 1)
    if type(copies) is not int or not 0 <= copies <= MAX_COPIES:
        raise ControlError(f"notify must be a whole number from 0 to {MAX_COPIES}")
    return copies
