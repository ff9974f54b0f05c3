"""Shares, and the checks of the pictures on them."""

from typing import Any

from alembic import op
from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKeyConstraint, Integer, LargeBinary, String
from sqlalchemy.schema import SchemaItem

from common.persistence.columns import UserText, UtcTime

revision = "0005"
down_revision = "0004"

_MYSQL: dict[str, Any] = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}


def upgrade() -> None:
    _shares()
    _media_checks()
    _media_traces()


def _shares() -> None:
    op.create_table(
        "shares",
        Column("id", String(64), primary_key=True),
        Column("token_sha256", String(64), nullable=False),
        Column("token", LargeBinary, nullable=False),
        Column("user_id", String(64), nullable=False),
        Column("resume_id", String(64), nullable=False),
        Column("revision", String(8), nullable=False),
        Column("title", UserText(120), nullable=False),
        Column("photo", Boolean, nullable=False),
        Column("state", String(16), nullable=False),
        Column("created_at", UtcTime, nullable=False),
        Column("expires_at", UtcTime, nullable=False),
        Column("ended_at", UtcTime),
        Column("next_check_at", UtcTime),
        Column("views", Integer, nullable=False),
        _check("shares", "state", "state IN ('shown', 'held', 'refused', 'withdrawn')"),
        _check("shares", "ended", "(state IN ('refused', 'withdrawn')) = (ended_at IS NOT NULL)"),
        _check("shares", "check", "(state = 'held') = (next_check_at IS NOT NULL)"),
        _check("shares", "views", "views >= 0"),
        _of("shares", "user_id", "users"),
        _of("shares", "resume_id", "resumes"),
        **_MYSQL,
    )
    op.create_index(op.f("uq_shares_token_sha256"), "shares", ["token_sha256"], unique=True)
    _index("shares", "user_id", "created_at")
    _index("shares", "resume_id")
    _index("shares", "next_check_at")
    _index("shares", "expires_at")


def _media_checks() -> None:
    op.create_table(
        "media_checks",
        Column("object_key", String(255), primary_key=True),
        Column("user_id", String(64), nullable=False),
        Column("resume_id", String(64)),
        Column("openid", String(128), nullable=False),
        Column("scene", Integer, nullable=False),
        Column("state", String(16), nullable=False),
        Column("asked", Integer, nullable=False),
        Column("label", Integer),
        Column("created_at", UtcTime, nullable=False),
        Column("next_check_at", UtcTime),
        _check("media_checks", "state", "state IN ('waiting', 'passed', 'refused', 'unanswered')"),
        _check("media_checks", "check", "(state = 'waiting') = (next_check_at IS NOT NULL)"),
        _check("media_checks", "asked", "asked >= 0"),
        _of("media_checks", "user_id", "users"),
        _of("media_checks", "resume_id", "resumes"),
        **_MYSQL,
    )
    _index("media_checks", "user_id")
    _index("media_checks", "resume_id")
    _index("media_checks", "next_check_at")


def _media_traces() -> None:
    op.create_table(
        "media_traces",
        Column("trace_id", String(128), primary_key=True),
        Column("object_key", String(255)),
        Column("suggestion", String(8)),
        Column("label", Integer),
        Column("created_at", UtcTime, nullable=False),
        **_MYSQL,
    )
    _index("media_traces", "object_key")
    _index("media_traces", "created_at")


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _check(table: str, name: str, rule: str) -> SchemaItem:
    return CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _of(table: str, column: str, parent: str) -> SchemaItem:
    name = op.f(f"fk_{table}_{column}")
    return ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete="CASCADE")
