"""docs/errors.md from common/errors: what the outside sees of each error, and what an operator does about it."""

import inspect

from common.errors import MojianError
from scripts.docs_words import ACTIONS

HEAD = """# Errors

Made from the code by `./scripts/docs`; not edited by hand.

Every failure has one form: `{"error": {"code", "message", "request_id", "details"?}}`. `code` is stable and for programs,
`message` is ready to show to the user. `details` is there for errors of the caller only (a field, a limit); facts about our
side stay in the log. `Retry-After` is sent when it is known. **Again** says whether the same request, unchanged, may succeed
later: on an asynchronous trigger the platform then repeats the event, over HTTP the client may.

A resume whose stage failed for good carries the same `code` and `message` in its `failure`.

| Code | Class | Status | Again | Message | What the operator does |
|---|---|---|---|---|---|
"""


def errors_page() -> str:
    return HEAD + "".join(f"{_row(kind)}\n" for kind in error_classes())


def error_classes() -> list[type[MojianError]]:
    """The tree of common/errors, each class before its children."""
    return _with_children(MojianError)


def _with_children(kind: type[MojianError]) -> list[type[MojianError]]:
    own = [child for child in kind.__subclasses__() if _is_ours(child)]
    return [kind, *(found for child in own for found in _with_children(child))]


def _is_ours(kind: type) -> bool:
    """A vendor's own subclass of an error is not part of the tree."""
    return kind.__module__.startswith(MojianError.__module__.rpartition(".")[0])


def _row(kind: type[MojianError]) -> str:
    depth = len([base for base in inspect.getmro(kind) if _is_ours(base)]) - 1
    name = "&ensp;" * depth + f"`{kind.__name__}`"
    again = "yes" if kind.retryable else "no"
    return f"| `{kind.code}` | {name} | {kind.status} | {again} | {kind.message} | {ACTIONS[kind.code]} |"
