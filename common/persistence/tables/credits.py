"""Credit accounts: entries, holds, and the balance that both add up to."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String

from common.persistence.table_parts import check, ident, table, unique, when

#: One row per user. `ledger` is the sum of credit_ledger, `held` that of the live holds; both move in the transaction
#: that writes the entry, and the row is what concurrent spenders queue for.
credit_accounts = table(
    "credit_accounts",
    ident("user_id", ForeignKey("users.id"), primary_key=True),
    Column("ledger", Integer, nullable=False),
    Column("held", Integer, nullable=False),
    check("held >= 0", "held"),
    check("ledger >= held", "available"),
)

credit_ledger = table(
    "credit_ledger",
    ident("id", primary_key=True),
    ident("user_id", ForeignKey("users.id"), nullable=False),
    Column("entry_key", String(160), nullable=False),  # the occasion: welcome, order, hold or refund
    Column("reason", String(16), nullable=False),
    Column("amount", Integer, nullable=False),
    when("created_at"),
    check(
        "(reason IN ('welcome', 'purchase', 'refund_failed') AND amount > 0)"
        " OR (reason IN ('capture', 'refund') AND amount < 0)",
        "direction",
    ),
    unique("credit_ledger", "entry_key"),
    Index(None, "user_id", "created_at"),
)

credit_holds = table(
    "credit_holds",
    ident("id", primary_key=True),
    ident("user_id", ForeignKey("users.id"), nullable=False),
    Column("key", String(150), nullable=False),
    Column("amount", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    when("created_at"),
    when("expires_at"),
    when("ended_at", nullable=True),
    check("amount > 0", "amount"),
    check("state IN ('held', 'captured', 'released')", "state"),
    unique("credit_holds", "key"),
    Index(None, "user_id"),
    Index(None, "state", "expires_at"),
)
