"""What the functions themselves keep: tokens, answers given before, incidents."""

from sqlalchemy import Column, Index, Integer, String

from common.persistence.columns import LongText
from common.persistence.table_parts import check, ident, table, unique, when

access_tokens = table(
    "access_tokens",
    Column("name", String(64), primary_key=True),
    Column("value", LongText, nullable=False),
    when("expires_at"),
)

idempotency_keys = table(
    "idempotency_keys",
    Column("key_sha256", String(64), primary_key=True),
    Column("fingerprint", String(128), nullable=False),
    when("created_at"),
    when("lease_until"),
    Column("status", Integer),
    Column("body", LongText),
    ident("user_id"),  # whose answer it is; nobody's before the login
    check("(status IS NULL) = (body IS NULL)", "answer"),
    Index(None, "created_at"),
    Index(None, "user_id"),
)

#: What operators are told of. `live` is name/subject while it lasts, so one incident has one row; nobody is in here.
incidents = table(
    "incidents",
    ident("id", primary_key=True),
    Column("name", String(64), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("live", String(160)),
    Column("value", Integer, nullable=False),
    when("began_at"),
    when("seen_at"),
    when("ended_at", nullable=True),
    when("begin_told_at", nullable=True),
    when("end_told_at", nullable=True),
    when("lease_until"),
    check("(live IS NULL) = (ended_at IS NOT NULL)", "live"),
    unique("incidents", "live"),
    Index(None, "ended_at"),
)
