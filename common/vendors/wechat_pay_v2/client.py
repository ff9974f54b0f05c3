"""WeChat Pay v2 for mini-programs (JSAPI): order, query, close, refund, notifications. Implements the port PaymentGate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from common.domain.orders import Order, PaymentEvidence, PaymentStatus, PrepayId, Prepayment, Provider
from common.domain.refunds import Refund, RefundEvidence, RefundStatus
from common.errors import SettingsInvalid, VendorObjectMissing, VendorRejected, VendorReplyInvalid
from common.http import HttpClient, VendorHttp
from common.http.certificate import ClientCertificate
from common.vendors.wechat_pay_v2 import errors, notify, pay_sign, signature, xml
from common.vendors.wechat_pay_v2.keys import read_client_certificate
from common.vendors.wechat_pay_v2.models import (
    STATES,
    OrderState,
    Prepaid,
    RefundAsked,
    RefundFound,
    Transaction,
    beijing,
)
from common.vendors.wechat_pay_v2.settings import WeChatPayV2Settings

if TYPE_CHECKING:
    import httpx

Model = TypeVar("Model", bound=BaseModel)

BODY_BYTES = 127
REASON_BYTES = 80
ATTEMPTS = 3
READ_TIMEOUT_S = 15
HEADERS = {"Content-Type": "text/xml; charset=utf-8"}

#: Where the platform does not tell who pays, or a test does not.
NO_ADDRESS = "127.0.0.1"


class WeChatPayV2:
    """One merchant. Money is in fen. Every call is safe to repeat: WeChat knows orders and refunds by our numbers."""

    provider: Provider = "v2"

    def __init__(
        self, settings: WeChatPayV2Settings, http: HttpClient, report_delivery: Callable[[Order], None] | None = None
    ) -> None:
        """Raises SettingsInvalid without `appid` or `notify_url`."""
        missing = [name for name in ("appid", "notify_url") if not getattr(settings, name)]
        if missing:
            raise SettingsInvalid(problems=[f"WECHAT_PAY_V2_{name.upper()}: missing" for name in missing])
        self._settings = settings
        self._report_delivery = report_delivery
        self.reports_delivery = report_delivery is not None
        self._key = settings.api_key.get_secret_value()
        self._http = http
        self._plain = self._connect()

    def prepay(self, order: Order, *, payer_ip: str, now: datetime) -> Prepayment:
        """The same order from the same `payer_ip` gives a prepay_id again; other contents are VendorRejected."""
        fields = self._post(
            "/pay/unifiedorder",
            {
                "body": _within_bytes(order.description, BODY_BYTES),
                "out_trade_no": order.number,
                "fee_type": "CNY",
                "total_fee": str(order.amount_fen),
                "spbill_create_ip": payer_ip or NO_ADDRESS,
                "time_start": beijing(order.created_at),
                "time_expire": beijing(order.expires_at),
                "notify_url": self._settings.notify_url,
                "trade_type": "JSAPI",
                "openid": order.openid,
            },
            operation="prepay",
        )
        prepay_id = PrepayId(_read(Prepaid, fields).prepay_id)
        payment = pay_sign.payment_parameters(
            self._key,
            appid=self._settings.appid,
            prepay_id=prepay_id,
            sign_type=self._settings.sign_type,
            nonce=signature.new_nonce(),
            now=now,
        )
        return Prepayment(payment, prepay_id)

    def find_order(self, order: Order) -> PaymentStatus:
        """The truth about an order; "unknown" when WeChat never heard of it. A partial refund is "refunded" too."""
        try:
            fields = self._post("/pay/orderquery", {"out_trade_no": order.number}, operation="find_order")
        except VendorObjectMissing:
            return PaymentStatus("unknown")
        found = _read(OrderState, fields)
        state = STATES.get(found.trade_state)
        if state is None or found.out_trade_no != order.number:
            raise _reply_invalid("trade_state" if state is None else "out_trade_no")
        if state == "paid" or (state == "refunded" and "transaction_id" in fields):
            return PaymentStatus(state, _read(Transaction, fields).as_evidence())
        return PaymentStatus(state)

    def close_order(self, order: Order) -> None:
        """Nobody can pay it any more. Closed before, or never heard of, is done; VendorRejected when it was paid."""
        try:
            self._post("/pay/closeorder", {"out_trade_no": order.number}, operation="close_order")
        except VendorRejected as error:
            if not errors.is_code(error, "ORDERCLOSED", "ORDERNOTEXIST"):
                raise

    def confirm_delivery(self, order: Order) -> None:
        """WeChat Pay itself wants no such report; the mini-program it belongs to may."""
        if self._report_delivery is not None:
            self._report_delivery(order)

    def refund(self, order: Order, refund: Refund) -> RefundStatus:
        """The same refund again is the same refund; VendorRejected when it can never be, as when money is missing.

        Raises SettingsInvalid without a client certificate: then it was not even asked for.
        """
        fields = self._post(
            "/secapi/pay/refund",
            {
                "out_trade_no": order.number,
                "out_refund_no": refund.number,
                "total_fee": str(order.amount_fen),
                "refund_fee": str(refund.amount_fen),
                "refund_desc": _within_bytes(refund.reason, REASON_BYTES),
                "notify_url": self._settings.notify_url,
            },
            operation="refund",
            over=self._certified,
        )
        asked = _read(RefundAsked, fields)
        if asked.out_refund_no != refund.number:
            raise _reply_invalid("out_refund_no")
        return RefundStatus("pending", asked.refund_fee)

    def find_refund(self, order: Order, refund: Refund) -> RefundStatus:  # noqa: ARG002
        """ "unknown" when WeChat never heard of it."""
        try:
            fields = self._post("/pay/refundquery", {"out_refund_no": refund.number}, operation="find_refund")
        except VendorObjectMissing:
            return RefundStatus("unknown")
        status = _read(RefundFound, RefundFound.select(fields, refund.number)).as_status()
        if status is None:
            raise _reply_invalid("refund_status")
        return status

    def read_notification(
        self,
        headers: Mapping[str, str],  # noqa: ARG002
        body: bytes,
        *,
        now: datetime,  # noqa: ARG002
    ) -> PaymentEvidence | RefundEvidence | None:
        """None for what is about neither. Raises NotificationRefused. v2 signs no time: only settling once stops a replay."""
        return notify.read(body, self._settings)

    def is_ours(self, evidence: PaymentEvidence) -> bool:
        return (evidence.appid, evidence.mchid) == (self._settings.appid, self._settings.mchid)

    @cached_property
    def _certified(self) -> VendorHttp:
        """Connections that show the merchant certificate, made when there is something to refund."""
        settings = self._settings
        return self._connect(
            read_client_certificate(settings.client_certificate, settings.client_key.get_secret_value())
        )

    def _connect(self, certificate: ClientCertificate | None = None) -> VendorHttp:
        return self._http.for_vendor(
            "wechat_pay_v2",
            base_url=self._settings.base_url,
            read_timeout_s=READ_TIMEOUT_S,
            check=self._check,
            certificate=certificate,
        )

    def _post(
        self, path: str, fields: Mapping[str, str], *, operation: str, over: VendorHttp | None = None
    ) -> dict[str, str]:
        """Signed once, so that a repetition has the very same bytes. The answer was verified."""
        own = {"appid": self._settings.appid, "mch_id": self._settings.mchid, "nonce_str": signature.new_nonce()}
        content = xml.write(signature.signed({**own, **fields}, self._key, self._settings.sign_type))
        response = (over or self._plain).request(
            "POST", path, operation=operation, content=content, headers=HEADERS, attempts=ATTEMPTS
        )
        return _flat(response)

    def _check(self, response: httpx.Response) -> None:
        """In the vendor's order: understood, signed, about us, done. The first answer that is not raises what it means."""
        if response.status_code >= 400:
            return
        fields = _flat(response)
        errors.raise_not_understood(fields)
        signature.verify(fields, self._key, self._settings.sign_type)
        if (fields.get("appid"), fields.get("mch_id")) != (self._settings.appid, self._settings.mchid):
            raise _reply_invalid("merchant")
        errors.raise_not_done(fields)


def _flat(response: httpx.Response) -> dict[str, str]:
    try:
        return xml.read(response.content)
    except xml.NotFlat as error:
        raise _reply_invalid(str(error)) from None


def _read(model: type[Model], fields: Mapping[str, str]) -> Model:
    try:
        return model.model_validate(fields)
    except ValidationError:
        raise _reply_invalid(f"not a {model.__name__}") from None


def _reply_invalid(reason: str) -> VendorReplyInvalid:
    return VendorReplyInvalid(vendor="wechat_pay_v2", reason=reason)


def _within_bytes(text: str, limit: int) -> str:
    """Whole characters only: WeChat counts bytes."""
    return text.encode()[:limit].decode(errors="ignore")
