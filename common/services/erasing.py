"""Removing every object of a resume: what was uploaded and what was made of it, in every revision."""

from common.domain.pipeline import ResumeRow
from common.services.ports import Objects


def erase_objects(row: ResumeRow, *, objects: Objects) -> None:
    """Safe to repeat, and to repeat after it was cut off half way."""
    for prefix in row.prefixes:
        for key in list(objects.keys_under(prefix)):
            objects.delete(key)
