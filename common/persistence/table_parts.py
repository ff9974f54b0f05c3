"""What every table of the schema is made of."""

from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, MetaData, String, Table
from sqlalchemy.schema import SchemaItem

from common.persistence.columns import UtcTime

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def table(name: str, *parts: SchemaItem) -> Table:
    return Table(name, metadata, *parts)


def ident(name: str, *parts: SchemaItem, **options: Any) -> Column[str]:
    return Column(name, String(64), *parts, **options)


def when(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, UtcTime, nullable=nullable)


def check(rule: str, name: str) -> CheckConstraint:
    return CheckConstraint(rule, name=name)


def unique(table: str, *columns: str) -> Index:
    return Index(f"uq_{table}_{'_'.join(columns)}", *columns, unique=True)
