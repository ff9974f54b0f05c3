"""The fields of WeChat Pay v2, as far as we read them: texts that have to be what they should be."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Annotated, Literal

from pydantic import AwareDatetime, BeforeValidator, Field

from common.domain.orders import OrderNumber, PaymentEvidence
from common.domain.refunds import RefundEvidence, RefundNumber, RefundStatus
from common.lazy_model import LazyModel

PaymentState = Literal["open", "paid", "closed", "refunded", "unknown"]
RefundOutcome = Literal["pending", "stuck", "done", "failed"]

BEIJING = timezone(timedelta(hours=8))

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

#: CHANGE: the payer's account did not take it; somebody has to send the money elsewhere in the merchant console.
REFUND_STATES: dict[str, RefundOutcome] = {
    "PROCESSING": "pending",
    "SUCCESS": "done",
    "REFUNDCLOSE": "failed",
    "CHANGE": "stuck",
}

#: Partial refunds of one order at most; only ours is in an answer that was asked for by its number.
MOST_REFUNDS = 50


def beijing(moment: datetime) -> str:
    """yyyyMMddHHmmss."""
    return moment.astimezone(BEIJING).strftime("%Y%m%d%H%M%S")


def _read_fen(text: object) -> object:
    """Digits and nothing else: int() would take blanks, signs, underscores and digits of other scripts."""
    if not isinstance(text, str) or not re.fullmatch(r"[0-9]{1,12}", text):
        raise ValueError("not an amount")
    return int(text)


def _read_time(text: object) -> object:
    if not isinstance(text, str) or not re.fullmatch(r"[0-9]{14}", text):
        raise ValueError("not a time")
    return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=BEIJING)


Fen = Annotated[int, BeforeValidator(_read_fen)]
Time = Annotated[AwareDatetime, BeforeValidator(_read_time)]
Text = Annotated[str, Field(min_length=1, max_length=64)]


class Prepaid(LazyModel):
    prepay_id: str = Field(min_length=1, max_length=64)


class OrderState(LazyModel):
    """What every answer about an order has, paid or not."""

    out_trade_no: str
    trade_state: str


class Transaction(LazyModel):
    """A payment: from a query, or a notification. `total_fee` is the price; what coupons left of it (`cash_fee`) is not."""

    appid: Text
    mch_id: Text
    out_trade_no: Text
    transaction_id: Text
    total_fee: Fen
    fee_type: Text = "CNY"
    openid: str = Field(min_length=1, max_length=128)
    time_end: Time

    def as_evidence(self) -> PaymentEvidence:
        return PaymentEvidence(
            number=OrderNumber(self.out_trade_no),
            transaction_id=self.transaction_id,
            appid=self.appid,
            mchid=self.mch_id,
            amount_fen=self.total_fee,
            currency=self.fee_type,
            payer_openid=self.openid,
            paid_at=self.time_end,
        )


class RefundAsked(LazyModel):
    """A refund that was accepted: how it ends has to be asked for."""

    out_refund_no: str
    refund_fee: Fen


class RefundFound(RefundAsked):
    refund_status: str

    @staticmethod
    def select(fields: Mapping[str, str], number: RefundNumber) -> dict[str, str]:
        """The fields of one refund, which are numbered in the answer; empty when it is not there."""
        names = ("out_refund_no", "refund_fee", "refund_status")
        found = ({name: fields.get(f"{name}_{place}", "") for name in names} for place in range(MOST_REFUNDS))
        return next((refund for refund in found if refund["out_refund_no"] == number), {})

    def as_status(self) -> RefundStatus | None:
        """None for a state nobody documented."""
        state = REFUND_STATES.get(self.refund_status)
        return RefundStatus(state, self.refund_fee) if state else None


class RefundLetter(LazyModel):
    """The outside of a refund's notification. Nothing here is signed: only `req_info` proves who wrote it."""

    appid: str
    mch_id: str
    req_info: str


class RefundNotice(LazyModel):
    """The inside of it, as far as it tells what to ask about."""

    out_trade_no: Text
    out_refund_no: Text

    def as_evidence(self) -> RefundEvidence:
        return RefundEvidence(OrderNumber(self.out_trade_no), RefundNumber(self.out_refund_no))
