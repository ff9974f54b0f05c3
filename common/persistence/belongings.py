"""Everything SQL holds about one user, read through the same list that erasing goes by. Implements the port Belongings."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from common.domain.users import UserId
from common.persistence.chats import Cipher
from common.persistence.database import Database
from common.persistence.personal import PERSONAL, PersonalTable
from common.persistence.store import Store


class SqlBelongings(Store):
    def __init__(self, database: Database, cipher: Cipher) -> None:
        super().__init__(database)
        self._cipher = cipher

    def of(self, user_id: UserId) -> Mapping[str, list[dict[str, Any]]]:
        """Section → rows as they are, in the order of their keys; sealed columns opened, inner ones left out."""

        def read(connection: Connection) -> dict[str, list[dict[str, Any]]]:
            return {found.section: self._rows(connection, found, user_id) for found in PERSONAL if found.section}

        return self._database.run(read, write=False, snapshot=True)

    def _rows(self, connection: Connection, found: PersonalTable, user_id: UserId) -> list[dict[str, Any]]:
        query = select(found.table).where(found.mine(user_id)).order_by(*found.table.primary_key.columns)
        return [self._opened(found, row) for row in connection.execute(query).mappings()]

    def _opened(self, found: PersonalTable, row: RowMapping) -> dict[str, Any]:
        content = {name: value for name, value in row.items() if name not in found.inner}
        for column in found.sealed:
            if content[column] is not None:
                context = f"{found.table.name}.{column}:{row.get('id') or row['user_id']}"
                content[column] = self._cipher.decrypt(content[column], context=context)
        return content
