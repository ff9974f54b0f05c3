"""What was bought, what was paid back, and what was told about it."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String

from common.persistence.columns import UserText
from common.persistence.table_parts import check, ident, table, unique, when

orders = table(
    "orders",
    Column("number", String(32), primary_key=True),
    ident("user_id", ForeignKey("users.id"), nullable=False),
    Column("openid", String(128), nullable=False),
    Column("product_id", String(64), nullable=False),
    Column("description", UserText(128), nullable=False),
    Column("amount_fen", Integer, nullable=False),
    Column("credits", Integer, nullable=False),
    Column("provider", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    when("created_at"),
    when("expires_at"),
    Column("prepay_id", String(128)),
    Column("transaction_id", String(64)),
    when("paid_at", nullable=True),
    when("ended_at", nullable=True),
    when("next_question_at", nullable=True),  # when nothing is left to ask: empty
    check("amount_fen > 0", "amount"),
    check("credits > 0", "credits"),
    check("state IN ('created', 'paid', 'granted', 'closed', 'refunded')", "state"),
    check(
        "state IN ('created', 'closed') OR (transaction_id IS NOT NULL AND paid_at IS NOT NULL)",
        "proof",
    ),
    unique("orders", "provider", "transaction_id"),
    Index(None, "user_id", "created_at"),
    Index(None, "next_question_at"),
)

#: `live_order` is the order's number while the refund is asked for or done, so that no order can have two of them.
refunds = table(
    "refunds",
    Column("number", String(32), primary_key=True),
    Column("order_number", String(32), ForeignKey("orders.number"), nullable=False),
    Column("live_order", String(32)),
    Column("amount_fen", Integer, nullable=False),
    Column("credits", Integer, nullable=False),
    Column("reason", UserText(80), nullable=False),
    Column("state", String(16), nullable=False),
    when("created_at"),
    when("ended_at", nullable=True),
    when("next_question_at", nullable=True),
    check("amount_fen > 0", "amount"),
    check("credits >= 0", "credits"),
    check("state IN ('asked', 'done', 'failed')", "state"),
    check("(state = 'asked') = (ended_at IS NULL)", "ended"),
    check("(state = 'failed') = (live_order IS NULL)", "live"),
    check("live_order = order_number", "same_order"),
    unique("refunds", "live_order"),
    Index(None, "order_number"),
    Index(None, "next_question_at"),
)

#: What was told about an order and what came of it, once each: replays cannot fill the table, nor queue for a row.
order_events = table(
    "order_events",
    Column("order_number", String(32), ForeignKey("orders.number"), primary_key=True),
    Column("source", String(16), primary_key=True),
    Column("outcome", String(64), primary_key=True),
    when("at"),
)
