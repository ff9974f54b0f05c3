"""The whole schema, for what looks at every table: migrations, the registry of personal data, tests."""

from common.persistence.table_parts import metadata
from common.persistence.tables import accounts, chat, messages, money, operations, pipeline, sharing

__all__ = ["accounts", "chat", "messages", "metadata", "money", "operations", "pipeline", "sharing"]
