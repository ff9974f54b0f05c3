"""Removing objects: everything of a resume, or everything under a prefix."""

from common.domain.pipeline import ObjectKey
from common.services.ports import Objects


def erase_objects(key: ObjectKey, *, objects: Objects) -> None:
    """What was uploaded and what was made of it, in every revision. `key` is any key of the resume. Safe to repeat."""
    for prefix in key.prefixes:
        erase_under(prefix, objects=objects)


def erase_under(prefix: str, *, objects: Objects) -> None:
    """Safe to repeat, and to repeat after it was cut off half way."""
    for found in list(objects.keys_under(prefix)):
        objects.delete(found)
