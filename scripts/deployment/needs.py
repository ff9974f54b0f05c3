"""Which variables a function cannot do without, so that a missing one is told before anything is deployed."""

from __future__ import annotations

from scripts.deployment.errors import DeployError
from scripts.deployment.wanted import WantedCloud
from scripts.docs_reach import functions, reach_of
from scripts.docs_settings import DERIVED, STORES, group_settings


def check_needs(wanted: WantedCloud) -> None:
    """Raises DeployError with one line for every variable that is missing, and who needs it."""
    needed_by: dict[str, list[str]] = {}
    known = set(functions())
    for function in wanted.functions:
        for name in sorted(_required(function.key) - set(function.environment)) if function.key in known else ():
            needed_by.setdefault(name, []).append(function.key)
    if needed_by:
        lines = [
            f"{name} is not set: {', '.join(keys)} cannot run without it" for name, keys in sorted(needed_by.items())
        ]
        raise DeployError("\n".join([*lines, "docs/settings.md explains every name; values belong into .env"]))


def _required(function: str) -> set[str]:
    reach = reach_of(function)
    fields = group_settings()
    rows = [row for group in reach.groups for row in fields[_class_of(group, fields)]]
    return {row.name for row in rows if row.required and row.name not in DERIVED} | (reach.names & set(STORES))


def _class_of(name: str, fields: dict[type, list]) -> type:  # type: ignore[type-arg]
    return next(group for group in fields if group.__name__ == name)
