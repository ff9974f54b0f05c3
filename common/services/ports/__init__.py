"""What the use cases need from the world, as Protocols, one file per part of it; common/wiring knows what stands behind each."""

from common.services.ports.accounts import (
    IdempotencyStore,
    Identities,
    OpenData,
    Pictures,
    RateLimits,
    Sessions,
    UserStore,
)
from common.services.ports.chat import ChatPieces, ChatStore, ContentCheck
from common.services.ports.leaving import Belongings, Erasures, Traces
from common.services.ports.messages import Acceptances, Messenger, News, Outbox, TokenIssuer, TokenStore
from common.services.ports.models import CountedModel, Embedder, LanguageModel, ModelDesk, Turns
from common.services.ports.money import Books, CreditStore, Gates, OrderStore, PaymentGate, RefundStore
from common.services.ports.monitoring import AlertChannel, Backlog, CallWindows, Incidents
from common.services.ports.phones import Digests, Phones, SmsCodes, SmsConsents, TextMessages
from common.services.ports.pipeline import DocumentReader, Objects, Ocr, ResumeStore, Typesetter

__all__ = [
    "Acceptances",
    "AlertChannel",
    "Backlog",
    "Belongings",
    "Books",
    "CallWindows",
    "ChatPieces",
    "ChatStore",
    "ContentCheck",
    "CountedModel",
    "CreditStore",
    "Digests",
    "DocumentReader",
    "Embedder",
    "Erasures",
    "Gates",
    "IdempotencyStore",
    "Identities",
    "Incidents",
    "LanguageModel",
    "Messenger",
    "ModelDesk",
    "News",
    "Objects",
    "Ocr",
    "OpenData",
    "OrderStore",
    "Outbox",
    "PaymentGate",
    "Phones",
    "Pictures",
    "RateLimits",
    "RefundStore",
    "ResumeStore",
    "Sessions",
    "SmsCodes",
    "SmsConsents",
    "TextMessages",
    "TokenIssuer",
    "TokenStore",
    "Traces",
    "Turns",
    "Typesetter",
    "UserStore",
]
