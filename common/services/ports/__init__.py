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
from common.services.ports.assets import AssetCache, AssetStore
from common.services.ports.chat import ChatPieces, ChatStore
from common.services.ports.jobs import Cache, JobBoard, Locks
from common.services.ports.leaving import Belongings, Erasures, Traces
from common.services.ports.messages import Acceptances, Messenger, News, Outbox, TokenIssuer, TokenStore
from common.services.ports.models import CountedModel, Embedder, LanguageModel, ModelDesk, Turns
from common.services.ports.moderation import ContentCheck
from common.services.ports.money import Books, CreditStore, Gates, OrderStore, PaymentGate, RefundStore
from common.services.ports.monitoring import AlertChannel, Backlog, CallWindows, Incidents
from common.services.ports.phones import Digests, Phones, SmsCodes, SmsConsents, TextMessages
from common.services.ports.pipeline import ClientKeys, DocumentReader, Objects, Ocr, ResumeStore, Typesetter
from common.services.ports.sharing import CodePictures, MediaChecks, PictureCheck, ShareStore, Visits

__all__ = [
    "Acceptances",
    "AlertChannel",
    "AssetCache",
    "AssetStore",
    "Backlog",
    "Belongings",
    "Books",
    "Cache",
    "CallWindows",
    "ChatPieces",
    "ChatStore",
    "ClientKeys",
    "CodePictures",
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
    "JobBoard",
    "LanguageModel",
    "Locks",
    "MediaChecks",
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
    "PictureCheck",
    "Pictures",
    "RateLimits",
    "RefundStore",
    "ResumeStore",
    "Sessions",
    "ShareStore",
    "SmsCodes",
    "SmsConsents",
    "TextMessages",
    "TokenIssuer",
    "TokenStore",
    "Traces",
    "Turns",
    "Typesetter",
    "UserStore",
    "Visits",
]
