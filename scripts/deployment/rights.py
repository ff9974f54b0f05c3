"""What each function does with the bucket, read from the sources: which operations of the port Objects, under which prefixes.

An over-estimate, on purpose, as in docs_reach: an operation counts when a use case that the function gets to mentions it. A
pipeline stage is narrower: it creates objects only where its stage writes.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scripts.deployment.use_cases import parts_reached
from scripts.deployment.written import read_own
from scripts.docs_reach import WIRING, reach_of

PIPELINE = Path("common/domain/pipeline.py")
OPERATIONS = frozenset("create read exists delete keys_under redeliver upload_form download_url".split())

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
    operations = set().union(*map(_operations, parts_reached(index)))
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
    elif stage and operation == "create":
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


def _operations(tree: ast.AST) -> set[str]:
    """`….objects.read(…)` and `objects.read(…)`."""
    return {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in OPERATIONS
        and ast.unparse(node.func.value).rpartition(".")[2] == "objects"
    }


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
