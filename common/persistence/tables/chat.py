"""Conversations with the advisor."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String

from common.persistence.columns import LongUserText
from common.persistence.table_parts import check, ident, table, unique, when

#: `summary`, `message` and `answer` are encrypted. An account or a resume that goes takes its conversations with it.
conversations = table(
    "conversations",
    ident("id", primary_key=True),
    ident("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    ident("resume_id", ForeignKey("resumes.id", ondelete="CASCADE")),
    Column("jd", LongUserText),
    Column("summary", LargeBinary, nullable=False),
    Column("summarised", Integer, nullable=False),
    when("created_at"),
    Index(None, "user_id", "created_at"),
    Index(None, "resume_id"),
)

chat_turns = table(
    "chat_turns",
    ident("id", primary_key=True),
    ident("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("message", LargeBinary, nullable=False),
    Column("answer", LargeBinary, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("finish_reason", String(16)),
    Column("error_code", String(64)),
    Column("credits", Integer, nullable=False),
    when("created_at"),
    when("lease_until"),
    check("number > 0", "number"),
    check("state IN ('running', 'interrupted', 'done', 'failed')", "state"),
    check("attempt IN (1, 2)", "attempt"),
    check("credits >= 0", "credits"),
    check("(state = 'done') = (finish_reason IS NOT NULL)", "reason"),
    check("(state = 'failed') = (error_code IS NOT NULL)", "error"),
    unique("chat_turns", "conversation_id", "number"),
)
