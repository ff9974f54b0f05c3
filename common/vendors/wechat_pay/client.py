"""WeChat Pay v3 for mini-programs (JSAPI): order, query, close, refund, notifications. Implements the port PaymentGate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, ValidationError

from common import clock
from common.domain.orders import PaymentStatus, PrepayId, Prepayment
from common.domain.refunds import RefundStatus
from common.errors import SettingsInvalid, VendorObjectMissing, VendorRejected
from common.vendors.wechat_pay import notify, pay_sign, signature
from common.vendors.wechat_pay.errors import is_code, raise_refusal, reply_invalid
from common.vendors.wechat_pay.keys import read_platform_keys, read_private_key
from common.vendors.wechat_pay.models import REFUND_STATES, STATES, OrderState, Prepaid, RefundState, Transaction

if TYPE_CHECKING:
    import httpx
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    from common.domain.orders import Order, OrderNumber, PaymentEvidence, Provider
    from common.domain.refunds import Refund, RefundEvidence
    from common.http import HttpClient, VendorHttp
    from common.vendors.wechat_pay.settings import WeChatPaySettings

Model = TypeVar("Model", bound=BaseModel)

BEIJING = timezone(timedelta(hours=8))
DESCRIPTION_BYTES = 127
REASON_BYTES = 80
REFUNDS = "/v3/refund/domestic/refunds"
ATTEMPTS = 3
READ_TIMEOUT_S = 15


class WeChatPay:
    """One merchant. Money is in fen. Every call is safe to repeat: WeChat knows orders and refunds by our numbers.

    `report_delivery` tells the mini-program's delivery management; None where nobody has to.
    """

    provider: Provider = "v3"

    def __init__(
        self, settings: WeChatPaySettings, http: HttpClient, report_delivery: Callable[[Order], None] | None = None
    ) -> None:
        """Raises SettingsInvalid without a key of the platform, and without `appid` or `notify_url`."""
        missing = [name for name in ("appid", "notify_url") if not getattr(settings, name)]
        if missing:
            raise SettingsInvalid(problems=[f"WECHAT_PAY_{name.upper()}: missing" for name in missing])
        self._settings = settings
        self._report_delivery = report_delivery
        self.reports_delivery = report_delivery is not None
        self._platform_keys = read_platform_keys(
            settings.public_key_id, settings.public_key, settings.platform_certificates, now=clock.now()
        )
        self._shared_http = http

    @cached_property
    def _key(self) -> RSAPrivateKey:
        """Checking one takes 30 ms, and who only hears from WeChat signs nothing. Raises SettingsInvalid."""
        return read_private_key(self._settings.private_key.get_secret_value())

    @cached_property
    def _http(self) -> VendorHttp:
        """Raises SettingsInvalid."""
        settings = self._settings
        return self._shared_http.for_vendor(
            "wechat_pay",
            base_url=settings.base_url,
            auth=signature.MerchantSignature(mchid=settings.mchid, serial=settings.cert_serial, key=self._key),
            read_timeout_s=READ_TIMEOUT_S,
            check=self._check,
        )

    def prepay(self, order: Order, *, payer_ip: str, now: datetime) -> Prepayment:  # noqa: ARG002
        """The same order gives a prepay_id again, for two hours; other contents under its number are VendorRejected."""
        body = {
            "appid": self._settings.appid,
            "mchid": self._settings.mchid,
            "description": _within_bytes(order.description, DESCRIPTION_BYTES),
            "out_trade_no": order.number,
            "time_expire": order.expires_at.astimezone(BEIJING).isoformat(timespec="seconds"),
            "notify_url": self._settings.notify_url,
            "amount": {"total": order.amount_fen, "currency": "CNY"},
            "payer": {"openid": order.openid},
        }
        response = self._request("POST", "/v3/pay/transactions/jsapi", operation="prepay", json=body)
        prepay_id = PrepayId(_read(Prepaid, response, "prepay").prepay_id)
        payment = pay_sign.payment_parameters(
            self._key, appid=self._settings.appid, prepay_id=prepay_id, nonce=signature.new_nonce(), now=now
        )
        return Prepayment(payment, prepay_id)

    def find_order(self, order: Order) -> PaymentStatus:
        """The truth about an order; "unknown" when WeChat never heard of it. A partial refund is "refunded" too."""
        path = f"{_order_path(order)}?mchid={quote(self._settings.mchid, safe='')}"
        try:
            response = self._request("GET", path, operation="find_order")
        except VendorObjectMissing as error:
            if is_code(error, "ORDERNOTEXIST"):
                return PaymentStatus("unknown")
            raise
        return _status(response, order.number)

    def close_order(self, order: Order) -> None:
        """Nobody can pay it any more. Closed before, or never heard of, is done; VendorRejected when it was paid."""
        body = {"mchid": self._settings.mchid}
        try:
            self._request("POST", f"{_order_path(order)}/close", operation="close_order", json=body)
        except VendorRejected as error:
            if not (is_code(error, "ORDERCLOSED") or is_code(error, "ORDERNOTEXIST")):
                raise

    def confirm_delivery(self, order: Order) -> None:
        """WeChat Pay itself wants no such report; the mini-program it belongs to may."""
        if self._report_delivery is not None:
            self._report_delivery(order)

    def refund(self, order: Order, refund: Refund) -> RefundStatus:
        """The same refund again is the same refund; VendorRejected when it can never be, as when money is missing."""
        body = {
            "out_trade_no": order.number,
            "out_refund_no": refund.number,
            "reason": _within_bytes(refund.reason, REASON_BYTES),
            "notify_url": self._settings.notify_url,
            "amount": {"refund": refund.amount_fen, "total": order.amount_fen, "currency": "CNY"},
        }
        response = self._request("POST", REFUNDS, operation="refund", json=body)
        return _refund_status(response, refund, "refund")

    def find_refund(self, order: Order, refund: Refund) -> RefundStatus:  # noqa: ARG002
        """ "unknown" when WeChat never heard of it."""
        try:
            response = self._request("GET", f"{REFUNDS}/{quote(refund.number, safe='')}", operation="find_refund")
        except VendorObjectMissing:
            return RefundStatus("unknown")
        return _refund_status(response, refund, "find_refund")

    def read_notification(
        self, headers: Mapping[str, str], body: bytes, *, now: datetime
    ) -> PaymentEvidence | RefundEvidence | None:
        """`body` as it came, byte for byte. None for what is about neither. Raises NotificationRefused."""
        key = self._settings.api_v3_key.get_secret_value().encode()
        return notify.read(headers, body, keys=self._platform_keys, api_v3_key=key, mchid=self._settings.mchid, now=now)

    def is_ours(self, evidence: PaymentEvidence) -> bool:
        return (evidence.appid, evidence.mchid) == (self._settings.appid, self._settings.mchid)

    def _request(self, method: str, path: str, *, operation: str, json: object = None) -> httpx.Response:
        """Wechatpay-Serial asks for answers signed with the current key: without it a certificate would sign them."""
        headers = {"Accept": "application/json", "Wechatpay-Serial": next(iter(self._platform_keys))}
        return self._http.request(method, path, operation=operation, json=json, headers=headers, attempts=ATTEMPTS)

    def _check(self, response: httpx.Response) -> None:
        """Only good answers are signed, and those are verified before anything in them is read."""
        raise_refusal(response)
        if response.status_code < 400:
            signature.verify(response.headers, response.content, self._platform_keys, now=clock.now())


def _status(response: httpx.Response, number: OrderNumber) -> PaymentStatus:
    order = _read(OrderState, response, "find_order")
    state = STATES.get(order.trade_state)
    if state is None or order.out_trade_no != number:
        raise reply_invalid("find_order", "trade_state" if state is None else "out_trade_no")
    if state not in ("paid", "refunded"):
        return PaymentStatus(state)
    return PaymentStatus(state, _read(Transaction, response, "find_order").as_evidence())


def _refund_status(response: httpx.Response, refund: Refund, operation: str) -> RefundStatus:
    found = _read(RefundState, response, operation)
    state = REFUND_STATES.get(found.status)
    if state is None or found.out_refund_no != refund.number:
        raise reply_invalid(operation, "status" if state is None else "out_refund_no")
    return RefundStatus(state, found.amount.refund)


def _order_path(order: Order) -> str:
    return f"/v3/pay/transactions/out-trade-no/{quote(order.number, safe='')}"


def _within_bytes(text: str, limit: int) -> str:
    """Whole characters only: WeChat counts bytes."""
    return text.encode()[:limit].decode(errors="ignore")


def _read(model: type[Model], response: httpx.Response, operation: str) -> Model:
    try:
        return model.model_validate_json(response.content)
    except ValidationError:
        raise reply_invalid(operation, f"not a {model.__name__}") from None
