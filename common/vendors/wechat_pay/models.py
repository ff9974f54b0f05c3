"""The JSON of WeChat Pay v3, as far as we read it."""

from typing import Literal

from pydantic import AwareDatetime, Field

from common.domain.orders import OrderNumber, PaymentEvidence
from common.domain.refunds import RefundEvidence, RefundNumber
from common.lazy_model import LazyModel

PaymentState = Literal["open", "paid", "closed", "refunded", "unknown"]

#: trade_state → what it means for an order of ours. A failed try (PAYERROR) leaves the order payable.
STATES: dict[str, PaymentState] = {
    "NOTPAY": "open",
    "USERPAYING": "open",
    "ACCEPT": "open",
    "PAYERROR": "open",
    "SUCCESS": "paid",
    "CLOSED": "closed",
    "REVOKED": "closed",
    "REFUND": "refunded",
}


RefundOutcome = Literal["pending", "stuck", "done", "failed"]

#: ABNORMAL: the payer's account did not take it; somebody has to send the money elsewhere in the merchant console.
REFUND_STATES: dict[str, RefundOutcome] = {
    "PROCESSING": "pending",
    "SUCCESS": "done",
    "CLOSED": "failed",
    "ABNORMAL": "stuck",
}


class Prepaid(LazyModel):
    prepay_id: str = Field(min_length=1)


class Payer(LazyModel):
    openid: str | None = None


class Amount(LazyModel):
    """Fen."""

    total: int = Field(ge=0, strict=True)
    currency: str = "CNY"


class OrderState(LazyModel):
    """What every answer about an order has, paid or not."""

    out_trade_no: str
    trade_state: str


class Transaction(OrderState):
    """A payment: from a query, or out of a notification."""

    appid: str
    mchid: str
    transaction_id: str = Field(min_length=1, max_length=64)
    success_time: AwareDatetime
    amount: Amount
    payer: Payer = Field(default_factory=Payer)

    def as_evidence(self) -> PaymentEvidence:
        return PaymentEvidence(
            number=OrderNumber(self.out_trade_no),
            transaction_id=self.transaction_id,
            appid=self.appid,
            mchid=self.mchid,
            amount_fen=self.amount.total,
            currency=self.amount.currency,
            payer_openid=self.payer.openid,
            paid_at=self.success_time,
        )


class RefundAmount(LazyModel):
    """Fen."""

    refund: int = Field(ge=0, strict=True)


class RefundState(LazyModel):
    """A refund, as asked for and as found."""

    out_refund_no: str
    status: str
    amount: RefundAmount


class RefundNotice(LazyModel):
    """The content of a refund's notification, as far as it tells what to ask about."""

    mchid: str
    out_trade_no: str
    out_refund_no: str

    def as_evidence(self) -> RefundEvidence:
        return RefundEvidence(OrderNumber(self.out_trade_no), RefundNumber(self.out_refund_no))


class Sealed(LazyModel):
    """The encrypted part of a notification. `associated_data` may be empty or missing."""

    algorithm: Literal["AEAD_AES_256_GCM"]
    ciphertext: str
    nonce: str
    associated_data: str | None = None


class Notification(LazyModel):
    event_type: str
    resource: Sealed
