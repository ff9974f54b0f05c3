"""What virtual payment says of an order, a refund and a delivery, as far as we read it. Money is in fen."""

import re
from datetime import datetime, timezone
from typing import Literal

from pydantic import AliasChoices, Field

from common.domain.orders import OrderNumber, PaymentEvidence
from common.domain.refunds import RefundNumber
from common.domain.users import OpenId
from common.lazy_model import LazyModel

PaymentState = Literal["open", "paid", "closed", "refunded"]
RefundOutcome = Literal["pending", "done", "failed"]

#: status of query_order → what it means for an order of which nothing is left. 5 is there as soon as a refund is asked for and
#: may fall back. 7: a refund failed, so the money is with us. 8, 9 and 10 are the last steps: the payer's, the advertising's and
#: the partner's share.
STATES: dict[int, PaymentState] = {
    0: "open",
    1: "open",
    2: "paid",
    3: "paid",
    4: "paid",
    5: "refunded",
    6: "closed",
    7: "paid",
    8: "refunded",
    9: "refunded",
    10: "refunded",
}

REFUND_RUNS = 5

#: The same number when it is asked about a refund: that is an order of its own, under the number of the refund.
REFUND_STATES: dict[int, RefundOutcome] = {
    0: "pending",
    1: "pending",
    2: "pending",
    3: "pending",
    4: "pending",
    5: "done",
    6: "failed",
    7: "failed",
    8: "done",
    9: "done",
    10: "done",
}

#: env_type of query_order. Not the numbers of `env`.
ENV_TYPES = {1: "production", 2: "sandbox"}

NUMBER = r"^[0-9A-Za-z_\-|*@]{8,32}$"
OPENID = r"^[0-9A-Za-z_\-]{1,64}$"


class FoundOrder(LazyModel):
    """An order or a refund in the answer of query_order."""

    order_id: str
    status: int
    order_fee: int = Field(ge=0)
    refund_fee: int = Field(default=0, ge=0)
    left_fee: int = Field(default=0, ge=0)
    paid_time: int = Field(default=0, ge=0, le=253_402_300_799)
    env_type: int = 0
    wx_order_id: str = Field(default="", max_length=64)

    @property
    def state(self) -> PaymentState | None:
        """None for a status that nobody documented. Whether money went back is told by the money.

        "open" while a refund runs: it may still fail. "paid" when only a part went back.
        """
        state = STATES.get(self.status)
        if state == "paid" and self.refund_fee > 0 and self.left_fee == 0:
            return "refunded"
        if state == "refunded" and self.left_fee > 0:
            return "open" if self.status == REFUND_RUNS else "paid"
        return state

    @property
    def is_dated(self) -> bool:
        """WeChat's own number and time of payment are there."""
        return bool(self.wx_order_id) and self.paid_time > 0

    def as_evidence(self, openid: OpenId, *, appid: str) -> PaymentEvidence:
        """What counts as merchant is the environment: app and account follow from the token and key we asked with."""
        return PaymentEvidence(
            number=OrderNumber(self.order_id),
            transaction_id=self.wx_order_id,
            appid=appid,
            mchid=ENV_TYPES.get(self.env_type, "unknown"),
            amount_fen=self.order_fee,
            currency="CNY",
            payer_openid=openid,
            paid_at=datetime.fromtimestamp(self.paid_time, timezone.utc),
        )


class Found(LazyModel):
    order: FoundOrder


class Goods(LazyModel):
    """GoodsInfo. `price_fen` is before reductions; `attach` is what we put into signData: the id of our product."""

    product: str = Field(alias="ProductId")
    quantity: int = Field(alias="Quantity")
    price_fen: int = Field(alias="OrigPrice")
    attach: str = Field(alias="Attach", max_length=64)


class Delivery(LazyModel):
    """xpay_goods_deliver_notify. WeChatPayInfo is not there for Apple's payments, so nothing rests on it."""

    openid: str = Field(alias="OpenId", pattern=OPENID)
    number: str = Field(alias="OutTradeNo", pattern=NUMBER)
    env: int = Field(alias="Env")
    goods: Goods = Field(alias="GoodsInfo")


class RefundTold(LazyModel):
    """xpay_refund_notify. MchRefundId may be missing, or somebody else's, when it was not us who refunded."""

    openid: str = Field(validation_alias=AliasChoices("OpenId", "openid"), pattern=OPENID)
    order_number: str = Field(alias="MchOrderId", pattern=NUMBER)
    refund_number: str = Field(default="", alias="MchRefundId", max_length=64)

    @property
    def number(self) -> RefundNumber | None:
        return RefundNumber(self.refund_number) if re.fullmatch(NUMBER, self.refund_number) else None
