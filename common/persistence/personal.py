"""Whose rows are whose: every table of the schema is named here, or a contract test fails.

Erasing goes through PERSONAL in its order, children before what they hang on; the export reads the same tables.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from sqlalchemy import Column, ColumnElement, Table, select

from common.persistence.tables.accounts import contacts, erasures, users
from common.persistence.tables.chat import chat_turns, conversations
from common.persistence.tables.credits import credit_accounts, credit_holds, credit_ledger
from common.persistence.tables.messages import acceptances, outbox
from common.persistence.tables.operations import idempotency_keys
from common.persistence.tables.orders import order_events, orders, refunds
from common.persistence.tables.pipeline import resume_stages, resumes
from common.persistence.tables.sharing import media_checks, media_traces, shares

Fate = Literal["goes at once", "goes with the money", "is kept for whoever paid"]
Mine = Callable[[str], ColumnElement[bool]]


@dataclass(frozen=True)
class PersonalTable:
    """`mine` finds a user's rows. `sealed` columns are encrypted, `inner` ones are ours and no part of an export."""

    table: Table
    mine: Mine
    fate: Fate
    section: str | None = None
    sealed: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()


def _owned(column: Column[str], user_id: str) -> ColumnElement[bool]:
    return column == user_id


def _through(column: Column[str], parent: Column[str], owner: Column[str], user_id: str) -> ColumnElement[bool]:
    return column.in_(select(parent).where(owner == user_id))


def _by_user(table: Table) -> Mine:
    return partial(_owned, table.c.user_id)


def _by(column: Column[str], parent: Column[str], owner: Column[str]) -> Mine:
    return partial(_through, column, parent, owner)


PERSONAL: tuple[PersonalTable, ...] = (
    PersonalTable(
        chat_turns,
        _by(chat_turns.c.conversation_id, conversations.c.id, conversations.c.user_id),
        "goes at once",
        section="turns",
        sealed=("message", "answer"),
        inner=("lease_until", "attempt"),
    ),
    PersonalTable(conversations, _by_user(conversations), "goes at once", section="conversations", sealed=("summary",)),
    PersonalTable(acceptances, _by_user(acceptances), "goes at once", section="acceptances"),
    PersonalTable(contacts, _by_user(contacts), "goes at once", section="contacts", sealed=("phone",)),
    PersonalTable(outbox, _by_user(outbox), "goes at once", section="messages", inner=("lease_until", "due_at")),
    PersonalTable(
        media_traces,
        _by(media_traces.c.object_key, media_checks.c.object_key, media_checks.c.user_id),
        "goes at once",
    ),
    PersonalTable(
        media_checks,
        _by_user(media_checks),
        "goes at once",
        section="picture_checks",
        inner=("openid", "next_check_at"),
    ),
    PersonalTable(
        shares,
        _by_user(shares),
        "goes at once",
        section="shares",
        sealed=("token",),
        inner=("token_sha256", "next_check_at"),
    ),
    PersonalTable(
        resume_stages,
        _by(resume_stages.c.resume_id, resumes.c.id, resumes.c.user_id),
        "goes at once",
        section="stages",
        inner=("lease_until",),
    ),
    PersonalTable(resumes, _by_user(resumes), "goes at once", section="resumes"),
    PersonalTable(idempotency_keys, _by_user(idempotency_keys), "goes at once"),
    PersonalTable(
        order_events,
        _by(order_events.c.order_number, orders.c.number, orders.c.user_id),
        "is kept for whoever paid",
        section="order_events",
    ),
    PersonalTable(
        refunds,
        _by(refunds.c.order_number, orders.c.number, orders.c.user_id),
        "is kept for whoever paid",
        section="refunds",
        inner=("live_order", "next_question_at"),
    ),
    PersonalTable(
        orders,
        _by_user(orders),
        "is kept for whoever paid",
        section="orders",
        inner=("prepay_id", "next_question_at"),
    ),
    PersonalTable(credit_ledger, _by_user(credit_ledger), "is kept for whoever paid", section="ledger"),
    PersonalTable(credit_holds, _by_user(credit_holds), "is kept for whoever paid", section="holds"),
    PersonalTable(credit_accounts, _by_user(credit_accounts), "is kept for whoever paid", section="balance"),
    PersonalTable(erasures, _by_user(erasures), "goes with the money"),
    PersonalTable(
        users,
        partial(_owned, users.c.id),
        "is kept for whoever paid",
        section="account",
        inner=("session_key", "avatar_key", "erased_at"),
    ),
)

#: Tables without anybody in them, and why.
IMPERSONAL: dict[str, str] = {
    "incidents": "names of thresholds and vendors, numbers and times",
    "access_tokens": "the mini-program's own token",
    "past_welcomes": "digests of openids, which lead to no account and no other row",
}

#: Families of Redis keys, the part after the prefix → who erases them.
REDIS_FAMILIES: dict[str, str] = {
    "limit": "by name: a user's own begin with what is limited and end with the user",
    "chat": "by turn: pieces of an answer, half an hour",
    "turns": "by value: who waits for the model, until the lease ends",
    "sms_code": "nobody: digests of codes under digests of numbers, five minutes",
    "visit": "nobody: a digest of who saw which shared page, a day",
    "cache": "by name: values with a user in their key",
    "calls": "nobody: counts of calls by vendor and minute, an hour",
    "lock": "by name: nothing but a lease",
}
