"""Column types that behave the same on SQLite, MySQL and PostgreSQL.

MySQL's own types are loaded where MySQL is spoken: they bring all its drivers along.
"""

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from sqlalchemy import DateTime, Dialect, String, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

if TYPE_CHECKING:
    from common.domain.rendering.options import RenderOptions


def _long_text(dialect: Dialect) -> TypeEngine[Any]:
    """MySQL's own TEXT ends at 64 KB."""
    if dialect.name != "mysql":
        return dialect.type_descriptor(Text())
    from sqlalchemy.dialects.mysql import MEDIUMTEXT

    return dialect.type_descriptor(MEDIUMTEXT())


class LongText(TypeDecorator[str]):
    """Text of any length."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return _long_text(dialect)


class UtcTime(TypeDecorator[datetime]):
    """A point in time to the microsecond: aware in, aware UTC out. Only PostgreSQL stores the zone itself."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name != "mysql":
            return dialect.type_descriptor(DateTime(timezone=True))
        from sqlalchemy.dialects.mysql import DATETIME

        return dialect.type_descriptor(DATETIME(fsp=6))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        in_utc = value.astimezone(timezone.utc)
        return in_utc if dialect.name == "postgresql" else in_utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=timezone.utc) if value.tzinfo is None else value.astimezone(timezone.utc)


class UserText(TypeDecorator[str]):
    """Text that people typed: freed of what a database refuses to store (NUL, half surrogates), cut to the column."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        if value is None:
            return None
        length = self.impl_instance.length if isinstance(self.impl_instance, String) else None
        return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")[:length]


class ChosenOptions(TypeDecorator["RenderOptions"]):
    """What a user chose about a layout, as JSON; NULL for nothing. All kinds of section twice are 400 characters.

    What another version wrote and this one does not know is as if nothing had been chosen: a resume in the template's own
    look is still a resume.
    """

    impl = String(1000)
    cache_ok = True

    def process_bind_param(self, value: "RenderOptions | None", dialect: Dialect) -> str | None:  # noqa: ARG002
        from common.domain.rendering.options import RenderOptions

        return value.model_dump_json(exclude_defaults=True) if value and value != RenderOptions() else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> "RenderOptions":  # noqa: ARG002
        from common.domain.rendering.options import RenderOptions

        try:
            return RenderOptions.model_validate_json(value or "{}")
        except ValueError:
            return RenderOptions()


class LongUserText(UserText):
    impl = Text

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return _long_text(dialect)
