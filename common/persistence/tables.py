"""The schema. Rules that must hold under concurrency are constraints here, not code elsewhere."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String

from common.persistence.columns import LONG_TEXT, ChosenOptions, LongUserText, UserText
from common.persistence.sharing_tables import media_checks, media_traces, shares
from common.persistence.table_parts import MYSQL, metadata
from common.persistence.table_parts import check as _check
from common.persistence.table_parts import ident as _id
from common.persistence.table_parts import table as _table
from common.persistence.table_parts import unique as _unique
from common.persistence.table_parts import when as _when

__all__ = [
    "MYSQL",
    "acceptances",
    "access_tokens",
    "chat_turns",
    "contacts",
    "conversations",
    "credit_accounts",
    "credit_holds",
    "credit_ledger",
    "erasures",
    "idempotency_keys",
    "media_checks",
    "media_traces",
    "metadata",
    "order_events",
    "orders",
    "outbox",
    "past_welcomes",
    "refunds",
    "resume_stages",
    "resumes",
    "shares",
    "users",
]

users = _table(
    "users",
    _id("id", primary_key=True),
    Column("openid", String(128), nullable=False),
    Column("unionid", String(128)),
    Column("session_key", LargeBinary),  # encrypted
    Column("nickname", UserText(64)),
    _when("created_at"),
    _when("seen_at"),
    Column("avatar_key", String(160)),
    _when("erased_at", nullable=True),  # from then on nobody: the row only holds together what has to be kept
    _unique("users", "openid"),
)

#: Accounts on their way out: what is left to do, by whom, and when it is tried next.
erasures = _table(
    "erasures",
    _id("user_id", ForeignKey("users.id"), primary_key=True),
    _when("asked_at"),
    _when("due_at"),
    _when("lease_until"),
    Column("attempts", Integer, nullable=False),
    Column("error_code", String(64)),
    _check("attempts >= 0", "attempts"),
    Index(None, "due_at"),
)

#: People who had their welcome credits and left: a digest of the openid, and nothing that leads to an account.
past_welcomes = _table("past_welcomes", Column("person_sha256", String(64), primary_key=True))

#: One row per user. `ledger` is the sum of credit_ledger, `held` that of the live holds; both move in the transaction
#: that writes the entry, and the row is what concurrent spenders queue for.
credit_accounts = _table(
    "credit_accounts",
    _id("user_id", ForeignKey("users.id"), primary_key=True),
    Column("ledger", Integer, nullable=False),
    Column("held", Integer, nullable=False),
    _check("held >= 0", "held"),
    _check("ledger >= held", "available"),
)

credit_ledger = _table(
    "credit_ledger",
    _id("id", primary_key=True),
    _id("user_id", ForeignKey("users.id"), nullable=False),
    Column("entry_key", String(160), nullable=False),  # the occasion: welcome, order, hold or refund
    Column("reason", String(16), nullable=False),
    Column("amount", Integer, nullable=False),
    _when("created_at"),
    _check(
        "(reason IN ('welcome', 'purchase', 'refund_failed') AND amount > 0)"
        " OR (reason IN ('capture', 'refund') AND amount < 0)",
        "direction",
    ),
    _unique("credit_ledger", "entry_key"),
    Index(None, "user_id", "created_at"),
)

credit_holds = _table(
    "credit_holds",
    _id("id", primary_key=True),
    _id("user_id", ForeignKey("users.id"), nullable=False),
    Column("key", String(150), nullable=False),
    Column("amount", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    _when("created_at"),
    _when("expires_at"),
    _when("ended_at", nullable=True),
    _check("amount > 0", "amount"),
    _check("state IN ('held', 'captured', 'released')", "state"),
    _unique("credit_holds", "key"),
    Index(None, "user_id"),
    Index(None, "state", "expires_at"),
)

orders = _table(
    "orders",
    Column("number", String(32), primary_key=True),
    _id("user_id", ForeignKey("users.id"), nullable=False),
    Column("openid", String(128), nullable=False),
    Column("product_id", String(64), nullable=False),
    Column("description", UserText(128), nullable=False),
    Column("amount_fen", Integer, nullable=False),
    Column("credits", Integer, nullable=False),
    Column("provider", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    _when("created_at"),
    _when("expires_at"),
    Column("prepay_id", String(128)),
    Column("transaction_id", String(64)),
    _when("paid_at", nullable=True),
    _when("ended_at", nullable=True),
    _when("next_question_at", nullable=True),  # when nothing is left to ask: empty
    _check("amount_fen > 0", "amount"),
    _check("credits > 0", "credits"),
    _check("state IN ('created', 'paid', 'granted', 'closed', 'refunded')", "state"),
    _check(
        "state IN ('created', 'closed') OR (transaction_id IS NOT NULL AND paid_at IS NOT NULL)",
        "proof",
    ),
    _unique("orders", "provider", "transaction_id"),
    Index(None, "user_id", "created_at"),
    Index(None, "next_question_at"),
)

#: `live_order` is the order's number while the refund is asked for or done, so that no order can have two of them.
refunds = _table(
    "refunds",
    Column("number", String(32), primary_key=True),
    Column("order_number", String(32), ForeignKey("orders.number"), nullable=False),
    Column("live_order", String(32)),
    Column("amount_fen", Integer, nullable=False),
    Column("credits", Integer, nullable=False),
    Column("reason", UserText(80), nullable=False),
    Column("state", String(16), nullable=False),
    _when("created_at"),
    _when("ended_at", nullable=True),
    _when("next_question_at", nullable=True),
    _check("amount_fen > 0", "amount"),
    _check("credits >= 0", "credits"),
    _check("state IN ('asked', 'done', 'failed')", "state"),
    _check("(state = 'asked') = (ended_at IS NULL)", "ended"),
    _check("(state = 'failed') = (live_order IS NULL)", "live"),
    _check("live_order = order_number", "same_order"),
    _unique("refunds", "live_order"),
    Index(None, "order_number"),
    Index(None, "next_question_at"),
)

#: What was told about an order and what came of it, once each: replays cannot fill the table, nor queue for a row.
order_events = _table(
    "order_events",
    Column("order_number", String(32), ForeignKey("orders.number"), primary_key=True),
    Column("source", String(16), primary_key=True),
    Column("outcome", String(64), primary_key=True),
    _when("at"),
)

resumes = _table(
    "resumes",
    _id("id", primary_key=True),
    _id("user_id", ForeignKey("users.id"), nullable=False),
    Column("filename", UserText(255), nullable=False),
    Column("extension", String(8), nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("jd", LongUserText),
    Column("template", String(64), nullable=False),
    Column("optimise", Boolean, nullable=False),
    _when("created_at"),
    _when("uploaded_at", nullable=True),
    Column("revision", String(8), nullable=False),
    _when("revised_at"),
    Column("title", UserText(120)),
    Column("options", ChosenOptions),
    _check("size_bytes > 0", "size"),
    Index(None, "user_id", "created_at"),
    Index(None, "uploaded_at"),
)

resume_stages = _table(
    "resume_stages",
    _id("resume_id", ForeignKey("resumes.id", ondelete="CASCADE"), primary_key=True),
    Column("revision", String(8), primary_key=True),
    Column("stage", String(16), primary_key=True),
    Column("state", String(16), nullable=False),
    _when("started_at"),
    _when("finished_at", nullable=True),
    _when("lease_until"),
    Column("attempts", Integer, nullable=False),
    Column("error_code", String(64)),
    _check("stage IN ('parse', 'optimise', 'render')", "stage"),
    _check("state IN ('running', 'done', 'failed')", "state"),
    _check("attempts > 0", "attempts"),
    _check("(state = 'running') = (finished_at IS NULL)", "finished"),
    _check("(state = 'failed') = (error_code IS NOT NULL)", "reason"),
    Index(None, "state", "lease_until"),
    Index(None, "stage", "state", "finished_at"),
)

outbox = _table(
    "outbox",
    _id("id", primary_key=True),
    Column("key", String(160), nullable=False),
    _id("user_id", ForeignKey("users.id"), nullable=False),
    Column("openid", String(128), nullable=False),
    _id("resume_id", ForeignKey("resumes.id", ondelete="CASCADE")),
    Column("title", UserText(120), nullable=False),
    _when("created_at"),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    _when("due_at"),
    _when("lease_until", nullable=True),
    _when("ended_at", nullable=True),
    Column("error_code", String(64)),
    Column("kind", String(16), nullable=False),
    Column("detail", UserText(120)),
    Column("channel", String(16), nullable=False),
    _check("state IN ('waiting', 'sending', 'sent', 'unknown', 'failed')", "state"),
    _check("attempts >= 0", "attempts"),
    _check("channel IN ('subscription', 'sms')", "channel"),
    _unique("outbox", "key"),
    Index(None, "user_id", "created_at"),
    Index(None, "resume_id"),
    Index(None, "state", "due_at"),
)

#: The same taps are told by the phone (by_client) and by WeChat (by_push); `spent` never exceeds the larger of them.
acceptances = _table(
    "acceptances",
    _id("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("template_id", String(64), primary_key=True),
    Column("by_client", Integer, nullable=False),
    Column("by_push", Integer, nullable=False),
    Column("spent", Integer, nullable=False),
    Column("last_answer", String(16), nullable=False),
    _when("answered_at"),
    _check("by_client >= 0 AND by_push >= 0", "counts"),
    _check("spent >= 0 AND (spent <= by_client OR spent <= by_push)", "spent"),
    _check("last_answer IN ('accept', 'reject', 'ban', 'filter')", "answer"),
)

#: `phone` is encrypted.
contacts = _table(
    "contacts",
    _id("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("phone", LargeBinary),
    _when("bound_at", nullable=True),
    Column("sms_allowed", Boolean, nullable=False),
    _when("decided_at", nullable=True),
    _check("(phone IS NULL) = (bound_at IS NULL)", "bound"),
)

#: `summary`, `message` and `answer` are encrypted. An account or a resume that goes takes its conversations with it.
conversations = _table(
    "conversations",
    _id("id", primary_key=True),
    _id("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    _id("resume_id", ForeignKey("resumes.id", ondelete="CASCADE")),
    Column("jd", LongUserText),
    Column("summary", LargeBinary, nullable=False),
    Column("summarised", Integer, nullable=False),
    _when("created_at"),
    Index(None, "user_id", "created_at"),
    Index(None, "resume_id"),
)

chat_turns = _table(
    "chat_turns",
    _id("id", primary_key=True),
    _id("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("message", LargeBinary, nullable=False),
    Column("answer", LargeBinary, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("finish_reason", String(16)),
    Column("error_code", String(64)),
    Column("credits", Integer, nullable=False),
    _when("created_at"),
    _when("lease_until"),
    _check("number > 0", "number"),
    _check("state IN ('running', 'interrupted', 'done', 'failed')", "state"),
    _check("attempt IN (1, 2)", "attempt"),
    _check("credits >= 0", "credits"),
    _check("(state = 'done') = (finish_reason IS NOT NULL)", "reason"),
    _check("(state = 'failed') = (error_code IS NOT NULL)", "error"),
    _unique("chat_turns", "conversation_id", "number"),
)

access_tokens = _table(
    "access_tokens",
    Column("name", String(64), primary_key=True),
    Column("value", LONG_TEXT, nullable=False),
    _when("expires_at"),
)

idempotency_keys = _table(
    "idempotency_keys",
    Column("key_sha256", String(64), primary_key=True),
    Column("fingerprint", String(128), nullable=False),
    _when("created_at"),
    _when("lease_until"),
    Column("status", Integer),
    Column("body", LONG_TEXT),
    _id("user_id"),  # whose answer it is; nobody's before the login
    _check("(status IS NULL) = (body IS NULL)", "answer"),
    Index(None, "created_at"),
    Index(None, "user_id"),
)

#: What operators are told of. `live` is name/subject while it lasts, so one incident has one row; nobody is in here.
incidents = _table(
    "incidents",
    _id("id", primary_key=True),
    Column("name", String(64), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("live", String(160)),
    Column("value", Integer, nullable=False),
    _when("began_at"),
    _when("seen_at"),
    _when("ended_at", nullable=True),
    _when("begin_told_at", nullable=True),
    _when("end_told_at", nullable=True),
    _when("lease_until"),
    _check("(live IS NULL) = (ended_at IS NOT NULL)", "live"),
    _unique("incidents", "live"),
    Index(None, "ended_at"),
)
