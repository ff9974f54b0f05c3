"""The routes that handlers declare (`@routes.get("/x")`), and where the manifest leads a path."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.contract.source_tree import sources

VERBS = {f"routes.{method.lower()}": method for method in ("GET", "POST", "PUT", "DELETE")}


@dataclass(frozen=True)
class Route:
    """`path` may hold {names}."""

    function: str
    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def sample(self) -> str:
        """A path that fits."""
        return "/".join("x" if part.startswith("{") else part for part in self.path.split("/"))


def declared_routes() -> list[Route]:
    return [route for file in sources("functions") for route in _routes_in(file.name.split("/")[1], file.tree)]


def _routes_in(function: str, tree: ast.Module) -> Iterator[Route]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (verb := VERBS.get(ast.unparse(node.func))):
            yield Route(function, verb, str(ast.literal_eval(node.args[0])))


def leads_to(path: str, endpoints: Sequence[Mapping[str, str]]) -> str | None:
    """The function behind a path of the public host: the longest match wins."""
    fitting = [
        entry
        for entry in endpoints
        if path == (pattern := entry["pathMatch"]) or (pattern.endswith("/*") and path.startswith(pattern[:-1]))
    ]
    best = max(fitting, key=lambda entry: len(entry["pathMatch"]), default=None)
    return best["functionName"] if best else None
