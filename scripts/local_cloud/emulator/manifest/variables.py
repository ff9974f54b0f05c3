"""${...} in a manifest: env from the CLI; app, stage, name and output from the deploying engine (scf.md 6.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from .report import Report
from .yaml_lines import Node

# Not "org" or "env.NAME": pages show them, the engine does not handle them.
_INNERMOST = re.compile(r"\$\{([^${}]*)\}")
_SLOT = re.compile("\x00([0-9]+)\x00")


@dataclass(frozen=True)
class Variables:
    """What the variables of one manifest stand for.

    `env` None means that environment variables are not looked up: what depends on them stays unresolved, unreported.
    `outputs` has what other instances promise: `stage:app:instance.name` -> value.
    """

    env: Mapping[str, str] | None
    own: Mapping[str, str]
    outputs: Mapping[str, str | int]

    def resolve(self, node: Node, report: Report) -> Node:
        """The same tree with every ${...} replaced; one that stands for nothing is reported and left as it is."""
        if isinstance(node.value, dict):
            return replace(node, value={key: self.resolve(value, report) for key, value in node.value.items()})
        if isinstance(node.value, list):
            return replace(node, value=[self.resolve(entry, report) for entry in node.value])
        if isinstance(node.value, str) and "${" in node.value:
            return _Resolution(self, node.line, report).of(node)
        return node

    def stands_for(self, name: str) -> str | int | None:
        kind, colon, rest = name.partition(":")
        if not colon:
            return self.own.get(name)
        if kind == "env":
            return None if self.env is None else self.env.get(rest)
        return self.outputs.get(rest) if kind == "output" else None

    def why_not(self, name: str) -> str | None:
        """The reason `name` stands for nothing; None when that is to be expected."""
        if name.startswith("env:"):
            unset = f"environment variable {name[4:]} is not set (the CLI would deploy the text 'undefined')"
            return None if self.env is None else unset
        if name.startswith("output:"):
            known = ", ".join(sorted(self.outputs)) or "none"
            return f"${{{name}}}: no layers/*/serverless.yml promises that output (known: {known})"
        return f"${{{name}}} is no variable: there are env:NAME, app, stage, name and output:STAGE:APP:INSTANCE.KEY"


class _Resolution:
    """One text, from the innermost variable outwards. Found values wait in slots: none is read as a variable itself."""

    def __init__(self, variables: Variables, line: int, report: Report) -> None:
        self._variables, self._line, self._report = variables, line, report
        self._slots: list[str | int] = []
        self._unresolved = False

    def of(self, node: Node) -> Node:
        text = node.value
        while _INNERMOST.search(text):
            text = _INNERMOST.sub(lambda match: self._slot(self._filled(match[1])), text)
        whole = _SLOT.fullmatch(text)
        value: Any = self._slots[int(whole[1])] if whole else self._filled(text)
        return replace(node, value=value, unresolved=self._unresolved)

    def _slot(self, name: str) -> str:
        value = self._variables.stands_for(name)
        if value is None:
            value = self._missing(name)
        self._unresolved |= name in self._variables.own and "${" in str(value)
        self._slots.append(value)
        return f"\x00{len(self._slots) - 1}\x00"

    def _missing(self, name: str) -> str:
        reason = self._variables.why_not(name)
        if reason and "${" not in name:  # an outer name built from an unknown inner one is not news
            self._report.refuse(self._line, reason)
        self._unresolved = True
        return f"${{{name}}}"

    def _filled(self, text: str) -> str:
        return _SLOT.sub(lambda match: str(self._slots[int(match[1])]), text)
