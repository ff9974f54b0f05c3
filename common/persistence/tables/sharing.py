"""Pages that are shared, and pictures that others may come to see."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String

from common.persistence.columns import UserText
from common.persistence.table_parts import check, ident, table, unique, when

#: The token opens a share, so only its digest is readable; `token` itself is encrypted, for its owner's list.
shares = table(
    "shares",
    ident("id", primary_key=True),
    Column("token_sha256", String(64), nullable=False),
    Column("token", LargeBinary, nullable=False),
    ident("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    ident("resume_id", ForeignKey("resumes.id", ondelete="CASCADE"), nullable=False),
    Column("revision", String(8), nullable=False),
    Column("title", UserText(120), nullable=False),
    Column("photo", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    when("created_at"),
    when("expires_at"),
    when("ended_at", nullable=True),
    when("next_check_at", nullable=True),
    Column("views", Integer, nullable=False),
    check("state IN ('shown', 'held', 'refused', 'withdrawn')", "state"),
    check("(state IN ('refused', 'withdrawn')) = (ended_at IS NOT NULL)", "ended"),
    check("(state = 'held') = (next_check_at IS NOT NULL)", "check"),
    check("views >= 0", "views"),
    unique("shares", "token_sha256"),
    Index(None, "user_id", "created_at"),
    Index(None, "resume_id"),
    Index(None, "next_check_at"),
    Index(None, "expires_at"),
)

#: One row for each picture that others may come to see, by its key in the bucket.
media_checks = table(
    "media_checks",
    Column("object_key", String(255), primary_key=True),
    ident("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    ident("resume_id", ForeignKey("resumes.id", ondelete="CASCADE")),
    Column("openid", String(128), nullable=False),
    Column("scene", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("asked", Integer, nullable=False),
    Column("label", Integer),
    when("created_at"),
    when("next_check_at", nullable=True),
    check("state IN ('waiting', 'passed', 'refused', 'unanswered')", "state"),
    check("(state = 'waiting') = (next_check_at IS NOT NULL)", "check"),
    check("asked >= 0", "asked"),
    Index(None, "user_id"),
    Index(None, "resume_id"),
    Index(None, "next_check_at"),
)

#: WeChat's name for a question and, in either order, the picture it was about and what it said of it.
media_traces = table(
    "media_traces",
    Column("trace_id", String(128), primary_key=True),
    Column("object_key", String(255)),
    Column("suggestion", String(8)),
    Column("label", Integer),
    when("created_at"),
    Index(None, "object_key"),
    Index(None, "created_at"),
)
