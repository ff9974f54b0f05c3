"""Resumes and what is being done with them."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String

from common.persistence.columns import ChosenOptions, LongUserText, UserText
from common.persistence.table_parts import check, ident, table, when

resumes = table(
    "resumes",
    ident("id", primary_key=True),
    ident("user_id", ForeignKey("users.id"), nullable=False),
    Column("filename", UserText(255), nullable=False),
    Column("extension", String(8), nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("jd", LongUserText),
    Column("template", String(64), nullable=False),
    Column("optimise", Boolean, nullable=False),
    when("created_at"),
    when("uploaded_at", nullable=True),
    Column("revision", String(8), nullable=False),
    when("revised_at"),
    Column("title", UserText(120)),
    Column("options", ChosenOptions),
    check("size_bytes > 0", "size"),
    Index(None, "user_id", "created_at"),
    Index(None, "uploaded_at"),
)

resume_stages = table(
    "resume_stages",
    ident("resume_id", ForeignKey("resumes.id", ondelete="CASCADE"), primary_key=True),
    Column("revision", String(8), primary_key=True),
    Column("stage", String(16), primary_key=True),
    Column("state", String(16), nullable=False),
    when("started_at"),
    when("finished_at", nullable=True),
    when("lease_until"),
    Column("attempts", Integer, nullable=False),
    Column("error_code", String(64)),
    check("stage IN ('parse', 'optimise', 'render')", "stage"),
    check("state IN ('running', 'done', 'failed')", "state"),
    check("attempts > 0", "attempts"),
    check("(state = 'running') = (finished_at IS NULL)", "finished"),
    check("(state = 'failed') = (error_code IS NOT NULL)", "reason"),
    Index(None, "state", "lease_until"),
    Index(None, "stage", "state", "finished_at"),
)
