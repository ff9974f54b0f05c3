"""Orders for credits: what is sold, the states of an order, and what counts as proof of payment. Money is in fen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NewType

from pydantic import Field

from common.domain.users import OpenId, User, UserId
from common.lazy_model import LazyModel

OrderNumber = NewType("OrderNumber", str)
PrepayId = NewType("PrepayId", str)
OrderState = Literal["created", "paid", "granted", "closed", "refunded"]

#: WeChat Pay API v3, its older XML API, and the mini-program's virtual payment.
Provider = Literal["v3", "v2", "xpay"]

#: Who told us: the vendor by itself, the vendor when asked, or somebody with the operator's command.
Source = Literal["notification", "question", "operator"]


@dataclass(frozen=True)
class Product:
    id: str
    name: str
    credits: int
    amount_fen: int


PRODUCTS: tuple[Product, ...] = (
    Product("credits_10", "简历积分 10 点", credits=10, amount_fen=990),
    Product("credits_50", "简历积分 50 点", credits=50, amount_fen=3990),
    Product("credits_120", "简历积分 120 点", credits=120, amount_fen=7990),
)


def find_product(product_id: str) -> Product | None:
    return next((product for product in PRODUCTS if product.id == product_id), None)


@dataclass(frozen=True)
class OrderEvent:
    """Something that happened to an order, for the first time `at`. `source` told of it, `outcome` is what came of it."""

    source: str
    outcome: str
    at: datetime


class OpenOrder(LazyModel):
    """POST /pay/prepay."""

    product_id: str = Field(min_length=1, max_length=64)


@dataclass(frozen=True)
class Order:
    """`number` is what the vendor calls out_trade_no. `transaction_id` is the vendor's, once paid."""

    number: OrderNumber
    user_id: UserId
    openid: OpenId
    product_id: str
    description: str
    amount_fen: int
    credits: int
    provider: Provider
    state: OrderState
    created_at: datetime
    expires_at: datetime
    prepay_id: PrepayId | None = None
    transaction_id: str | None = None
    paid_at: datetime | None = None

    @staticmethod
    def of(
        product: Product, buyer: User, *, number: OrderNumber, provider: Provider, now: datetime, lifetime: timedelta
    ) -> "Order":
        """A new order; what it costs and grants is fixed here, whatever happens to the price list later."""
        return Order(
            number=number,
            user_id=buyer.id,
            openid=buyer.openid,
            product_id=product.id,
            description=product.name,
            amount_fen=product.amount_fen,
            credits=product.credits,
            provider=provider,
            state="created",
            created_at=now,
            expires_at=now + lifetime,
        )


@dataclass(frozen=True)
class Prepayment:
    """An order the vendor is ready to be paid for. `payment` goes to wx.requestPayment or wx.requestVirtualPayment as it is.

    `prepay_id` is the vendor's name for it, where it gives one.
    """

    payment: Mapping[str, str]
    prepay_id: PrepayId | None = None


@dataclass(frozen=True)
class PaymentEvidence:
    """A payment as the vendor tells it, after its signature was verified: still to be compared with our own order.

    `appid` and `mchid` are whatever names app and merchant at that vendor; only its own adapter compares them.
    `product_id` is ours, where the vendor tells what was bought.
    """

    number: OrderNumber
    transaction_id: str
    appid: str
    mchid: str
    amount_fen: int
    currency: str
    payer_openid: str | None
    paid_at: datetime
    product_id: str | None = None


@dataclass(frozen=True)
class PaymentStatus:
    """The vendor's answer to a query. `evidence` is there whenever `state` is paid, and with refunded if the vendor shows it.

    "open" can still be paid, "closed" never; "unknown" never reached the vendor.
    """

    state: Literal["open", "paid", "closed", "refunded", "unknown"]
    evidence: PaymentEvidence | None = None
