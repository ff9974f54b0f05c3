"""Messages of several kinds on two channels, what users accepted, and how they may be reached."""

from typing import Any

from alembic import op
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
)
from sqlalchemy.schema import SchemaItem

from common.persistence.columns import UserText, UtcTime

revision = "0007"
down_revision = "0005"

_MYSQL: dict[str, Any] = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}

_STATE = "state IN ('waiting', 'sending', 'sent', 'unknown', 'failed')"
_CHANNEL = "channel IN ('subscription', 'sms')"


def upgrade() -> None:
    op.add_column("outbox", Column("kind", String(16), nullable=False, server_default="ready"))
    op.add_column("outbox", Column("detail", UserText(120)))
    op.add_column("outbox", Column("channel", String(16), nullable=False, server_default="subscription"))
    if op.get_context().dialect.name == "sqlite":
        with op.batch_alter_table("outbox", copy_from=_outbox(), recreate="always"):
            pass
    else:
        _alter_outbox()
    _acceptances()
    _contacts()


def _alter_outbox() -> None:
    op.alter_column("outbox", "kind", existing_type=String(16), existing_nullable=False, server_default=None)
    op.alter_column("outbox", "channel", existing_type=String(16), existing_nullable=False, server_default=None)
    op.alter_column("outbox", "resume_id", existing_type=String(64), nullable=True)
    op.drop_constraint(op.f("ck_outbox_state"), "outbox", type_="check")
    op.create_check_constraint(op.f("ck_outbox_state"), "outbox", _STATE)
    op.create_check_constraint(op.f("ck_outbox_channel"), "outbox", _CHANNEL)
    op.create_index(op.f("ix_outbox_user_id_created_at"), "outbox", ["user_id", "created_at"])
    op.drop_index(op.f("ix_outbox_user_id"), "outbox")


def _outbox() -> Table:
    """SQLite cannot change a table: a new one takes the rows and then the name."""
    return Table(
        "outbox",
        MetaData(),
        Column("id", String(64), nullable=False),
        Column("key", String(160), nullable=False),
        Column("user_id", String(64), nullable=False),
        Column("openid", String(128), nullable=False),
        Column("resume_id", String(64)),
        Column("title", UserText(120), nullable=False),
        Column("created_at", UtcTime, nullable=False),
        Column("state", String(16), nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("due_at", UtcTime, nullable=False),
        Column("lease_until", UtcTime),
        Column("ended_at", UtcTime),
        Column("error_code", String(64)),
        Column("kind", String(16), nullable=False),
        Column("detail", UserText(120)),
        Column("channel", String(16), nullable=False),
        _check("outbox", "state", _STATE),
        _check("outbox", "attempts", "attempts >= 0"),
        _check("outbox", "channel", _CHANNEL),
        PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_outbox_user_id")),
        ForeignKeyConstraint(["resume_id"], ["resumes.id"], name=op.f("fk_outbox_resume_id"), ondelete="CASCADE"),
        Index(op.f("uq_outbox_key"), "key", unique=True),
        Index(op.f("ix_outbox_user_id_created_at"), "user_id", "created_at"),
        Index(op.f("ix_outbox_resume_id"), "resume_id"),
        Index(op.f("ix_outbox_state_due_at"), "state", "due_at"),
    )


def _acceptances() -> None:
    _table(
        "acceptances",
        Column("user_id", String(64), primary_key=True),
        Column("template_id", String(64), primary_key=True),
        Column("by_client", Integer, nullable=False),
        Column("by_push", Integer, nullable=False),
        Column("spent", Integer, nullable=False),
        Column("last_answer", String(16), nullable=False),
        Column("answered_at", UtcTime, nullable=False),
        _check("acceptances", "counts", "by_client >= 0 AND by_push >= 0"),
        _check("acceptances", "spent", "spent >= 0 AND (spent <= by_client OR spent <= by_push)"),
        _check("acceptances", "answer", "last_answer IN ('accept', 'reject', 'ban', 'filter')"),
        _owner("acceptances"),
    )


def _contacts() -> None:
    _table(
        "contacts",
        Column("user_id", String(64), primary_key=True),
        Column("phone", LargeBinary),
        Column("bound_at", UtcTime),
        Column("sms_allowed", Boolean, nullable=False),
        Column("decided_at", UtcTime),
        _check("contacts", "bound", "(phone IS NULL) = (bound_at IS NULL)"),
        _owner("contacts"),
    )


def _table(name: str, *parts: SchemaItem) -> None:
    op.create_table(name, *parts, **_MYSQL)


def _check(table: str, name: str, rule: str) -> CheckConstraint:
    return CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _owner(table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f(f"fk_{table}_user_id"), ondelete="CASCADE")
