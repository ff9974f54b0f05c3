"""Self-assessment or summary: whole paragraphs."""

from collections.abc import Sequence

from common.domain.parsing.rows import Row, paragraphs


def find_summary(rows: Sequence[Row]) -> str | None:
    return "\n".join(paragraphs(rows)) or None


def is_prose(row: Row) -> bool:
    """A sentence about the person that stands in the head of the page without a heading."""
    return len(row.text) >= 24 and row.text.endswith(("。", ".", "，", "；")) and "@" not in row.text
