"""Lint serverless.yml as the platform would judge it, with placeholder values for settings that are not set.

Stricter than the local cloud in one thing: what is only a warning there (a trigger without qualifier, a function that may start
itself) stops here, and every function has a role, a log topic and a stage in its names.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from scripts.local_cloud.emulator.manifest.model import Problem
from scripts.local_cloud.emulator.manifest.reading import in_order, read
from scripts.local_cloud.emulator.manifest.report import Report

MANIFEST = Path("serverless.yml")
PLACEHOLDERS = {
    "COS_REGION": "ap-guangzhou",
    "COS_BUCKET": "mojian-1250000000",
    "STAGE": "dev",
    "DEAD_LETTER_TYPE": "CMQ-QUEUE",
}


def check(path: Path) -> list[Problem]:
    """Everything that has to be put right, in file order."""
    text = path.read_text("utf-8")
    report = Report(path.name)
    names = set(re.findall(r"\$\{env:(\w+)\}", text))
    read(path, {**dict.fromkeys(names, "placeholder"), **PLACEHOLDERS}, report)
    return in_order([*report.problems, *report.warnings, *_of_the_house(text, path.name)])


def _of_the_house(text: str, name: str) -> Iterator[Problem]:
    """What the platform would take, and this project does not."""
    inputs: dict[str, Any] = (yaml.safe_load(text) or {}).get("inputs") or {}
    for key, function in (inputs.get("functions") or {}).items():
        for missing in _missing({**inputs, **(function or {})}):
            yield Problem(_line_of(text, key), f"function {key} {missing}", name)


def _missing(settings: dict[str, Any]) -> Iterator[str]:
    """`settings` are a function's, shared ones included."""
    for wanted in ("name", "role"):
        if "${stage}" not in str(settings.get(wanted, "")):
            yield f"has no {wanted} of its own for each stage (write ${{stage}} into it)"
    for wanted in ("memorySize", "timeout", "initTimeout", "cls"):
        if wanted not in settings:
            yield f"has no {wanted}"


def _line_of(text: str, key: str) -> int:
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines, 1) if re.match(rf"    {re.escape(key)}:", line)), 1)


def main() -> int:
    problems = check(MANIFEST)
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
