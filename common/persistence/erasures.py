"""Accounts that leave: the person goes at once, the rows step by step, and what the law keeps stays without a name."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, or_, select, update

from common.domain.leaving import Erasure
from common.domain.users import UserId
from common.persistence import ledger
from common.persistence.credits import person_sha256
from common.persistence.personal import PERSONAL
from common.persistence.store import Store, as_record, reading, writing
from common.persistence.tables.accounts import contacts, erasures, past_welcomes, users
from common.persistence.tables.chat import chat_turns, conversations
from common.persistence.tables.credits import credit_holds, credit_ledger
from common.persistence.tables.orders import order_events, orders, refunds

#: What stands in the place of an openid that has to be kept unique and of nobody.
NOBODY = "erased/"


class SqlErasures(Store):
    @writing
    def begin(self, connection: Connection, user_id: UserId, *, now: datetime, lease_s: float) -> bool:
        """From this transaction on the account is nobody's and its sessions are worth nothing. Safe to repeat.

        False when it was begun before, or there is no such account.
        """
        mine = select(users.c.openid).where(users.c.id == user_id, users.c.erased_at.is_(None))
        openid = connection.scalar(mine.with_for_update())
        if openid is None:
            return False
        _remember_welcome(connection, user_id, openid)
        nothing = dict.fromkeys(("unionid", "session_key", "nickname", "avatar_key"))
        left = {"openid": NOBODY + user_id, "erased_at": now, **nothing}
        connection.execute(update(users).where(users.c.id == user_id).values(left))
        connection.execute(delete(contacts).where(contacts.c.user_id == user_id))
        work = Erasure(user_id, asked_at=now, attempts=1)
        lease = {"due_at": now, "lease_until": now + timedelta(seconds=lease_s)}
        connection.execute(insert(erasures).values(**vars(work), **lease))
        return True

    @writing
    def claim(self, connection: Connection, *, now: datetime, lease_s: float, limit: int) -> list[Erasure]:
        """What is due and nobody works on, the longest due first, now ours for `lease_s`."""
        free = select(erasures).where(erasures.c.due_at <= now, erasures.c.lease_until <= now)
        rows = connection.execute(free.order_by(erasures.c.due_at).limit(limit).with_for_update()).mappings().all()
        lease = {"lease_until": now + timedelta(seconds=lease_s), "attempts": erasures.c.attempts + 1}
        mine = erasures.c.user_id.in_([row["user_id"] for row in rows])
        connection.execute(update(erasures).where(mine).values(lease))
        return [as_record(Erasure, row) for row in rows]

    @writing
    def postpone(
        self, connection: Connection, user_id: UserId, *, until: datetime, error_code: str | None = None
    ) -> None:
        later = {"due_at": until, "lease_until": until, "error_code": error_code}
        connection.execute(update(erasures).where(erasures.c.user_id == user_id).values(later))

    @reading
    def turn_ids(self, connection: Connection, user_id: UserId) -> list[str]:
        """Of all that was ever asked: pieces of answers are kept under these names."""
        mine = chat_turns.join(conversations, conversations.c.id == chat_turns.c.conversation_id)
        return list(
            connection.scalars(select(chat_turns.c.id).select_from(mine).where(conversations.c.user_id == user_id))
        )

    @writing
    def erase_rows(self, connection: Connection, user_id: UserId, *, now: datetime) -> None:
        """Everything but money and what hangs on it. Credits that are held for work go back: it will not be done."""
        live = select(credit_holds.c.key).where(credit_holds.c.user_id == user_id, credit_holds.c.state == "held")
        for key in list(connection.scalars(live)):
            ledger.release(connection, key, now=now)
        _delete(connection, user_id, ("goes at once",))

    @writing
    def finish(self, connection: Connection, user_id: UserId) -> bool:
        """The money: False while something about it is still open at a vendor, and nothing is changed.

        Whoever paid leaves orders, refunds and the ledger behind, with a row that says nobody; else nothing is left at all.
        """
        if _is_open(connection, user_id):
            return False
        proven = select(orders.c.number).where(orders.c.user_id == user_id, orders.c.transaction_id.is_not(None))
        if connection.execute(proven).first() is None:
            _delete(connection, user_id, ("goes at once", "is kept for whoever paid", "goes with the money"))
            return True
        _blank_money(connection, user_id)
        _delete(connection, user_id, ("goes at once", "goes with the money"))
        return True


def _remember_welcome(connection: Connection, user_id: UserId, openid: str) -> None:
    """The ledger's entry no longer says whose it was; the digest alone stays, where no account is named."""
    entry = credit_ledger.c.user_id == user_id, credit_ledger.c.reason == "welcome"
    person = person_sha256(openid)
    known = connection.execute(select(past_welcomes).where(past_welcomes.c.person_sha256 == person)).first()
    renamed = connection.execute(update(credit_ledger).where(*entry).values(entry_key=f"welcome/{user_id}"))
    if renamed.rowcount and known is None:
        connection.execute(insert(past_welcomes).values(person_sha256=person))


def _is_open(connection: Connection, user_id: UserId) -> bool:
    """Somebody could still pay, or money is on its way back; both ask for the openid in the order."""
    asked_about = select(orders.c.number).where(orders.c.user_id == user_id, orders.c.next_question_at.is_not(None))
    mine = refunds.join(orders, orders.c.number == refunds.c.order_number)
    on_its_way = select(refunds.c.number).select_from(mine)
    on_its_way = on_its_way.where(orders.c.user_id == user_id, refunds.c.state == "asked")
    return any(connection.execute(query).first() is not None for query in (asked_about, on_its_way))


def _blank_money(connection: Connection, user_id: UserId) -> None:
    """Orders that nobody paid go, and holds that were given back; the rest says what was paid, and not by whom."""
    unpaid = select(orders.c.number).where(orders.c.user_id == user_id, orders.c.transaction_id.is_(None))
    numbers = list(connection.scalars(unpaid))
    for table in (order_events, refunds):
        connection.execute(delete(table).where(table.c.order_number.in_(numbers)))
    connection.execute(delete(orders).where(orders.c.number.in_(numbers)))
    connection.execute(
        update(orders).where(orders.c.user_id == user_id).values(openid=NOBODY + user_id, prepay_id=None)
    )
    ended = or_(credit_holds.c.state == "released", credit_holds.c.state == "held")
    connection.execute(delete(credit_holds).where(credit_holds.c.user_id == user_id, ended))


def _delete(connection: Connection, user_id: UserId, fates: Iterable[str]) -> None:
    for personal in PERSONAL:
        if personal.fate in fates:
            connection.execute(delete(personal.table).where(personal.mine(user_id)))
