"""How a user may be reached beside WeChat: the verified phone number, encrypted, and whether SMS are wanted."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from common.domain.phones import PhoneNumber
from common.domain.users import UserId
from common.persistence.database import Database
from common.persistence.store import Store, reading, writing
from common.persistence.tables.accounts import contacts
from common.persistence.users import Decrypt, Encrypt


class SqlContacts(Store):
    """Implements Phones and SmsConsents. A number is nobody else's secret: two accounts of one person may have the same."""

    def __init__(self, database: Database, *, encrypt: Encrypt, decrypt: Decrypt) -> None:
        super().__init__(database)
        self._encrypt = encrypt
        self._decrypt = decrypt

    def bind_phone(self, user_id: UserId, phone: PhoneNumber, *, now: datetime) -> None:
        """Kept encrypted; the one before is forgotten."""
        self._keep(user_id, {"phone": self._encrypt(str(phone), context=_place(user_id)), "bound_at": now})

    def phone_of(self, user_id: UserId) -> PhoneNumber | None:
        sealed = self._sealed_phone(user_id)
        return None if sealed is None else PhoneNumber.parse(self._decrypt(sealed, context=_place(user_id)))

    def allow_sms(self, user_id: UserId, allowed: bool, *, now: datetime) -> None:
        self._keep(user_id, {"sms_allowed": allowed, "decided_at": now})

    @reading
    def allows_sms(self, connection: Connection, user_id: UserId) -> bool:
        return bool(connection.scalar(select(contacts.c.sms_allowed).where(contacts.c.user_id == user_id)))

    @writing
    def erase_user(self, connection: Connection, user_id: UserId) -> int:
        return connection.execute(delete(contacts).where(contacts.c.user_id == user_id)).rowcount

    @reading
    def _sealed_phone(self, connection: Connection, user_id: UserId) -> bytes | None:
        sealed: bytes | None = connection.scalar(select(contacts.c.phone).where(contacts.c.user_id == user_id))
        return sealed

    @writing
    def _keep(self, connection: Connection, user_id: UserId, news: dict[str, Any]) -> None:
        """Two first ones at once: the later one meets the primary key, starts again and finds the row."""
        known = connection.scalar(select(contacts.c.user_id).where(contacts.c.user_id == user_id).with_for_update())
        if known is None:
            connection.execute(insert(contacts).values(**{"user_id": user_id, "sms_allowed": False, **news}))
        else:
            connection.execute(update(contacts).where(contacts.c.user_id == user_id).values(news))


def _place(user_id: UserId) -> str:
    return f"contacts.phone:{user_id}"
