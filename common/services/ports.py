"""What the use cases need from the world, as Protocols. common/wiring.py knows which class stands behind each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Literal, Protocol

from common.domain.books import Discrepancy, Totals
from common.domain.credits import Balance, Hold, LedgerEntry
from common.domain.language_model import ModelAnswer, ModelPiece, ModelUsage
from common.domain.messages import Message
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
from common.domain.parsing.source import OcrItem, SourceDocument
from common.domain.pipeline import ObjectKey, ResumeId, ResumeRow, Revision, Stage, StageRecord
from common.domain.refunds import Refund, RefundEvidence, RefundNumber, RefundRequest, RefundStatus
from common.domain.rendering.document import TypesetPdf
from common.domain.rendering.options import RenderOptions
from common.domain.resume.model import Resume
from common.domain.tokens import AccessToken
from common.domain.uploads import UploadForm
from common.domain.users import OpenId, User, UserId, WeChatIdentity


class Identities(Protocol):
    """Who a login code belongs to (WeChat)."""

    def exchange_code(self, code: str) -> WeChatIdentity:
        """Not safe to repeat: a code works once. Raises LoginCodeInvalid, AccountRefused."""


class UserStore(Protocol):
    def find_or_create(self, identity: WeChatIdentity, *, now: datetime) -> tuple[User, bool]:
        """The user of this openid and whether it is new; keeps the newest session_key, encrypted. Safe to race."""

    def find(self, user_id: UserId) -> User | None: ...

    def session_key(self, user_id: UserId) -> str | None:
        """Of the newest login; None for somebody we do not know."""


class Sessions(Protocol):
    def issue(self, user_id: UserId, *, now: datetime) -> tuple[str, datetime]:
        """A bearer token and when it ends."""

    def read(self, token: str, *, now: datetime) -> UserId:
        """Raises NotLoggedIn."""


class RateLimits(Protocol):
    def hit(self, key: str, *, limit: int, window_s: int, fail_open: bool = True) -> None:
        """Count one use of `key`; raises TooManyRequests(retry_after_s=…) beyond `limit` in a window.

        While the counter is out of reach, `fail_open` lets everybody through; without it StoreUnavailable is raised.
        """


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


class ResumeStore(Protocol):
    def add(self, row: ResumeRow) -> None: ...

    def find(self, resume_id: ResumeId) -> ResumeRow | None: ...

    def list_of(self, user_id: UserId, *, limit: int) -> list[ResumeRow]: ...

    def stages(self, resume_id: ResumeId, revision: Revision | None = None) -> list[StageRecord]: ...

    def mark_uploaded(self, resume_id: ResumeId, *, now: datetime) -> None: ...

    def set_title(self, resume_id: ResumeId, title: str) -> None: ...

    def begin_revision(
        self,
        resume_id: ResumeId,
        *,
        after: Revision,
        now: datetime,
        jd: str | None = None,
        template: str | None = None,
    ) -> Revision:
        """The next revision becomes current, and credits that `after` still holds go back, in one transaction.

        Raises Conflict when `after` is not current any more.
        """

    def undo_revision(self, resume_id: ResumeId, revision: Revision, *, back_to: Revision, jd: str | None) -> None:
        """A revision that could not be paid for never was."""

    def claim_stage(
        self, resume_id: ResumeId, revision: Revision, stage: Stage, *, now: datetime, lease_s: float
    ) -> Literal["mine", "done", "busy", "failed"]:
        """Take the work of (resume, revision, stage) for `lease_s`; an expired lease is taken over."""

    def finish_stage(
        self, resume_id: ResumeId, revision: Revision, stage: Stage, *, now: datetime, charge_key: str | None = None
    ) -> bool:
        """running → done, once, capturing the hold `charge_key` in the same transaction; False if finished before."""

    def fail_stage(
        self,
        resume_id: ResumeId,
        revision: Revision,
        stage: Stage,
        *,
        error_code: str,
        now: datetime,
        refund_key: str | None = None,
    ) -> bool:
        """running → failed, once, and release the hold `refund_key` in the same transaction."""

    def yield_stage(self, resume_id: ResumeId, revision: Revision, stage: Stage, *, now: datetime) -> None:
        """Give the lease of a running stage back at once, after a failure that may pass."""

    def stuck(self, *, now: datetime, grace_s: float, limit: int) -> list[tuple[ResumeRow, Stage]]:
        """Stages whose lease ran out, or whose input has waited longer than `grace_s` with nobody working on it."""

    def silent(self, *, now: datetime, grace_s: float, limit: int) -> list[tuple[ResumeRow, tuple[ObjectKey, ...]]]:
        """Resumes no stage knows of, each with the objects that, where they exist, should have been announced."""

    def delete(self, resume_id: ResumeId) -> None: ...


class Objects(Protocol):
    """The private bucket. Keys are immutable: `create` refuses to overwrite."""

    def create(self, key: str, content: bytes, *, media_type: str) -> None:
        """Raises ObjectAlreadyExists."""

    def read(self, key: str, *, max_bytes: int) -> bytes:
        """Raises VendorObjectMissing, FileTooLarge."""

    def exists(self, key: str) -> bool: ...

    def delete(self, key: str) -> None:
        """Safe to repeat."""

    def keys_under(self, prefix: str) -> Iterator[str]: ...

    def redeliver(self, key: str) -> None:
        """Make the bucket announce the object again, content unchanged."""

    def upload_form(
        self, key: str, *, max_bytes: int, media_type: str | None, now: datetime, lifetime_s: int
    ) -> UploadForm: ...

    def download_url(self, key: str, *, filename: str, now: datetime, lifetime_s: int) -> str: ...


class DocumentReader(Protocol):
    def read(self, content: bytes, *, filename: str) -> SourceDocument:
        """Type decided by content, never by name. Raises FileRefused and its children."""


class Ocr(Protocol):
    def recognise(self, image: bytes, *, media_type: str) -> list[OcrItem]:
        """Safe to repeat, costs quota. Raises VendorError."""


class LanguageModel(Protocol):
    def answer_json(self, messages: Sequence[Mapping[str, str]], *, max_tokens: int) -> ModelAnswer:
        """JSON mode. Raises VendorError; ModelAnswerInvalid for an answer that is not a JSON object."""

    def stream_text(self, messages: Sequence[Mapping[str, str]], *, max_tokens: int) -> Iterator[ModelPiece]:
        """Text as it is written, then one piece that ends it; closing the iterator stops the model. Raises VendorError."""


class Embedder(Protocol):
    def vectors(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector a text, in order, all of one size. Raises VendorError."""


class CountedModel(LanguageModel, Protocol):
    """A model that knows what its answers have cost."""

    usage: ModelUsage


class ModelDesk(Protocol):
    """Where a user gets the model from: everybody has to wait their turn."""

    def of(self, user_id: UserId) -> CountedModel: ...


class Turns(Protocol):
    """Something only so many may use at once."""

    def taken(self, user_id: str, *, wait_s: Callable[[], float]) -> AbstractContextManager[None]:
        """A turn inside the block, first come first served. Raises VendorBusy when none came within `wait_s()`."""


class Typesetter(Protocol):
    def pdf(self, resume: Resume, *, template: str, options: RenderOptions) -> TypesetPdf: ...

    def previews(self, pdf: bytes, *, width_px: int) -> list[bytes]:
        """One PNG a page."""

    def docx(self, resume: Resume, *, template: str, options: RenderOptions) -> bytes: ...


class Outbox(Protocol):
    def put(self, message: Message) -> bool:
        """False when the key is known."""

    def due(self, *, now: datetime, limit: int) -> list[Message]: ...

    def find(self, key: str) -> Message | None: ...

    def claim(self, message_id: str, *, now: datetime, lease_s: float) -> bool:
        """waiting → waiting with a lease, so two senders never prepare the same message."""

    def start_sending(self, message_id: str, *, now: datetime) -> bool:
        """waiting → sending, just before the vendor call: from here the message is never sent again."""

    def sent(self, message_id: str, *, now: datetime) -> None: ...

    def failed(self, message_id: str, *, now: datetime, error_code: str) -> None: ...

    def postpone(self, message_id: str, *, until: datetime, error_code: str) -> None:
        """Back to waiting: the vendor surely did not deliver."""


class Messenger(Protocol):
    def send_ready(self, openid: OpenId, *, title: str, resume_id: ResumeId, at: datetime) -> None:
        """Subscription message "简历已生成". Not safe to repeat after a timeout. Raises VendorError."""


class TokenIssuer(Protocol):
    def issue_token(self, *, now: datetime) -> AccessToken:
        """stable_token in normal mode: safe to repeat, the same token while it lives."""


class TokenStore(Protocol):
    def read(self, name: str) -> AccessToken | None: ...

    def keep(self, name: str, token: AccessToken) -> bool:
        """Written only if it expires later than the stored one."""


class IdempotencyStore(Protocol):
    def begin(self, key: str, *, fingerprint: str, now: datetime, lease_s: float) -> tuple[int, str] | None:
        """None: go ahead. Else the first answer (status, body). Raises IdempotencyKeyReused, RequestInProgress."""

    def finish(self, key: str, *, status: int, body: str, now: datetime) -> None: ...

    def purge(self, *, before: datetime, limit: int) -> int:
        """Forget keys that began before `before`; how many."""

    def abandon(self, key: str) -> None:
        """The request failed in a way that changed nothing: the key is free again."""
