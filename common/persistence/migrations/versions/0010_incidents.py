"""Incidents that operators are told of."""

from typing import Any

from alembic import op
from sqlalchemy import CheckConstraint, Column, Integer, PrimaryKeyConstraint, String

from common.persistence.columns import UtcTime

revision = "0010"
down_revision = "0006"

_MYSQL: dict[str, Any] = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}


def upgrade() -> None:
    op.create_table(
        "incidents",
        Column("id", String(64), nullable=False),
        Column("name", String(64), nullable=False),
        Column("subject", String(64), nullable=False),
        Column("live", String(160)),
        Column("value", Integer, nullable=False),
        Column("began_at", UtcTime, nullable=False),
        Column("seen_at", UtcTime, nullable=False),
        Column("ended_at", UtcTime),
        Column("begin_told_at", UtcTime),
        Column("end_told_at", UtcTime),
        Column("lease_until", UtcTime, nullable=False),
        CheckConstraint("(live IS NULL) = (ended_at IS NOT NULL)", name=op.f("ck_incidents_live")),
        PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
        **_MYSQL,
    )
    op.create_index(op.f("uq_incidents_live"), "incidents", ["live"], unique=True)
    op.create_index(op.f("ix_incidents_ended_at"), "incidents", ["ended_at"])
