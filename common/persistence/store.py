"""What every store shares: a database, methods that are transactions, and rows as records."""

from collections.abc import Callable, Mapping
from dataclasses import Field, fields
from functools import wraps
from typing import Any, ClassVar, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import Connection, RowMapping

from common.persistence.database import Database


class Dataclass(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


Arguments = ParamSpec("Arguments")
Record = TypeVar("Record", bound=Dataclass)
Result = TypeVar("Result")


class Store:
    def __init__(self, database: Database) -> None:
        self._database = database


SomeStore = TypeVar("SomeStore", bound=Store)


def reading(
    method: Callable[Concatenate[SomeStore, Connection, Arguments], Result],
) -> Callable[Concatenate[SomeStore, Arguments], Result]:
    """The method gets the connection of a reading transaction; its callers do not see that argument."""
    return _in_transaction(method, write=False)


def writing(
    method: Callable[Concatenate[SomeStore, Connection, Arguments], Result],
) -> Callable[Concatenate[SomeStore, Arguments], Result]:
    """The same for a writing transaction, which is repeated as a whole when it collides with another."""
    return _in_transaction(method, write=True)


def _in_transaction(
    method: Callable[Concatenate[SomeStore, Connection, Arguments], Result], *, write: bool
) -> Callable[Concatenate[SomeStore, Arguments], Result]:
    @wraps(method)
    def call(self: SomeStore, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        return self._database.run(lambda connection: method(self, connection, *args, **kwargs), write=write)

    return call


def as_record(kind: type[Record], row: RowMapping | Mapping[str, Any]) -> Record:
    """A row as a dataclass whose fields are named like the columns; further columns are left out."""
    return kind(**{field.name: row[field.name] for field in fields(kind)})
