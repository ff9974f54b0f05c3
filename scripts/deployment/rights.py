"""What each function does with the bucket, read from the sources: which operations of the port Objects, under which prefixes.

An over-estimate, on purpose, as in docs_reach: an operation counts when a use case that the function imports mentions it. A
pipeline stage is narrower: it writes only where its stage writes.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scripts.deployment.written import read_own
from scripts.docs_reach import WIRING, reach_of

SERVICES = "common.services"
PIPELINE = Path("common/domain/pipeline.py")
OPERATIONS = frozenset("create read exists delete keys_under redeliver upload_form download_url".split())

#: What an operation may be on in a stage: only its own output, or whatever the pipeline holds.
CHANGING = frozenset({"create", "delete"})

_STAGE = re.compile(r"""\.stage_run\(\s*["'](\w+)["']""")


@dataclass(frozen=True, order=True)
class Right:
    """`where` is a key, or a prefix and a star."""

    operation: str
    where: str


def rights_of(function: str) -> list[Right]:
    """Nothing for a function that never touches the bucket."""
    reach = reach_of(function)
    if "App.objects" not in reach.uses:
        return []
    index = Path("functions") / function / "index.py"
    operations = set().union(*(_operations(path) for path in _use_cases(index)))
    stage = _STAGE.search(index.read_text("utf-8"))
    rights = {
        Right(operation, f"{prefix}/*")
        for operation in operations
        for prefix in _places(operation, stage[1] if stage else None)
    }
    return sorted(rights | set(_in_wiring(reach.uses)))


def _places(operation: str, stage: str | None) -> Iterator[str]:
    reads, writes = _pipeline("READS"), _pipeline("WRITES")
    if operation == "upload_form":
        yield from sorted(set(reads.values()) - set(writes.values()))
    elif operation == "redeliver":
        yield from sorted(set(reads.values()))
    elif stage and operation in CHANGING:
        yield writes[stage]
    else:
        yield from bucket_prefixes()


def bucket_prefixes() -> tuple[str, ...]:
    """Every prefix that functions may use, from bucket.yml."""
    return tuple(read_own("bucket")["prefixes"])


@cache
def _pipeline(name: str) -> dict[str, str]:
    """READS and WRITES of the pipeline, stage → prefix, without importing the product."""
    for node in ast.parse(PIPELINE.read_text("utf-8")).body:
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == name and node.value:
            table: dict[str, str] = ast.literal_eval(node.value)
            return table
    raise LookupError(f"{PIPELINE} has no {name}")


def _use_cases(index: Path) -> set[Path]:
    """The modules of common/services that a function gets to by imports."""
    found: set[Path] = set()
    waiting = [index]
    while waiting:
        for path in _imported(waiting.pop()):
            if path not in found:
                found.add(path)
                waiting.append(path)
    return found


@cache
def _imported(path: Path) -> tuple[Path, ...]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(SERVICES):
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names if alias.name.startswith(SERVICES)}
    files = (Path(*name.split(".")).with_suffix(".py") for name in sorted(names))
    return tuple(file for file in files if file.is_file())


@cache
def _operations(path: Path) -> frozenset[str]:
    """`….objects.read(…)` and `objects.read(…)`."""
    return frozenset(
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in OPERATIONS
        and ast.unparse(node.func.value).rpartition(".")[2] == "objects"
    )


def _in_wiring(members: set[str]) -> Iterator[Right]:
    """Calls that wiring makes by itself, on keys that stand there."""
    for path in sorted(WIRING.glob("*.py")):
        for method in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(method, ast.FunctionDef) and f"App.{method.name}" in members:
                yield from _on_constants(method)


def _on_constants(method: ast.FunctionDef) -> Iterator[Right]:
    for node in ast.walk(method):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in OPERATIONS:
            is_bucket = ast.unparse(node.func.value).rpartition(".")[2] == "objects"
            if is_bucket and node.args and isinstance(node.args[0], ast.Constant):
                yield Right(node.func.attr, str(node.args[0].value))
