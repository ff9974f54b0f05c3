"""A published layout gets no more power than the bundled layouts have between them: the same kinds of statements, the same
filters, tests, functions and parts. So a layout from outside cannot count to a billion or load a file, sandbox or not.
"""

from collections.abc import Iterator
from functools import cache

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from common.documents.template_shelf import LAYOUT, template_folder, template_names

#: Statements within each other, loops within each other, and all of a layout's nodes: several times what ours have.
DEEPEST = 24
DEEPEST_LOOPS = 3
MOST_NODES = 3000


class LayoutRefused(Exception):
    """A layout that is no template, or could do what ours cannot. The text says what, and nothing else of the layout."""


def refuse_power(layout: str) -> None:
    """Raises LayoutRefused."""
    try:
        tree = _environment().parse(layout)
        deep, loops = _depth(tree), _loops(tree)
    except (TemplateSyntaxError, RecursionError) as error:
        raise LayoutRefused(type(error).__name__) from None
    more = set(_powers(tree)) - _bundled()
    if more:
        raise LayoutRefused(", ".join(sorted(more))[:200])
    if deep > DEEPEST or loops > DEEPEST_LOOPS or sum(1 for _ in tree.find_all(nodes.Node)) > MOST_NODES:
        raise LayoutRefused("too large or too deep")


@cache
def _bundled() -> frozenset[str]:
    files = [template_folder(name) / LAYOUT for name in template_names()]
    return frozenset(power for path in files for power in _powers(_environment().parse(path.read_text("utf-8"))))


def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(autoescape=True, trim_blocks=True, lstrip_blocks=True)


def _powers(tree: nodes.Template) -> Iterator[str]:
    for node in tree.find_all(nodes.Node):
        kind = type(node).__name__
        yield kind
        if isinstance(node, (nodes.Filter, nodes.Test)):
            yield f"{kind} {node.name}"
        elif isinstance(node, nodes.Call):
            yield f"call {_callee(node.node)}"
        elif isinstance(node, nodes.Getattr):
            yield "attribute _" if node.attr.startswith("_") else "attribute"
        elif isinstance(node, (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
            named = node.template
            yield f"load {named.value}" if isinstance(named, nodes.Const) else "load"


def _callee(node: nodes.Expr) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    return node.attr if isinstance(node, nodes.Getattr) else type(node).__name__


def _depth(node: nodes.Node) -> int:
    return 1 + max((_depth(child) for child in node.iter_child_nodes()), default=0)


def _loops(node: nodes.Node) -> int:
    return isinstance(node, nodes.For) + max((_loops(child) for child in node.iter_child_nodes()), default=0)
