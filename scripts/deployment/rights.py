"""What each function does with the bucket, read from the sources: which operations of the port Objects, under which prefixes.

An over-estimate, on purpose, as in docs_reach: an operation counts when a use case that the function gets to mentions it, under
every prefix that its code or the domain's behind it writes out. A stage is narrower: it creates objects only where it writes.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scripts.deployment.use_cases import Reached, domain_closure, parts_reached
from scripts.deployment.written import read_own
from scripts.docs_reach import WIRING, reach_of

PIPELINE = Path("common/domain/pipeline.py")
OPERATIONS = frozenset("create read exists delete keys_under redeliver upload_form download_url".split())

_STAGE = re.compile(r"""\.stage_run\(\s*["'](\w+)["']""")


@dataclass(frozen=True, order=True)
class Right:
    """`where` is a key of the bucket, or a prefix and a star; the name of a secret; a star for services that know no places."""

    operation: str
    where: str


def rights_of(function: str) -> list[Right]:
    """Nothing for a function that never touches the bucket."""
    reach = reach_of(function)
    if "App.objects" not in reach.uses:
        return []
    index = Path("functions") / function / "index.py"
    parts = list(parts_reached(index))
    operations = set().union(*(_operations(part.source) for part in parts))
    prefixes = _named_prefixes(parts)
    stage = _STAGE.search(index.read_text("utf-8"))
    rights = {
        Right(operation, f"{prefix}/*")
        for operation in operations
        for prefix in _places(operation, stage[1] if stage else None, prefixes)
    }
    return sorted(rights | set(_in_wiring(reach.uses)))


def _places(operation: str, stage: str | None, prefixes: set[str]) -> Iterator[str]:
    reads, writes = _pipeline("READS"), _pipeline("WRITES")
    if operation == "upload_form":
        yield from sorted(set(reads.values()) - set(writes.values()))
    elif operation == "redeliver":
        yield from sorted(set(reads.values()))
    elif stage and operation == "create":
        yield writes[stage]
    else:
        yield from sorted(prefixes)


def _named_prefixes(parts: list[Reached]) -> set[str]:
    """The bucket's prefixes that the code of these use cases, or of the domain modules they use, writes out."""
    modules = domain_closure({path for part in parts for path in part.domain})
    texts = set().union(
        *(_texts(part.source) for part in parts), *(_texts(ast.parse(path.read_text("utf-8"))) for path in modules)
    )
    return {
        prefix for prefix in bucket_prefixes() if any(text == prefix or text.startswith(f"{prefix}/") for text in texts)
    }


def _texts(tree: ast.AST) -> set[str]:
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


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
    return {operation for operation, _ in _calls(tree)}


def _calls(tree: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """Calls on the bucket: the operation, and what is given for the key."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in OPERATIONS:
            is_bucket = ast.unparse(node.func.value).rpartition(".")[2] == "objects"
            if is_bucket:
                yield node.func.attr, node.args[0] if node.args else None


def _in_wiring(members: set[str]) -> Iterator[Right]:
    """Calls that wiring makes by itself: on a key that stands there, or under the prefix that the method's words are about."""
    for path in sorted(WIRING.glob("*.py")):
        for method in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(method, ast.FunctionDef) and f"App.{method.name}" in members:
                yield from _in_method(method)


def _in_method(method: ast.FunctionDef) -> Iterator[Right]:
    for operation, key in _calls(method):
        places = [str(key.value)] if isinstance(key, ast.Constant) else [f"{one}/*" for one in _worded(method)]
        yield from (Right(operation, place) for place in places)


def _worded(method: ast.FunctionDef) -> list[str]:
    """avatar_link() is about avatars/; a method without such a word may be about any prefix."""
    words = ast.unparse(method)
    return [prefix for prefix in bucket_prefixes() if prefix.removesuffix("s") in words] or list(bucket_prefixes())
