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
from common.persistence.schema import metadata
from common.persistence.store import Store, reading, writing
from common.persistence.tables.operations import idempotency_keys

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


@dataclass(frozen=True)
class SealedColumn:
    """Where ciphertexts stand, and what each is bound to: its place by default, or always the same."""

    table: Table
    column: Column[Any]
    always: str = ""

    def context(self, key: str) -> str:
        return self.always or f"{self.table.name}.{self.column.name}:{key}"


def sealed_columns() -> list[SealedColumn]:
    """Every binary column, and the answers to requests with an idempotency key, which are ciphertext in a column of text."""
    binary = [
        SealedColumn(table, column)
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    ]
    return [*binary, SealedColumn(idempotency_keys, idempotency_keys.c.body, always="idempotency")]


#: A value as the database gave it: bytes, or text where the column is text.
Value = bytes | str


class Resealing(Store):
    def __init__(self, database: Database, cipher: Cipher, *, batch: int = BATCH) -> None:
        super().__init__(database)
        self._cipher, self._batch = cipher, batch

    def count(self) -> Counter[str]:
        """Key id → ciphertexts under it."""
        return Counter(self._cipher.key_id(_bytes(value)) for _, rows in self._batches() for _, value in rows)

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
        for place, rows in self._batches():
            fresh = []
            for key, value in rows:
                if self._cipher.is_current(_bytes(value)):
                    continue
                try:
                    fresh.append((key, value, self._sealed_again(value, place.context(key))))
                except InternalError:
                    unreadable += 1
            changed += self._replace(place, fresh) if fresh else 0
        return changed, unreadable

    def _sealed_again(self, value: Value, context: str) -> Value:
        sealed = self._cipher.encrypt(self._cipher.decrypt(_bytes(value), context=context), context=context)
        return sealed.decode("ascii") if isinstance(value, str) else sealed

    def _batches(self) -> Iterator[tuple[SealedColumn, list[tuple[str, Value]]]]:
        for place in sealed_columns():
            last = ""
            while rows := self._page(place, last):
                yield place, rows
                last = rows[-1][0]

    @reading
    def _page(self, connection: Connection, place: SealedColumn, last: str) -> list[tuple[str, Value]]:
        (key,) = place.table.primary_key.columns
        query = select(key, place.column).where(key > last, place.column.is_not(None)).order_by(key).limit(self._batch)
        return [(str(row[0]), row[1]) for row in connection.execute(query)]

    @writing
    def _replace(self, connection: Connection, place: SealedColumn, fresh: list[tuple[str, Value, Value]]) -> int:
        (key,) = place.table.primary_key.columns
        return sum(
            connection.execute(
                update(place.table).where(key == row, place.column == old).values({place.column: new})
            ).rowcount
            for row, old, new in fresh
        )


def _bytes(value: Value) -> bytes:
    return value.encode("latin-1", "replace") if isinstance(value, str) else bytes(value)
