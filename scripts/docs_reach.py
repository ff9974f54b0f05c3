"""What each function reaches through wiring, read from the sources: settings, environment names and modules.

An over-estimate, on purpose: a member of App counts with everything its code mentions, whether a call gets there or not.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

WIRING = Path("common/wiring")
FUNCTIONS = Path("functions")

#: Both constructors run in every invocation.
ALWAYS = ("App.__init__", "Shared.__init__")

#: What common/platform takes from App by itself: for a session, to count a request, and for the Idempotency-Key of a POST.
FOR_SESSION = ("App.read_session",)
FOR_ROUTES = ("App.limits", "App.limits_settings")
FOR_POST = ("App.idempotency", "App.cipher", "App.read_session")

#: The prefix of a settings class that is read once for every mapping file beside it.
FAMILY = "*"

_NAME = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")


@dataclass
class Member:
    """One method or property of Shared or App: what its own code mentions. `groups` maps a settings class to its prefix."""

    uses: set[str] = field(default_factory=set)
    groups: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    modules: set[str] = field(default_factory=set)


def functions() -> list[str]:
    """Every function of the project, by its folder."""
    return sorted(path.parent.name for path in FUNCTIONS.glob("*/index.py"))


def reach_of(function: str) -> Member:
    """The sum of all members of wiring that a function can get to."""
    members, total = wiring_members(), Member()
    waiting = [*ALWAYS, *_entrances(_tree(FUNCTIONS / function / "index.py"))]
    while waiting:
        name = waiting.pop()
        if name in total.uses or name not in members:
            continue
        member = members[name]
        total.uses.add(name)
        total.groups |= member.groups
        total.names |= member.names
        total.modules |= member.modules
        waiting += member.uses
    return total


def group_prefixes() -> dict[str, str]:
    """Settings class → prefix of its variables, as wiring reads them."""
    return {group: prefix for member in wiring_members().values() for group, prefix in member.groups.items()}


@cache
def wiring_members() -> dict[str, Member]:
    """`App.orders`, `Shared.http` and so on; every class of the chain that ends in App counts as App."""
    files = sorted(WIRING.glob("*.py"))
    classes = [node for path in files for node in _tree(path).body if isinstance(node, ast.ClassDef)]
    return {
        f"{owner}.{method.name}": _member(method, owner)
        for node in classes
        for owner in ("Shared" if node.name == "Shared" else "App",)
        for method in node.body
        if isinstance(method, ast.FunctionDef)
    }


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _entrances(tree: ast.Module) -> Iterator[str]:
    """`app.x` in a handler, and what the platform adds for sessions and for POST."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _is_limited_route(node):
            yield from FOR_ROUTES
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found = (node.value.id, node.attr)
            if found[0] == "app":
                yield f"App.{found[1]}"
            elif found == ("request", "user_id"):
                yield from FOR_SESSION
            elif found == ("routes", "post"):
                yield from FOR_POST


def _is_limited_route(call: ast.Call) -> bool:
    options = {keyword.arg for keyword in call.keywords}
    return ast.unparse(call.func).startswith("routes.") and "limited" not in options


def _member(method: ast.FunctionDef, owner: str) -> Member:
    member = Member()
    for node in ast.walk(method):
        if isinstance(node, ast.Attribute):
            member.uses |= _used(node, owner)
        elif isinstance(node, ast.Call):
            member.groups |= _group(node)
        elif isinstance(node, ast.ImportFrom) and node.module:
            member.modules |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _NAME.fullmatch(node.value):
            member.names.add(node.value)
    return member


def _used(node: ast.Attribute, owner: str) -> set[str]:
    """self.x is of the same class; self._shared.x and shared.x are of Shared."""
    place = ast.unparse(node.value)
    if place == "self":
        return {f"{owner}.{node.attr}"}
    return {f"Shared.{node.attr}"} if place in ("self._shared", "shared") else set()


def _group(call: ast.Call) -> dict[str, str]:
    """`….read(Group, "PREFIX_")` or `read_group(Group, "PREFIX_", …)`; a prefix that is no constant is one of a family."""
    if ast.unparse(call.func).rpartition(".")[2] not in ("read", "read_group") or len(call.args) < 2:
        return {}
    group, prefix = call.args[:2]
    if isinstance(group, ast.Name) and isinstance(prefix, ast.Constant) and isinstance(prefix.value, str):
        return {group.id: prefix.value}
    return {group.id: FAMILY} if isinstance(group, ast.Name) and ast.unparse(prefix).endswith(".prefix") else {}
