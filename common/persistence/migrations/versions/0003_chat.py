"""Conversations with the advisor and their turns."""

from typing import Any

from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Integer, LargeBinary, String
from sqlalchemy.schema import SchemaItem

from common.persistence.columns import LongUserText, UtcTime

revision = "0003"
down_revision = "0002"

_MYSQL: dict[str, Any] = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}


def upgrade() -> None:
    _conversations()
    _turns()


def _conversations() -> None:
    op.create_table(
        "conversations",
        Column("id", String(64), primary_key=True),
        Column("user_id", String(64), nullable=False),
        Column("resume_id", String(64)),
        Column("jd", LongUserText),
        Column("summary", LargeBinary, nullable=False),
        Column("summarised", Integer, nullable=False),
        Column("created_at", UtcTime, nullable=False),
        _of("conversations", "user_id", "users"),
        _of("conversations", "resume_id", "resumes"),
        **_MYSQL,
    )
    op.create_index(op.f("ix_conversations_user_id_created_at"), "conversations", ["user_id", "created_at"])
    op.create_index(op.f("ix_conversations_resume_id"), "conversations", ["resume_id"])


def _turns() -> None:
    op.create_table(
        "chat_turns",
        Column("id", String(64), primary_key=True),
        Column("conversation_id", String(64), nullable=False),
        Column("number", Integer, nullable=False),
        Column("message", LargeBinary, nullable=False),
        Column("answer", LargeBinary, nullable=False),
        Column("state", String(16), nullable=False),
        Column("attempt", Integer, nullable=False),
        Column("finish_reason", String(16)),
        Column("error_code", String(64)),
        Column("credits", Integer, nullable=False),
        Column("created_at", UtcTime, nullable=False),
        Column("lease_until", UtcTime, nullable=False),
        _check("number", "number > 0"),
        _check("state", "state IN ('running', 'interrupted', 'done', 'failed')"),
        _check("attempt", "attempt IN (1, 2)"),
        _check("credits", "credits >= 0"),
        _check("reason", "(state = 'done') = (finish_reason IS NOT NULL)"),
        _check("error", "(state = 'failed') = (error_code IS NOT NULL)"),
        _of("chat_turns", "conversation_id", "conversations"),
        **_MYSQL,
    )
    columns = ["conversation_id", "number"]
    op.create_index(op.f("uq_chat_turns_conversation_id_number"), "chat_turns", columns, unique=True)


def _check(name: str, rule: str) -> SchemaItem:
    return CheckConstraint(rule, name=op.f(f"ck_chat_turns_{name}"))


def _of(table: str, column: str, parent: str) -> SchemaItem:
    name = op.f(f"fk_{table}_{column}")
    return ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete="CASCADE")
