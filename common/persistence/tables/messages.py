"""What people are told, and what they agreed to be told."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String

from common.persistence.columns import UserText
from common.persistence.table_parts import check, ident, table, unique, when

outbox = table(
    "outbox",
    ident("id", primary_key=True),
    Column("key", String(160), nullable=False),
    ident("user_id", ForeignKey("users.id"), nullable=False),
    Column("openid", String(128), nullable=False),
    ident("resume_id", ForeignKey("resumes.id", ondelete="CASCADE")),
    Column("title", UserText(120), nullable=False),
    when("created_at"),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    when("due_at"),
    when("lease_until", nullable=True),
    when("ended_at", nullable=True),
    Column("error_code", String(64)),
    Column("kind", String(16), nullable=False),
    Column("detail", UserText(120)),
    Column("channel", String(16), nullable=False),
    check("state IN ('waiting', 'sending', 'sent', 'unknown', 'failed')", "state"),
    check("attempts >= 0", "attempts"),
    check("channel IN ('subscription', 'sms')", "channel"),
    unique("outbox", "key"),
    Index(None, "user_id", "created_at"),
    Index(None, "resume_id"),
    Index(None, "state", "due_at"),
)

#: The same taps are told by the phone (by_client) and by WeChat (by_push); `spent` never exceeds the larger of them.
acceptances = table(
    "acceptances",
    ident("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("template_id", String(64), primary_key=True),
    Column("by_client", Integer, nullable=False),
    Column("by_push", Integer, nullable=False),
    Column("spent", Integer, nullable=False),
    Column("last_answer", String(16), nullable=False),
    when("answered_at"),
    check("by_client >= 0 AND by_push >= 0", "counts"),
    check("spent >= 0 AND (spent <= by_client OR spent <= by_push)", "spent"),
    check("last_answer IN ('accept', 'reject', 'ban', 'filter')", "answer"),
)
