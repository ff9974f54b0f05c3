"""Refunds: money on its way back to the payer. One row and one number each, so that asking twice is asking once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType

from common.domain.orders import OrderNumber

RefundNumber = NewType("RefundNumber", str)
RefundState = Literal["asked", "done", "failed"]


@dataclass(frozen=True)
class Refund:
    """`number` is what the vendor calls out_refund_no. `credits` were taken back when it was asked for."""

    number: RefundNumber
    order_number: OrderNumber
    amount_fen: int
    credits: int
    reason: str
    state: RefundState
    created_at: datetime


@dataclass(frozen=True)
class RefundRequest:
    """An operator's wish. `force` gives the money back although some of the credits were spent: the house bears those."""

    number: RefundNumber
    order_number: OrderNumber
    reason: str
    force: bool = False


@dataclass(frozen=True)
class RefundStatus:
    """The vendor's answer. "failed" gave nothing back and never will; "unknown" never reached the vendor.

    "pending" ends by itself; "stuck" needs somebody in the vendor's console first, and may still end either way.
    """

    state: Literal["pending", "stuck", "done", "failed", "unknown"]
    amount_fen: int | None = None


@dataclass(frozen=True)
class RefundEvidence:
    """A verified notification that something happened to a refund: a reason to ask the vendor, never proof of an amount.

    `refund_number` is none of ours when the refund was made in the merchant console.
    """

    order_number: OrderNumber
    refund_number: RefundNumber | None
