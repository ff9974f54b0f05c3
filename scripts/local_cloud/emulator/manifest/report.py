"""Where every rule writes down what it found, so that all problems are told at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from .model import Problem


@dataclass
class Report:
    """`problems` stop a manifest, `warnings` do not. `file` is the manifest's name as shown."""

    file: str = "serverless.yml"
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def refuse(self, line: int, text: str) -> None:
        self._add(self.problems, line, text)

    def warn(self, line: int, text: str) -> None:
        self._add(self.warnings, line, text)

    def include(self, other: Report) -> None:
        self.problems.extend(other.problems)
        self.warnings.extend(other.warnings)

    def _add(self, kind: list[Problem], line: int, text: str) -> None:
        problem = Problem(line, text, self.file)
        if problem not in kind:  # a shared setting is read once per function
            kind.append(problem)
