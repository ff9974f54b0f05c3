"""Credits, orders, refunds and the providers that take the money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from common.domain.books import Discrepancy, Totals
    from common.domain.credits import Balance, Hold, LedgerEntry
    from common.domain.orders import (
        Order,
        OrderEvent,
        OrderNumber,
        OrderState,
        PaymentEvidence,
        PaymentStatus,
        PrepayId,
        Prepayment,
        Provider,
        Source,
    )
    from common.domain.refunds import Refund, RefundEvidence, RefundNumber, RefundRequest, RefundStatus
    from common.domain.users import UserId


class CreditStore(Protocol):
    def balance(self, user_id: UserId) -> Balance: ...

    def entries(self, keys: Sequence[str]) -> list[LedgerEntry]:
        """Of these occasions, oldest first."""

    def grant_welcome(self, user_id: UserId, amount: int, *, now: datetime) -> bool:
        """Once per person whoever calls, however often; True when this call did it."""

    def place_hold(self, user_id: UserId, key: str, amount: int, *, now: datetime, expires_at: datetime) -> Hold:
        """Safe to repeat: the same key is the same hold. Raises CreditsExhausted."""

    def capture_hold(self, key: str, *, now: datetime) -> bool:
        """Spend what is held; False when there is no live hold (already captured, released or never placed)."""

    def release_hold(self, key: str, *, now: datetime) -> bool: ...

    def release_expired(self, *, now: datetime) -> int: ...


class OrderStore(Protocol):
    def add(self, order: Order) -> None:
        """Raises Conflict for a number that exists."""

    def set_prepay(self, number: OrderNumber, prepay_id: PrepayId) -> None: ...

    def find(self, number: OrderNumber) -> Order | None: ...

    def list_of(self, user_id: UserId, *, limit: int) -> list[Order]: ...

    def newest(self, *, state: OrderState | None, limit: int) -> list[Order]:
        """Of all users, newest first."""

    def settle(
        self, evidence: PaymentEvidence, *, source: Source, now: datetime, ask_at: datetime | None
    ) -> Literal["granted", "repeated"]:
        """created|closed → granted with its ledger entry, in one transaction; "repeated" when it had ended before.

        The caller has compared the evidence with the order. `ask_at`: when the vendor is to be told of the delivery.
        Raises NotFound, NotificationRefused for another transaction_id.
        """

    def settle_refunded(self, evidence: PaymentEvidence, *, source: Source, now: datetime) -> bool:
        """created|closed → refunded without credits: paid and paid back before we knew; False when we knew."""

    def close(self, number: OrderNumber, *, now: datetime, ask_at: datetime | None) -> bool:
        """created → closed, and a last look at `ask_at`; False when the order was not open any more."""

    def due(self, *, now: datetime, limit: int) -> list[Order]:
        """Orders about which there is something to ask or tell by now, longest due first."""

    def asked(self, order: Order, *, next_at: datetime | None) -> None:
        """Remember when to ask again, unless the order has got further since it was read; None: never."""

    def note(self, number: OrderNumber, source: Source, outcome: str, *, now: datetime) -> None:
        """Keep in the order's history what came of it when somebody told us of it."""

    def events(self, number: OrderNumber) -> list[OrderEvent]: ...


class RefundStore(Protocol):
    def open(self, request: RefundRequest, *, now: datetime) -> Refund:
        """Take the credits back and remember that the money is to go back; the live refund if there is one.

        Raises NotFound, Conflict for an order that was not granted, and CreditsExhausted unless forced.
        """

    def record_outside(self, request: RefundRequest, *, source: Source, now: datetime) -> bool:
        """A refund made at the vendor without us; False when we know of one, or never granted the order."""

    def done(self, refund: Refund, *, source: Source, now: datetime) -> bool:
        """asked → done and the order refunded; False when it had ended before."""

    def failed(self, refund: Refund, *, source: Source, now: datetime) -> bool:
        """asked → failed and the credits given back; False when it had ended before."""

    def find(self, number: RefundNumber) -> Refund | None: ...

    def of_order(self, number: OrderNumber) -> list[Refund]: ...

    def due(self, *, now: datetime, limit: int) -> list[Refund]:
        """Refunds under way about which the vendor is to be asked by now."""

    def asked(self, refund: Refund, *, next_at: datetime) -> None: ...


class Books(Protocol):
    def discrepancies(self) -> list[Discrepancy]:
        """Every row that breaks a rule of the books; empty when all is well."""

    def totals(self) -> Totals: ...


class PaymentGate(Protocol):
    """One payment provider: three adapters stand behind it. docs/how-to/add-a-payment-provider.md says what each owes.

    Every call is safe to repeat, because the vendor knows orders and refunds by our numbers. All raise VendorError.
    """

    provider: Provider
    #: Whether confirm_delivery has anything to tell; without it nobody asks.
    reports_delivery: bool

    def prepay(self, order: Order, *, payer_ip: str, now: datetime) -> Prepayment:
        """What the phone needs to pay. `payer_ip` is empty where the platform does not tell it."""

    def read_notification(
        self, headers: Mapping[str, str], body: bytes, *, now: datetime
    ) -> PaymentEvidence | RefundEvidence | None:
        """Verified on the raw bytes before anything is read; None for what is about neither. Raises NotificationRefused.

        `headers` is what came beside the body and carries the signature: for xpay that is the query.
        """

    def is_ours(self, evidence: PaymentEvidence) -> bool:
        """App and merchant are the configured ones."""

    def find_order(self, order: Order) -> PaymentStatus:
        """The truth about an order."""

    def close_order(self, order: Order) -> None:
        """Nobody can pay it any more, where the vendor has such a thing. Raises VendorRejected when it was paid."""

    def confirm_delivery(self, order: Order) -> None:
        """Tell the vendor that what was paid for was delivered, where it wants to know."""

    def refund(self, order: Order, refund: Refund) -> RefundStatus:
        """Start it, or find it started. Raises VendorRejected when this refund can never be."""

    def find_refund(self, order: Order, refund: Refund) -> RefundStatus: ...


class Gates(Protocol):
    """The payment providers by name. An order stays with the one it was opened at, whatever the setting says later."""

    def current(self) -> PaymentGate:
        """Where new orders are opened."""

    def of(self, provider: str) -> PaymentGate:
        """Raises NotFound for a name that is none; SettingsInvalid for a provider without settings."""
