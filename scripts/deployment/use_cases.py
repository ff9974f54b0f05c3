"""Which parts of common/services a function gets to, from name to name through the sources, and the domain modules they use."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

SERVICES = "common.services"
DOMAIN = "common.domain"


@dataclass(frozen=True)
class Part:
    """A function or class at the top of a module; the whole class counts, whichever method is called."""

    module: Path
    name: str


@dataclass
class _Module:
    """`parts` by name; the rest is what the file imports, by the name it uses: modules and parts of services, domain modules."""

    parts: dict[str, ast.stmt] = field(default_factory=dict)
    modules: dict[str, Path] = field(default_factory=dict)
    names: dict[str, Part] = field(default_factory=dict)
    domain: dict[str, Path] = field(default_factory=dict)


@dataclass(frozen=True)
class Reached:
    """One part, and the domain modules whose names its code uses."""

    source: ast.stmt
    domain: frozenset[Path]


def parts_reached(index: Path) -> Iterator[Reached]:
    """Every part that the code in `index` mentions, directly or through others."""
    waiting = [*_mentioned(ast.parse(index.read_text("utf-8")), _read(index))]
    seen: set[Part] = set()
    while waiting:
        part = waiting.pop()
        source = _read(part.module).parts.get(part.name)
        if part in seen or source is None:
            continue
        seen.add(part)
        yield Reached(source, frozenset(_domain_of(source, _read(part.module))))
        waiting += _mentioned(source, _read(part.module))
        waiting += (Part(part.module, name) for name in _own_names(source, _read(part.module)))


def _mentioned(tree: ast.AST, module: _Module) -> Iterator[Part]:
    """`use_case.name`, and names taken from a use case."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in module.modules:
            yield Part(module.modules[node.value.id], node.attr)
        elif isinstance(node, ast.Name) and node.id in module.names:
            yield module.names[node.id]


def domain_closure(modules: set[Path]) -> set[Path]:
    """These domain modules and the ones that they import."""
    found: set[Path] = set()
    waiting = list(modules)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _read(path).domain.values()
    return found


def _domain_of(tree: ast.AST, module: _Module) -> Iterator[Path]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in module.domain:
            yield module.domain[node.id]


def _own_names(tree: ast.AST, module: _Module) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} & set(module.parts)


@cache
def _read(path: Path) -> _Module:
    module = _Module()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            module.parts[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            module.parts |= {target.id: node for target in targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(SERVICES):
            _take_imports(node, module)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(DOMAIN):
            module.domain |= {
                alias.asname or alias.name: source for alias in node.names if (source := _domain_file(node, alias))
            }
    return module


def _take_imports(node: ast.ImportFrom, module: _Module) -> None:
    for alias in node.names:
        used = alias.asname or alias.name
        inside, source = _file(f"{node.module}.{alias.name}"), _file(str(node.module))
        if inside:
            module.modules[used] = inside
        elif source:
            module.names[used] = Part(source, alias.name)


def _domain_file(node: ast.ImportFrom, alias: ast.alias) -> Path | None:
    return _file(f"{node.module}.{alias.name}") or _file(str(node.module)) or _file(f"{node.module}.__init__")


def _file(name: str) -> Path | None:
    path = Path(*name.split(".")).with_suffix(".py")
    return path if path.is_file() else None
