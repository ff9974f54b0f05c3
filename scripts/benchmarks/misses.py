"""What exactly was wrong in a scored document: the truth and the answer of every field that is not perfect."""

from collections.abc import Iterator, Mapping
from typing import Any

from scripts.benchmarks.resume_fields import fields_of
from scripts.benchmarks.scoring import score


def misses(truth: Mapping[str, Any], resume: Mapping[str, Any]) -> Iterator[str]:
    """One line a field: "work.title: wanted [...], got [...]"."""
    found = fields_of(resume)
    for field, tally in score(truth, resume).items():
        if tally.missed or tally.extra:
            yield f"{field}: wanted {_values(truth, field)}, got {_values(found, field)}"


def _values(fields: Mapping[str, Any], path: str) -> Any:
    section, _, field = path.partition(".")
    return [entry.get(field) for entry in fields.get(section) or []] if field else fields.get(section)
