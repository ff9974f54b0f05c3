"""What the rule tests look at: every Python file of the project with its syntax tree."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Source:
    """`name` is relative to the root, with slashes."""

    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    def imports(self) -> Iterator[tuple[str, int]]:
        """Absolute module names with their line; names taken from a package count as modules of it too."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((alias.name, node.lineno) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                module = self._absolute(node)
                yield module, node.lineno
                yield from ((f"{module}.{alias.name}", node.lineno) for alias in node.names)

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.name.removesuffix(".py").split("/")[: -node.level]
        return ".".join([*package, *([node.module] if node.module else [])])

    def functions(self) -> Iterator[tuple[str, int, int]]:
        """Name, first line and length of every function."""
        for node in ast.walk(self.tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno:
                yield node.name, node.lineno, node.end_lineno - node.lineno + 1


def sources(*folders: str, root: Path = ROOT) -> list[Source]:
    found = [
        path for folder in folders for path in sorted((root / folder).rglob("*.py")) if "__pycache__" not in path.parts
    ]
    return [Source(path.relative_to(root).as_posix(), path.read_text("utf-8")) for path in found]
