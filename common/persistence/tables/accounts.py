"""People: who they are, how they are reached, and how they leave."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String

from common.persistence.columns import UserText
from common.persistence.table_parts import check, ident, table, unique, when

users = table(
    "users",
    ident("id", primary_key=True),
    Column("openid", String(128), nullable=False),
    Column("unionid", String(128)),
    Column("session_key", LargeBinary),  # encrypted
    Column("nickname", UserText(64)),
    when("created_at"),
    when("seen_at"),
    Column("avatar_key", String(160)),
    when("erased_at", nullable=True),  # from then on nobody: the row only holds together what has to be kept
    unique("users", "openid"),
)

#: `phone` is encrypted.
contacts = table(
    "contacts",
    ident("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("phone", LargeBinary),
    when("bound_at", nullable=True),
    Column("sms_allowed", Boolean, nullable=False),
    when("decided_at", nullable=True),
    check("(phone IS NULL) = (bound_at IS NULL)", "bound"),
)

#: Accounts on their way out: what is left to do, by whom, and when it is tried next.
erasures = table(
    "erasures",
    ident("user_id", ForeignKey("users.id"), primary_key=True),
    when("asked_at"),
    when("due_at"),
    when("lease_until"),
    Column("attempts", Integer, nullable=False),
    Column("error_code", String(64)),
    check("attempts >= 0", "attempts"),
    Index(None, "due_at"),
)

#: People who had their welcome credits and left: a digest of the openid, and nothing that leads to an account.
past_welcomes = table("past_welcomes", Column("person_sha256", String(64), primary_key=True))
