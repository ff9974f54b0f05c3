"""The whole schema, for what looks at every table: migrations, resealing, tests."""

from typing import Any

from common.persistence.table_parts import metadata
from common.persistence.tables import accounts, chat, credits, messages, operations, orders, pipeline, sharing

#: MySQL compares text without regard to case unless told otherwise, and an openid differs by case. What makes tables has to know.
MYSQL: dict[str, Any] = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}

for made in metadata.tables.values():
    made.kwargs.update(MYSQL)

__all__ = [
    "MYSQL",
    "accounts",
    "chat",
    "credits",
    "messages",
    "metadata",
    "operations",
    "orders",
    "pipeline",
    "sharing",
]
