"""Avatars, and accounts that are erased."""

from typing import Any

from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, String

from common.persistence.columns import UtcTime

revision = "0006"
down_revision = "0007"

_MYSQL: dict[str, Any] = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}


def upgrade() -> None:
    op.add_column("users", Column("avatar_key", String(160)))
    op.add_column("users", Column("erased_at", UtcTime))
    op.drop_column("users", "avatar_url")  # nothing ever wrote it
    op.add_column("idempotency_keys", Column("user_id", String(64)))
    op.create_index(op.f("ix_idempotency_keys_user_id"), "idempotency_keys", ["user_id"])
    _erasures()
    op.create_table(
        "past_welcomes",
        Column("person_sha256", String(64), nullable=False),
        PrimaryKeyConstraint("person_sha256", name=op.f("pk_past_welcomes")),
        **_MYSQL,
    )


def _erasures() -> None:
    op.create_table(
        "erasures",
        Column("user_id", String(64), nullable=False),
        Column("asked_at", UtcTime, nullable=False),
        Column("due_at", UtcTime, nullable=False),
        Column("lease_until", UtcTime, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("error_code", String(64)),
        CheckConstraint("attempts >= 0", name=op.f("ck_erasures_attempts")),
        PrimaryKeyConstraint("user_id", name=op.f("pk_erasures")),
        ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_erasures_user_id")),
        **_MYSQL,
    )
    op.create_index(op.f("ix_erasures_due_at"), "erasures", ["due_at"])
