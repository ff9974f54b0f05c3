"""Refunds, the history of orders, and orders about which nothing is left to ask."""

from typing import Any

from alembic import op
from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
)
from sqlalchemy.schema import SchemaItem

from common.persistence.columns import UserText, UtcTime

revision = "0002"
down_revision = "0001"

_MYSQL: dict[str, Any] = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}

_DIRECTION = (
    "(reason IN ('welcome', 'purchase', 'refund_failed') AND amount > 0)"
    " OR (reason IN ('capture', 'refund') AND amount < 0)"
)


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        _rebuild(_ledger_table())
        _rebuild(_orders_table())
    else:
        op.drop_constraint(op.f("ck_credit_ledger_direction"), "credit_ledger", type_="check")
        op.create_check_constraint(op.f("ck_credit_ledger_direction"), "credit_ledger", _DIRECTION)
        op.alter_column("orders", "next_question_at", existing_type=UtcTime(), nullable=True)
        op.drop_index(op.f("ix_orders_state_next_question_at"), "orders")
        op.create_index(op.f("ix_orders_next_question_at"), "orders", ["next_question_at"])
    _refunds()
    _order_events()


def _rebuild(table: Table) -> None:
    """SQLite cannot change a table: a new one takes the rows and then the name."""
    with op.batch_alter_table(table.name, copy_from=table, recreate="always"):
        pass


def _ledger_table() -> Table:
    return Table(
        "credit_ledger",
        MetaData(),
        Column("id", String(64), nullable=False),
        Column("user_id", String(64), nullable=False),
        Column("entry_key", String(160), nullable=False),
        Column("reason", String(16), nullable=False),
        Column("amount", Integer, nullable=False),
        Column("created_at", UtcTime, nullable=False),
        _check("credit_ledger", "direction", _DIRECTION),
        PrimaryKeyConstraint("id", name=op.f("pk_credit_ledger")),
        ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_credit_ledger_user_id")),
        Index(op.f("uq_credit_ledger_entry_key"), "entry_key", unique=True),
        Index(op.f("ix_credit_ledger_user_id_created_at"), "user_id", "created_at"),
    )


def _orders_table() -> Table:
    return Table(
        "orders",
        MetaData(),
        Column("number", String(32), nullable=False),
        Column("user_id", String(64), nullable=False),
        Column("openid", String(128), nullable=False),
        Column("product_id", String(64), nullable=False),
        Column("description", UserText(128), nullable=False),
        Column("amount_fen", Integer, nullable=False),
        Column("credits", Integer, nullable=False),
        Column("provider", String(16), nullable=False),
        Column("state", String(16), nullable=False),
        Column("created_at", UtcTime, nullable=False),
        Column("expires_at", UtcTime, nullable=False),
        Column("prepay_id", String(128)),
        Column("transaction_id", String(64)),
        Column("paid_at", UtcTime),
        Column("ended_at", UtcTime),
        Column("next_question_at", UtcTime),
        _check("orders", "amount", "amount_fen > 0"),
        _check("orders", "credits", "credits > 0"),
        _check("orders", "state", "state IN ('created', 'paid', 'granted', 'closed', 'refunded')"),
        _check(
            "orders",
            "proof",
            "state IN ('created', 'closed') OR (transaction_id IS NOT NULL AND paid_at IS NOT NULL)",
        ),
        PrimaryKeyConstraint("number", name=op.f("pk_orders")),
        ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_orders_user_id")),
        Index(op.f("uq_orders_provider_transaction_id"), "provider", "transaction_id", unique=True),
        Index(op.f("ix_orders_user_id_created_at"), "user_id", "created_at"),
        Index(op.f("ix_orders_next_question_at"), "next_question_at"),
    )


def _refunds() -> None:
    _table(
        "refunds",
        Column("number", String(32), primary_key=True),
        Column("order_number", String(32), nullable=False),
        Column("live_order", String(32)),
        Column("amount_fen", Integer, nullable=False),
        Column("credits", Integer, nullable=False),
        Column("reason", UserText(80), nullable=False),
        Column("state", String(16), nullable=False),
        Column("created_at", UtcTime, nullable=False),
        Column("ended_at", UtcTime),
        Column("next_question_at", UtcTime),
        _check("refunds", "amount", "amount_fen > 0"),
        _check("refunds", "credits", "credits >= 0"),
        _check("refunds", "state", "state IN ('asked', 'done', 'failed')"),
        _check("refunds", "ended", "(state = 'asked') = (ended_at IS NULL)"),
        _check("refunds", "live", "(state = 'failed') = (live_order IS NULL)"),
        _check("refunds", "same_order", "live_order = order_number"),
        _of_order("refunds"),
    )
    op.create_index(op.f("uq_refunds_live_order"), "refunds", ["live_order"], unique=True)
    op.create_index(op.f("ix_refunds_order_number"), "refunds", ["order_number"])
    op.create_index(op.f("ix_refunds_next_question_at"), "refunds", ["next_question_at"])


def _order_events() -> None:
    _table(
        "order_events",
        Column("order_number", String(32), primary_key=True),
        Column("source", String(16), primary_key=True),
        Column("outcome", String(64), primary_key=True),
        Column("at", UtcTime, nullable=False),
        _of_order("order_events"),
    )


def _table(name: str, *parts: SchemaItem) -> None:
    op.create_table(name, *parts, **_MYSQL)


def _check(table: str, name: str, rule: str) -> CheckConstraint:
    return CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _of_order(table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["order_number"], ["orders.number"], name=op.f(f"fk_{table}_order_number"))
