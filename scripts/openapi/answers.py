"""The answers of a handler: status, media type and, for JSON, the type that the use case returns."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, get_type_hints

from scripts.openapi.handlers import Operation, resolved

#: Constructor of Response → status.
STATUSES = {"ok": "200", "json": "200", "created": "201", "accepted": "202", "no_content": "204", "redirect": "302"}


class Opaque:
    """An answer whose form a handler does not show: a receipt in a vendor's own form, say."""


@dataclass(frozen=True)
class Answer:
    """`shape` is a type, a mapping of member → shape, or None for an empty body."""

    status: str
    media_type: str
    shape: Any


def answers_of(operation: Operation) -> list[Answer]:
    """What the handler returns, each kind once, in the order of its lines."""
    found: dict[tuple[str, str], Answer] = {}
    for node in ast.walk(operation.handler):
        if isinstance(node, ast.Return) and node.value is not None:
            answer = _answer(node.value, operation)
            found.setdefault((answer.status, answer.media_type), answer)
    return list(found.values())


def _answer(node: ast.expr, operation: Operation) -> Answer:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "public_for":
        return _answer(node.func.value, operation)
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "event_stream":
        return Answer("200", "text/event-stream", Opaque)
    if not (isinstance(node, ast.Call) and ast.unparse(node.func).startswith("Response.")):
        return Answer("200", "*/*", Opaque)
    constructor = ast.unparse(node.func).removeprefix("Response.")
    if constructor not in STATUSES:
        return Answer("200", "*/*", Opaque)
    if constructor in ("no_content", "redirect"):
        return Answer(STATUSES[constructor], "", None)
    return Answer(STATUSES[constructor], "application/json", _shape(node.args[0], operation))


def _shape(node: ast.expr, operation: Operation) -> Any:
    if isinstance(node, ast.Dict):
        return dict(_members(node, operation))
    if isinstance(node, ast.Call):
        return _returned(node, operation)
    if isinstance(node, ast.Name):
        assigned = list(_assigned(node.id, operation.handler))
        return _shape(assigned[0], operation) if assigned else _of_value(resolved(node, operation.module))
    return Opaque


def _members(node: ast.Dict, operation: Operation) -> Iterator[tuple[str, Any]]:
    for key, value in zip(node.keys, node.values, strict=True):
        if key is not None:
            yield str(ast.literal_eval(key)), _shape(value, operation)


def _assigned(name: str, handler: ast.FunctionDef) -> Iterator[ast.expr]:
    for node in ast.walk(handler):
        if isinstance(node, ast.Assign) and any(isinstance(to, ast.Name) and to.id == name for to in node.targets):
            yield node.value


def _returned(call: ast.Call, operation: Operation) -> Any:
    """The annotation of the use case. What is called on app is unknown: wiring is lazy."""
    try:
        use = operation.use or resolved(call.func, operation.module)
        told = SimpleNamespace(__annotations__={"return": use.__annotations__["return"]})
    except (AttributeError, KeyError, TypeError):
        return Opaque
    return get_type_hints(told, globalns=getattr(use, "__globals__", {}))["return"]


def _of_value(value: object) -> Any:
    """A constant that is shown as it is: a tuple of dataclasses is a list of them."""
    if isinstance(value, Mapping):
        return dict[str, type(next(iter(value.values())))]  # type: ignore[misc]
    if isinstance(value, (tuple, list)) and value:
        return list[type(value[0])]  # type: ignore[misc]
    return type(value)
