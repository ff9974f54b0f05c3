"""Virtual payment of mini-programs: parameters for the phone, query, delivery, refund. Implements the port PaymentGate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from pydantic import ValidationError

from common.domain.orders import Order, OrderNumber, PaymentEvidence, PaymentStatus, Prepayment, Provider
from common.domain.pushes import PushedEvent
from common.domain.refunds import Refund, RefundEvidence, RefundStatus
from common.domain.users import OpenId, UserId
from common.errors import (
    NotificationRefused,
    SettingsInvalid,
    VendorError,
    VendorObjectMissing,
    VendorRejected,
    WeChatSessionExpired,
)
from common.http import HttpClient
from common.http.tokens import AccessTokens, call_with_token
from common.vendors.xpay import notify, signature
from common.vendors.xpay.errors import DONE_BEFORE, UNKNOWN_OPENID, check, is_code, is_token_error, reply_invalid
from common.vendors.xpay.models import REFUND_STATES, Delivery, Found, FoundOrder, RefundTold
from common.vendors.xpay.settings import XPaySettings

if TYPE_CHECKING:
    import httpx

ATTEMPTS = 3
REASON_CHARACTERS = 200
#: 其它, and 人工客服退款: whoever refunds here is an operator.
REFUND_REASON, REFUND_FROM = "5", "1"


class OpenPush(Protocol):
    def __call__(self, query: Mapping[str, str], body: bytes, *, now: datetime) -> PushedEvent: ...


class XPay:
    """One mini-program in one environment. Every call is safe to repeat: WeChat knows orders and refunds by our numbers.

    `session_key` gives the newest one of a user, or None. `access_token` gets the token that was rejected, or None, and
    returns one to use. `open_push` verifies a push.
    """

    provider: Provider = "xpay"
    reports_delivery = True

    def __init__(
        self,
        settings: XPaySettings,
        http: HttpClient,
        access_token: AccessTokens,
        *,
        session_key: Callable[[UserId], str | None],
        open_push: OpenPush,
    ) -> None:
        """Raises SettingsInvalid without `appid` or the key of the environment."""
        key = "XPAY_APP_KEY" if settings.env == "production" else "XPAY_SANDBOX_APP_KEY"
        problems = [
            f"{name}: missing" for name, value in ((key, settings.key), ("XPAY_APPID", settings.appid)) if not value
        ]
        if problems:
            raise SettingsInvalid(problems=problems)
        self._settings = settings
        self._access_token = access_token
        self._session_key = session_key
        self._open_push = open_push
        self._http = http.for_vendor("xpay", base_url=settings.base_url, check=check)

    def prepay(self, order: Order, *, payer_ip: str, now: datetime) -> Prepayment:  # noqa: ARG002
        """WeChat hears of the order when the phone pays it. Raises WeChatSessionExpired: then the phone logs in again."""
        key = self._session_key(order.user_id)
        if key is None:
            raise WeChatSessionExpired
        self._check_session(order.openid, key)
        return Prepayment(signature.payment_parameters(order, self._settings, key))

    def find_order(self, order: Order) -> PaymentStatus:
        """The truth about an order; "unknown" as long as nobody has begun to pay it."""
        found = self._find(order.openid, order.number, operation="find_order")
        return PaymentStatus("unknown") if found is None else self._status(found, order.openid)

    def close_order(self, order: Order) -> None:
        """There is no such call. What is paid afterwards is found by the last looks and granted."""

    def confirm_delivery(self, order: Order) -> None:
        """Done, also when WeChat knew it from our answer to its push."""
        body = {"order_id": order.number, "env": self._settings.env_number}
        try:
            self._post("notify_provide_goods", body, operation="confirm_delivery")
        except VendorRejected as error:
            if not is_code(error, DONE_BEFORE):
                raise

    def refund(self, order: Order, refund: Refund) -> RefundStatus:
        """Only begun: its end comes by push or query. VendorRejected when it can never be, as for Apple's payments."""
        found = self._find(order.openid, order.number, operation="refund")
        body = {
            "openid": order.openid,
            "order_id": order.number,
            "refund_order_id": refund.number,
            "left_fee": found.left_fee if found else 0,
            "refund_fee": refund.amount_fen,
            "biz_meta": refund.reason[:REASON_CHARACTERS],
            "refund_reason": REFUND_REASON,
            "req_from": REFUND_FROM,
            "env": self._settings.env_number,
        }
        try:
            self._post("refund_order", body, operation="refund")
        except VendorRejected as error:
            if not is_code(error, DONE_BEFORE):
                raise
        return RefundStatus("pending", refund.amount_fen)

    def find_refund(self, order: Order, refund: Refund) -> RefundStatus:
        """A refund is an order of its own there; "unknown" when WeChat never heard of it."""
        found = self._find(order.openid, refund.number, operation="find_refund")
        if found is None:
            return RefundStatus("unknown")
        state = REFUND_STATES.get(found.status)
        if state is None:
            raise reply_invalid("find_refund", "status")
        return RefundStatus(state, found.refund_fee or None)

    def read_notification(
        self, headers: Mapping[str, str], body: bytes, *, now: datetime
    ) -> PaymentEvidence | RefundEvidence | None:
        """`headers` are what came beside the body: the query of the push. WeChat is asked before a payment is believed.

        Raises NotificationRefused, VendorError.
        """
        push = self._open_push(headers, body, now=now)
        if push.name == notify.DELIVER:
            return self._confirmed(notify.read_delivery(push, self._settings))
        return self._refund_told(notify.read_refund(push)) if push.name == notify.REFUNDED else None

    def is_ours(self, evidence: PaymentEvidence) -> bool:
        """A sandbox order is worth nothing in production."""
        return (evidence.appid, evidence.mchid) == (self._settings.appid, self._settings.env)

    def _confirmed(self, told: Delivery) -> PaymentEvidence | None:
        """None for an order whose money has gone back since."""
        openid = OpenId(told.openid)
        found = self._look_up(openid, told.number)
        if found is None:
            raise NotificationRefused(mismatch="order")
        status = self._status(found, openid)
        if status.state == "refunded":
            return None
        if status.state != "paid" or status.evidence is None:
            raise NotificationRefused(mismatch="state")
        if told.goods.price_fen != found.order_fee:
            raise NotificationRefused(mismatch="amount")
        return replace(status.evidence, product_id=told.goods.attach)

    def _refund_told(self, told: RefundTold) -> RefundEvidence:
        """A number that WeChat cannot be asked about is none: a refund in the console or at Apple may have one of its own."""
        number = told.number
        known = number is not None and self._look_up(OpenId(told.openid), number) is not None
        return RefundEvidence(OrderNumber(told.order_number), number if known else None)

    def _look_up(self, openid: OpenId, number: str) -> FoundOrder | None:
        """For a push, so the payer may be a lie."""
        try:
            return self._find(openid, number, operation="confirm_push")
        except VendorRejected as error:
            if is_code(error, UNKNOWN_OPENID):
                raise NotificationRefused(mismatch="payer") from None
            raise

    def _status(self, found: FoundOrder, openid: OpenId) -> PaymentStatus:
        state = found.state
        if state is None or (state == "paid" and not found.is_dated):
            raise reply_invalid("query_order", "status" if state is None else "no time or number of the payment")
        told = state in ("paid", "refunded") and found.is_dated
        return PaymentStatus(state, found.as_evidence(openid, appid=self._settings.appid) if told else None)

    def _find(self, openid: OpenId, number: str, *, operation: str) -> FoundOrder | None:
        body = {"openid": openid, "env": self._settings.env_number, "order_id": number}
        try:
            response = self._post("query_order", body, operation=operation)
        except VendorObjectMissing:
            return None
        try:
            found = Found.model_validate_json(response.content).order
        except ValidationError:
            raise reply_invalid(operation, "not an order") from None
        if found.order_id != number:
            raise reply_invalid(operation, "order_id")
        return found

    def _check_session(self, openid: OpenId, key: str) -> None:
        """Whether the phone would accept what we sign. While WeChat cannot tell, the phone will."""
        signed = {"openid": openid, "signature": signature.user_signature(key, b""), "sig_method": "hmac_sha256"}
        try:
            self._with_token(
                lambda token: self._http.request(
                    "GET",
                    "/wxa/checksession",
                    operation="check_session",
                    params={"access_token": token, **signed},
                    read_timeout_s=3,
                )
            )
        except VendorError:
            return

    def _post(self, name: str, document: Mapping[str, object], *, operation: str) -> httpx.Response:
        uri, content = f"/xpay/{name}", signature.encoded(document)
        signed = signature.pay_sig(self._settings.key, uri, content)
        return self._with_token(
            lambda token: self._http.request(
                "POST",
                uri,
                operation=operation,
                params={"access_token": token, "pay_sig": signed},
                content=content,
                headers={"Content-Type": "application/json"},
                attempts=ATTEMPTS,
            )
        )

    def _with_token(self, call: Callable[[str], httpx.Response]) -> httpx.Response:
        return call_with_token(call, self._access_token, is_token_error=is_token_error)
