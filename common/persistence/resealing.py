"""Personal data under a new key: every ciphertext of the database that is not under the current key is written again.

Resumable because nothing is kept: what is done is recognised by its key id. Rows are taken in batches by their primary key, and
a row is only replaced while it still holds what was read, so a concurrent writer wins and no reader ever waits for long.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Column, Connection, LargeBinary, Table, select, update

from common.errors import InternalError
from common.persistence.database import Database
from common.persistence.store import Store, reading, writing
from common.persistence.tables import metadata

BATCH = 200
#: A pass is repeated while writers with the old ring are at work; each pass leaves less.
PASSES = 5


class Cipher(Protocol):
    def encrypt(self, text: str, *, context: str) -> bytes: ...

    def decrypt(self, sealed: bytes, *, context: str) -> str: ...

    def is_current(self, sealed: bytes) -> bool: ...

    def key_id(self, sealed: bytes) -> str: ...


@dataclass(frozen=True)
class Resealed:
    """`changed` ciphertexts; `unreadable` ones stay as they are, with their keys."""

    changed: int
    unreadable: int


def sealed_columns() -> list[tuple[Table, Column[Any]]]:
    """Every binary column is a ciphertext, bound to `<table>.<column>:<primary key>`."""
    return [
        (table, column)
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    ]


class Resealing(Store):
    def __init__(self, database: Database, cipher: Cipher, *, batch: int = BATCH) -> None:
        super().__init__(database)
        self._cipher, self._batch = cipher, batch

    def count(self) -> Counter[str]:
        """Key id → ciphertexts under it."""
        return Counter(self._cipher.key_id(sealed) for _, _, rows in self._batches() for _, sealed in rows)

    def run(self) -> Resealed:
        """Until a pass finds nothing left that can be read."""
        changed = 0
        for _ in range(PASSES):
            lately, unreadable = self._once()
            changed += lately
            if not lately:
                break
        return Resealed(changed, unreadable)

    def _once(self) -> tuple[int, int]:
        changed = unreadable = 0
        for table, column, rows in self._batches():
            fresh = []
            for key, sealed in rows:
                if self._cipher.is_current(sealed):
                    continue
                context = f"{table.name}.{column.name}:{key}"
                try:
                    fresh.append((key, sealed, self._cipher.encrypt(self._opened(sealed, context), context=context)))
                except InternalError:
                    unreadable += 1
            changed += self._replace(table, column, fresh) if fresh else 0
        return changed, unreadable

    def _opened(self, sealed: bytes, context: str) -> str:
        return self._cipher.decrypt(sealed, context=context)

    def _batches(self) -> Iterator[tuple[Table, Column[Any], list[tuple[str, bytes]]]]:
        for table, column in sealed_columns():
            last = ""
            while rows := self._page(table, column, last):
                yield table, column, rows
                last = rows[-1][0]

    @reading
    def _page(self, connection: Connection, table: Table, column: Column[Any], last: str) -> list[tuple[str, bytes]]:
        (key,) = table.primary_key.columns
        query = select(key, column).where(key > last, column.is_not(None)).order_by(key).limit(self._batch)
        return [(str(row[0]), bytes(row[1])) for row in connection.execute(query)]

    @writing
    def _replace(
        self, connection: Connection, table: Table, column: Column[Any], fresh: list[tuple[str, bytes, bytes]]
    ) -> int:
        (key,) = table.primary_key.columns
        return sum(
            connection.execute(update(table).where(key == row, column == old).values({column: new})).rowcount
            for row, old, new in fresh
        )
