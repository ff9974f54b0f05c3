"""People and their credit accounts: found by openid, created once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import ColumnElement, Connection, insert, select, update

from common.clock import new_id
from common.domain.phones import PhoneNumber
from common.domain.users import User, UserId
from common.errors import NotLoggedIn
from common.persistence.store import Store, as_record, reading, writing
from common.persistence.tables.accounts import contacts, users
from common.persistence.tables.credits import credit_accounts

if TYPE_CHECKING:
    from common.domain.users import OpenId, WeChatIdentity
    from common.persistence.database import Database

#: With the sealed number, where there is one.
_PEOPLE = select(users, contacts.c.phone).outerjoin(contacts, contacts.c.user_id == users.c.id)


class Encrypt(Protocol):
    """Personal data is encrypted before it reaches SQL; `context` binds the result to one column of one row."""

    def __call__(self, text: str, *, context: str) -> bytes: ...


class Decrypt(Protocol):
    def __call__(self, sealed: bytes, *, context: str) -> str: ...


class SqlUserStore(Store):
    def __init__(self, database: Database, *, encrypt: Encrypt, decrypt: Decrypt) -> None:
        super().__init__(database)
        self._encrypt = encrypt
        self._decrypt = decrypt

    @writing
    def find_or_create(self, connection: Connection, identity: WeChatIdentity, *, now: datetime) -> tuple[User, bool]:
        """The user of this openid and whether it is new; keeps the newest session_key, encrypted. Safe to race.

        Two first logins at once: the later one meets the unique openid, starts again and finds the user.
        """
        known = self._one(connection, users.c.openid == identity.openid)
        return (
            (self._see_again(connection, known, identity, now), False)
            if known
            else self._create(connection, identity, now)
        )

    @reading
    def find(self, connection: Connection, user_id: UserId) -> User | None:
        """None also for somebody who has left."""
        return self._one(connection, *_living(user_id))

    @reading
    def is_there(self, connection: Connection, user_id: UserId) -> bool:
        """Whether sessions of this user count."""
        return connection.execute(select(users.c.id).where(*_living(user_id))).first() is not None

    @writing
    def set_nickname(self, connection: Connection, user_id: UserId, nickname: str) -> None:
        connection.execute(update(users).where(*_living(user_id)).values(nickname=nickname))

    @writing
    def set_avatar(self, connection: Connection, user_id: UserId, key: str) -> str | None:
        """The key of the one before, which nobody needs any more. Raises NotLoggedIn for somebody who has left meanwhile."""
        mine = select(users.c.avatar_key).where(*_living(user_id)).with_for_update()
        row = connection.execute(mine).one_or_none()
        if row is None:
            raise NotLoggedIn
        connection.execute(update(users).where(users.c.id == user_id).values(avatar_key=key))
        before: str | None = row.avatar_key
        return before

    @writing
    def set_phone(self, connection: Connection, user_id: UserId, phone: PhoneNumber, *, now: datetime) -> None:
        """Where a number that was proved by SMS stands too: the newest one counts. Raises NotLoggedIn as set_avatar does."""
        if connection.execute(select(users.c.id).where(*_living(user_id)).with_for_update()).first() is None:
            raise NotLoggedIn
        news = {"phone": self._encrypt(str(phone), context=_phone_place(user_id)), "bound_at": now}
        if not connection.execute(update(contacts).where(contacts.c.user_id == user_id).values(news)).rowcount:
            connection.execute(insert(contacts).values(user_id=user_id, sms_allowed=False, **news))

    @reading
    def find_by_openid(self, connection: Connection, openid: OpenId) -> User | None:
        return self._one(connection, users.c.openid == openid)

    @writing
    def forget_profile(self, connection: Connection, openid: OpenId) -> str | None:
        """Nickname and avatar; the key of the picture, which nobody needs any more. For somebody we do not know, nothing."""
        key: str | None = connection.scalar(
            select(users.c.avatar_key).where(users.c.openid == openid).with_for_update()
        )
        connection.execute(update(users).where(users.c.openid == openid).values(nickname=None, avatar_key=None))
        return key

    def session_key(self, user_id: UserId) -> str | None:
        """Of the newest login; None for somebody we do not know."""
        sealed = self._sealed_key(user_id)
        return None if sealed is None else self._decrypt(sealed, context=_place(user_id))

    @reading
    def _sealed_key(self, connection: Connection, user_id: UserId) -> bytes | None:
        sealed: bytes | None = connection.scalar(select(users.c.session_key).where(users.c.id == user_id))
        return sealed

    def _see_again(self, connection: Connection, user: User, identity: WeChatIdentity, now: datetime) -> User:
        news = {"session_key": self._sealed(user.id, identity), "seen_at": now}
        if identity.unionid is not None:
            news["unionid"] = identity.unionid
        connection.execute(update(users).where(users.c.id == user.id).values(news))
        return user

    def _create(self, connection: Connection, identity: WeChatIdentity, now: datetime) -> tuple[User, bool]:
        user = User(UserId(new_id("u_")), identity.openid, created_at=now)
        connection.execute(
            insert(users).values(
                id=user.id,
                openid=user.openid,
                unionid=identity.unionid,
                session_key=self._sealed(user.id, identity),
                created_at=now,
                seen_at=now,
            )
        )
        connection.execute(insert(credit_accounts).values(user_id=user.id, ledger=0, held=0))
        return user, True

    def _one(self, connection: Connection, *which: ColumnElement[bool]) -> User | None:
        row = connection.execute(_PEOPLE.where(*which)).mappings().one_or_none()
        if row is None:
            return None
        sealed = row["phone"]
        phone = PhoneNumber.parse(self._decrypt(sealed, context=_phone_place(row["id"]))) if sealed else None
        return as_record(User, {**row, "phone": phone})

    def _sealed(self, user_id: UserId, identity: WeChatIdentity) -> bytes:
        return self._encrypt(identity.session_key, context=_place(user_id))


def _living(user_id: UserId) -> tuple[ColumnElement[bool], ...]:
    return users.c.id == user_id, users.c.erased_at.is_(None)


def _place(user_id: UserId) -> str:
    return f"users.session_key:{user_id}"


def _phone_place(user_id: UserId) -> str:
    return f"contacts.phone:{user_id}"
