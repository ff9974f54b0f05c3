"""Single settings read from a Node: the value when it is acceptable, else a refusal and the platform's default."""

from __future__ import annotations

from collections.abc import Container

from .report import Report
from .yaml_lines import Node


def settled(*values: str) -> bool:
    """True when no value still holds a variable that could not be resolved: only then can its form be judged."""
    return not any("${" in value for value in values)


def text(node: Node, key: str, default: str, report: Report) -> str:
    """A text; one with an unresolved variable comes back as written."""
    value = node.get(key)
    if value is None:
        return default
    if not isinstance(value.value, str):
        report.refuse(value.line, f"{key} must be text")
        return default
    return value.value


def one_of(node: Node, key: str, default: str, allowed: Container[str], wanted: str, report: Report) -> str:
    """A text out of a closed list; `wanted` says which there are."""
    found = text(node, key, default, report)
    value = node.get(key)
    if value is not None and value.text is not None and found not in allowed:
        report.refuse(value.line, f"{key} {found} is not accepted: {wanted}")
    return found


def whole_number(node: Node, key: str, default: int, allowed: Container[int], wanted: str, report: Report) -> int:
    """A whole number, also as digits in a text (what ${env:} leaves); `wanted` says what is allowed."""
    value = node.get(key)
    if value is None or value.unresolved:
        return default
    number = int(value.value) if str(value.text).isdecimal() else value.whole_number
    if number is None or number not in allowed:
        report.refuse(value.line, f"{key} {value.value} is not accepted: {wanted}")
        return default
    return number


def switch(node: Node, key: str, default: bool, report: Report) -> bool:
    """true or false, written as YAML booleans."""
    value = node.get(key)
    if value is None or value.unresolved:
        return default
    if not isinstance(value.value, bool):
        report.refuse(value.line, f"{key} must be true or false, not {value.value}")
        return default
    return value.value


def texts(node: Node, key: str, report: Report) -> tuple[str, ...]:
    """A list of texts; a missing one is empty."""
    value = node.get(key)
    if value is None:
        return ()
    if not isinstance(value.value, list) or not all(isinstance(entry.value, str) for entry in value.entries):
        report.refuse(value.line, f"{key} must be a list of texts")
        return ()
    return tuple(entry.value for entry in value.entries)
