"""People, credits, orders, resumes with their stages, messages, tokens and idempotency keys."""

from typing import Any

from alembic import op
from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKeyConstraint, Integer, LargeBinary, String
from sqlalchemy.schema import SchemaItem

from common.persistence.columns import LongText, LongUserText, UserText, UtcTime

revision = "0001"
down_revision = None

_MYSQL: dict[str, Any] = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}


def upgrade() -> None:
    _users()
    _credits()
    _holds()
    _orders()
    _resumes()
    _stages()
    _outbox()
    _access_tokens()
    _idempotency_keys()


def _users() -> None:
    _table(
        "users",
        Column("id", String(64), primary_key=True),
        Column("openid", String(128), nullable=False),
        Column("unionid", String(128)),
        Column("session_key", LargeBinary),
        Column("nickname", UserText(64)),
        Column("avatar_url", UserText(512)),
        Column("created_at", UtcTime, nullable=False),
        Column("seen_at", UtcTime, nullable=False),
    )
    _unique("users", "openid")


def _credits() -> None:
    _table(
        "credit_accounts",
        Column("user_id", String(64), primary_key=True),
        Column("ledger", Integer, nullable=False),
        Column("held", Integer, nullable=False),
        _check("credit_accounts", "held", "held >= 0"),
        _check("credit_accounts", "available", "ledger >= held"),
        _owner("credit_accounts"),
    )
    _table(
        "credit_ledger",
        Column("id", String(64), primary_key=True),
        Column("user_id", String(64), nullable=False),
        Column("entry_key", String(160), nullable=False),
        Column("reason", String(16), nullable=False),
        Column("amount", Integer, nullable=False),
        Column("created_at", UtcTime, nullable=False),
        _check(
            "credit_ledger",
            "direction",
            "(reason IN ('welcome', 'purchase') AND amount > 0) OR (reason = 'capture' AND amount < 0)",
        ),
        _owner("credit_ledger"),
    )
    _unique("credit_ledger", "entry_key")
    _index("credit_ledger", "user_id", "created_at")


def _holds() -> None:
    _table(
        "credit_holds",
        Column("id", String(64), primary_key=True),
        Column("user_id", String(64), nullable=False),
        Column("key", String(150), nullable=False),
        Column("amount", Integer, nullable=False),
        Column("state", String(16), nullable=False),
        Column("created_at", UtcTime, nullable=False),
        Column("expires_at", UtcTime, nullable=False),
        Column("ended_at", UtcTime),
        _check("credit_holds", "amount", "amount > 0"),
        _check("credit_holds", "state", "state IN ('held', 'captured', 'released')"),
        _owner("credit_holds"),
    )
    _unique("credit_holds", "key")
    _index("credit_holds", "user_id")
    _index("credit_holds", "state", "expires_at")


def _orders() -> None:
    _table(
        "orders",
        Column("number", String(32), primary_key=True),
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
        Column("next_question_at", UtcTime, nullable=False),
        _check("orders", "amount", "amount_fen > 0"),
        _check("orders", "credits", "credits > 0"),
        _check("orders", "state", "state IN ('created', 'paid', 'granted', 'closed', 'refunded')"),
        _check(
            "orders",
            "proof",
            "state IN ('created', 'closed') OR (transaction_id IS NOT NULL AND paid_at IS NOT NULL)",
        ),
        _owner("orders"),
    )
    _unique("orders", "provider", "transaction_id")
    _index("orders", "user_id", "created_at")
    _index("orders", "state", "next_question_at")


def _resumes() -> None:
    _table(
        "resumes",
        Column("id", String(64), primary_key=True),
        Column("user_id", String(64), nullable=False),
        Column("filename", UserText(255), nullable=False),
        Column("extension", String(8), nullable=False),
        Column("size_bytes", Integer, nullable=False),
        Column("jd", LongUserText),
        Column("template", String(64), nullable=False),
        Column("optimise", Boolean, nullable=False),
        Column("created_at", UtcTime, nullable=False),
        Column("uploaded_at", UtcTime),
        Column("revision", String(8), nullable=False),
        Column("revised_at", UtcTime, nullable=False),
        Column("title", UserText(120)),
        _check("resumes", "size", "size_bytes > 0"),
        _owner("resumes"),
    )
    _index("resumes", "user_id", "created_at")
    _index("resumes", "uploaded_at")


def _stages() -> None:
    _table(
        "resume_stages",
        Column("resume_id", String(64), primary_key=True),
        Column("revision", String(8), primary_key=True),
        Column("stage", String(16), primary_key=True),
        Column("state", String(16), nullable=False),
        Column("started_at", UtcTime, nullable=False),
        Column("finished_at", UtcTime),
        Column("lease_until", UtcTime, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("error_code", String(64)),
        _check("resume_stages", "stage", "stage IN ('parse', 'optimise', 'render')"),
        _check("resume_stages", "state", "state IN ('running', 'done', 'failed')"),
        _check("resume_stages", "attempts", "attempts > 0"),
        _check("resume_stages", "finished", "(state = 'running') = (finished_at IS NULL)"),
        _check("resume_stages", "reason", "(state = 'failed') = (error_code IS NOT NULL)"),
        _of_resume("resume_stages"),
    )
    _index("resume_stages", "state", "lease_until")
    _index("resume_stages", "stage", "state", "finished_at")


def _outbox() -> None:
    _table(
        "outbox",
        Column("id", String(64), primary_key=True),
        Column("key", String(160), nullable=False),
        Column("user_id", String(64), nullable=False),
        Column("openid", String(128), nullable=False),
        Column("resume_id", String(64), nullable=False),
        Column("title", UserText(120), nullable=False),
        Column("created_at", UtcTime, nullable=False),
        Column("state", String(16), nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("due_at", UtcTime, nullable=False),
        Column("lease_until", UtcTime),
        Column("ended_at", UtcTime),
        Column("error_code", String(64)),
        _check("outbox", "state", "state IN ('waiting', 'sending', 'sent', 'failed')"),
        _check("outbox", "attempts", "attempts >= 0"),
        _owner("outbox"),
        _of_resume("outbox"),
    )
    _unique("outbox", "key")
    _index("outbox", "user_id")
    _index("outbox", "resume_id")
    _index("outbox", "state", "due_at")


def _access_tokens() -> None:
    _table(
        "access_tokens",
        Column("name", String(64), primary_key=True),
        Column("value", LongText, nullable=False),
        Column("expires_at", UtcTime, nullable=False),
    )


def _idempotency_keys() -> None:
    _table(
        "idempotency_keys",
        Column("key_sha256", String(64), primary_key=True),
        Column("fingerprint", String(128), nullable=False),
        Column("created_at", UtcTime, nullable=False),
        Column("lease_until", UtcTime, nullable=False),
        Column("status", Integer),
        Column("body", LongText),
        _check("idempotency_keys", "answer", "(status IS NULL) = (body IS NULL)"),
    )
    _index("idempotency_keys", "created_at")


def _table(name: str, *parts: SchemaItem) -> None:
    op.create_table(name, *parts, **_MYSQL)


def _check(table: str, name: str, rule: str) -> CheckConstraint:
    return CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _owner(table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f(f"fk_{table}_user_id"))


def _of_resume(table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["resume_id"], ["resumes.id"], name=op.f(f"fk_{table}_resume_id"), ondelete="CASCADE")


def _unique(table: str, *columns: str) -> None:
    op.create_index(op.f(f"uq_{table}_{'_'.join(columns)}"), table, columns, unique=True)


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)
