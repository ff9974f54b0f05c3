"""What the handlers in functions/ read and answer, seen in their syntax; names are resolved in the imported module."""

import ast
import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import BaseModel

FUNCTIONS = Path("functions")
VERBS = ("get", "post", "put", "delete")
BODY_READERS = {"read": "json", "read_query": "query"}


@dataclass(frozen=True)
class Operation:
    """One method of one path. `body` is read from `place` ("json", "form" or "query"); `file_part` names a form's file.

    `use` is the use case of one of several actions that share a handler; `has_own_refusals`: its errors are not in our envelope.
    """

    function: str
    method: str
    path: str
    summary: str
    needs_session: bool
    body: type[BaseModel] | None
    place: str
    file_part: str | None
    handler: ast.FunctionDef
    module: ModuleType
    use: Callable[..., object] | None
    has_own_refusals: bool


def operations() -> list[Operation]:
    """Of every function with routes, in the order of their files."""
    return [found for path in sorted(FUNCTIONS.glob("*/index.py")) for found in _operations_in(path)]


def _operations_in(path: Path) -> Iterator[Operation]:
    tree = ast.parse(path.read_text("utf-8"))
    handlers = [
        (node, call)
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        for call in node.decorator_list
        if isinstance(call, ast.Call) and ast.unparse(call.func).removeprefix("routes.") in VERBS
    ]
    if not handlers:
        return
    module = _module(path)
    for handler, call in handlers:
        method, pattern = ast.unparse(call.func).removeprefix("routes."), str(ast.literal_eval(call.args[0]))
        for route, body, use in _bodies(handler, pattern, module):
            yield _operation((path.parent.name, method, route), body, use, handler, module)


def _operation(
    place_of: tuple[str, str, str],
    body: Any,
    use: Callable[..., object] | None,
    handler: ast.FunctionDef,
    module: ModuleType,
) -> Operation:
    function, method, path = place_of
    text = ast.unparse(handler)
    file_part = next((ast.literal_eval(call.args[0]) for call in _calls(handler) if _is(call, "form.file")), None)
    place = "form" if file_part else next((BODY_READERS[name] for name in _readers(handler)), "json")
    has_json = body is None and any(_is(call, "request.json") for call in _calls(handler))
    return Operation(
        function=function,
        method=method,
        path=path,
        summary=handler.name.replace("_", " "),
        needs_session="request.user_id" in text,
        body=BaseModel if has_json else body,
        place=place,
        file_part=file_part,
        handler=handler,
        module=module,
        use=use,
        has_own_refusals="refuse=" in Path(str(module.__file__)).read_text("utf-8"),
    )


def _bodies(
    handler: ast.FunctionDef, pattern: str, module: ModuleType
) -> Iterator[tuple[str, Any, Callable[..., object] | None]]:
    """The path, the model that is read there, and its use case where one handler of several actions is several operations."""
    if "{action}" in pattern:
        for name, (command, use) in module.revising.ACTIONS.items():
            yield pattern.replace("{action}", name), command, use
        return
    reads = [
        call for call in _calls(handler) if isinstance(call.func, ast.Attribute) and call.func.attr in BODY_READERS
    ]
    yield pattern, resolved(reads[0].args[0], module) if reads else None, None


def _readers(handler: ast.FunctionDef) -> list[str]:
    attributes = [call.func.attr for call in _calls(handler) if isinstance(call.func, ast.Attribute)]
    return [name for name in attributes if name in BODY_READERS]


def _calls(node: ast.AST) -> list[ast.Call]:
    return [found for found in ast.walk(node) if isinstance(found, ast.Call)]


def _is(call: ast.Call, name: str) -> bool:
    return ast.unparse(call.func) == name


def resolved(node: ast.expr, module: ModuleType) -> Any:
    """What a dotted name of a handler stands for. Raises AttributeError."""
    found: Any = module
    for part in ast.unparse(node).split("."):
        found = getattr(found, part)
    return found


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"openapi_{path.parent.name}", path)
    if spec is None or spec.loader is None:
        raise ImportError(str(path))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
