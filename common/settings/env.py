"""Reads settings groups from the environment: the only place that touches os.environ."""

import os
from collections.abc import Iterable, Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from common.errors import SettingsInvalid

Group = TypeVar("Group", bound=BaseModel)

#: The deployment tool turns a variable that is not set into "undefined" instead of failing.
ABSENT = ("", "undefined")


def environment() -> Mapping[str, str]:
    return os.environ


def names_of(group: type[BaseModel], prefix: str) -> list[str]:
    """The environment variables a group reads, in order."""
    return [prefix + field.upper() for field in group.model_fields]


def read_group(group: type[Group], prefix: str, env: Mapping[str, str]) -> Group:
    """Fill a settings class from `PREFIX_FIELD` variables; an empty variable counts as absent, blanks around a value as none.

    Raises SettingsInvalid naming every variable that is missing or wrong, and never a value.
    """
    names = dict(zip(group.model_fields, names_of(group, prefix), strict=True))
    values = {field: text for field, name in names.items() if (text := env.get(name, "").strip()) not in ABSENT}
    try:
        return group.model_validate(values)
    except ValidationError as error:
        raise SettingsInvalid(problems=_problems(error, names)) from None


def _problems(error: ValidationError, names: Mapping[str, str]) -> list[str]:
    found = [(names.get(str(item["loc"][0]), "?") if item["loc"] else "?", item) for item in error.errors()]
    return [f"{name}: {'missing' if item['type'] == 'missing' else item['msg']}" for name, item in found]


def read_all(groups: Iterable[tuple[type[BaseModel], str]], env: Mapping[str, str]) -> list[str]:
    """Every problem of every group at once; an empty list when all can be read."""
    problems: list[str] = []
    for group, prefix in groups:
        try:
            read_group(group, prefix, env)
        except SettingsInvalid as error:
            found = error.facts["problems"]
            problems += [str(problem) for problem in found] if isinstance(found, list) else []
    return problems
