"""The variables a function declares: `environments` (multi-scf, a list) or `environment.variables` (scf, a mapping)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .report import Report
from .yaml_lines import Node

_LARGEST_BYTES = 4096
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_RESERVED = ("SCF_", "QCLOUD_", "TENCENTCLOUD_")


@dataclass(frozen=True)
class _Entry:
    line: int
    key: str
    value: Any


def declared_environment(settings: Node, report: Report) -> dict[str, str]:
    """Names and values, judged by the platform's rules (scf.md 1.4, 1.5)."""
    declared: dict[str, str] = {}
    for entry in (*_listed(settings, report), *_mapped(settings)):
        _check_key(entry, declared, report)
        declared[entry.key] = _value(entry, report)
    size_bytes = sum(len(f"{key}{value}".encode()) for key, value in declared.items())
    if size_bytes > _LARGEST_BYTES:
        line = settings.key_line("environments" if settings.get("environments") else "environment")
        report.refuse(line, f"the environment has {size_bytes} bytes: a function may have {_LARGEST_BYTES}")
    return declared


def _listed(settings: Node, report: Report) -> Iterator[_Entry]:
    for entry in (settings.get("environments") or Node(0, [])).entries:
        key, value = entry.get("key"), entry.get("value")
        if key is None or value is None:
            report.refuse(entry.line, "an environment entry needs both key and value")
        else:
            yield _Entry(key.line, str(key.value), value.value)


def _mapped(settings: Node) -> Iterator[_Entry]:
    variables = settings.get("environment", "variables") or Node(0, {})
    for key, value in variables.mapping.items():
        yield _Entry(variables.key_line(key), key, value.value)


def _check_key(entry: _Entry, declared: dict[str, str], report: Report) -> None:
    if not _KEY.fullmatch(entry.key):
        report.refuse(entry.line, f"variable {entry.key}: a name is a letter, then letters, digits and _")
    if entry.key.startswith(_RESERVED):
        report.refuse(entry.line, f"variable {entry.key}: {', '.join(_RESERVED)} are reserved for the platform")
    if entry.key in declared:
        report.refuse(entry.line, f"variable {entry.key} is declared twice")


def _value(entry: _Entry, report: Report) -> str:
    if isinstance(entry.value, bool):
        return str(entry.value).lower()
    if isinstance(entry.value, str | int | float):
        return str(entry.value)
    report.refuse(entry.line, f"variable {entry.key} has no plain value (write quotes for an empty one)")
    return ""
