"""Vendor access tokens that all functions share: the one that lives longest wins."""

from sqlalchemy import Connection, insert, select, update

from common.domain.tokens import AccessToken
from common.persistence.store import Store, as_record, reading, writing
from common.persistence.tables.operations import access_tokens


class SqlTokenStore(Store):
    @reading
    def read(self, connection: Connection, name: str) -> AccessToken | None:
        row = connection.execute(select(access_tokens).where(access_tokens.c.name == name)).mappings().one_or_none()
        return as_record(AccessToken, row) if row else None

    @writing
    def keep(self, connection: Connection, name: str, token: AccessToken) -> bool:
        """Written only if it expires later than the stored one."""
        named = access_tokens.c.name == name
        older = update(access_tokens).where(named, access_tokens.c.expires_at < token.expires_at)
        if connection.execute(older.values(**vars(token))).rowcount:
            return True
        if connection.execute(select(access_tokens.c.name).where(named)).one_or_none():
            return False
        connection.execute(insert(access_tokens).values(name=name, **vars(token)))
        return True
