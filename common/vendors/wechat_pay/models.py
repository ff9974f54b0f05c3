"""The JSON of WeChat Pay v3, as far as we read it."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel, Field

from common.domain.orders import OrderNumber, PaymentEvidence

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


class Prepaid(BaseModel):
    prepay_id: str = Field(min_length=1)


class Payer(BaseModel):
    openid: str | None = None


class Amount(BaseModel):
    """Fen."""

    total: int = Field(ge=0, strict=True)
    currency: str = "CNY"


class OrderState(BaseModel):
    """What every answer about an order has, paid or not."""

    out_trade_no: str
    trade_state: str


class Transaction(OrderState):
    """A payment: from a query, or out of a notification."""

    appid: str
    mchid: str
    transaction_id: str = Field(min_length=1)
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


class Sealed(BaseModel):
    """The encrypted part of a notification. `associated_data` may be empty or missing."""

    algorithm: Literal["AEAD_AES_256_GCM"]
    ciphertext: str
    nonce: str
    associated_data: str | None = None


class Notification(BaseModel):
    event_type: str
    resource: Sealed
