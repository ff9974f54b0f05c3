"""Removing every object of a resume: what was uploaded and what was made of it, in every revision."""

from common.domain.pipeline import ObjectKey
from common.services.ports import Objects


def erase_objects(key: ObjectKey, *, objects: Objects) -> None:
    """`key` is any key of the resume. Safe to repeat, and to repeat after it was cut off half way."""
    for prefix in key.prefixes:
        for found in list(objects.keys_under(prefix)):
            objects.delete(found)
