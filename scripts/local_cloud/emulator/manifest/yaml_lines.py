"""YAML that remembers its lines: every value is a Node, so that a refusal can name the line it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from .model import Problem


class _CoreLoader(yaml.SafeLoader):
    """YAML 1.2's reading of plain scalars, as the Node CLI that deploys has it: `yes` and 2026-01-01 are text."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own class attribute, replaced so that its parent keeps its own
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":bool", ":timestamp", ":int"))]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_BOOLEAN = re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$")
_WHOLE_NUMBER = re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$")
_CoreLoader.add_implicit_resolver("tag:yaml.org,2002:bool", _BOOLEAN, list("tTfF"))
_CoreLoader.add_implicit_resolver("tag:yaml.org,2002:int", _WHOLE_NUMBER, list("-+0123456789"))


@dataclass(frozen=True)
class Node:
    """One value with its line: `value` is a scalar, a list of Nodes or a dict of Nodes."""

    line: int
    value: Any
    key_lines: dict[str, int] = field(default_factory=dict)
    unresolved: bool = False

    @property
    def mapping(self) -> dict[str, Node]:
        return self.value if isinstance(self.value, dict) else {}

    @property
    def entries(self) -> list[Node]:
        return self.value if isinstance(self.value, list) else []

    @property
    def text(self) -> str | None:
        """The text, or None when this is no text or still holds a ${variable} nobody could resolve."""
        return self.value if isinstance(self.value, str) and not self.unresolved else None

    @property
    def whole_number(self) -> int | None:
        return self.value if type(self.value) is int else None

    def get(self, *path: str) -> Node | None:
        """The Node under these keys, or None."""
        node: Node | None = self
        for key in path:
            node = node.mapping.get(key) if node else None
        return node

    def text_at(self, *path: str) -> str | None:
        node = self.get(*path)
        return node.text if node else None

    def key_line(self, key: str) -> int:
        """The line a key stands on (its value may begin lower); this node's own line when it has no such key."""
        return self.key_lines.get(key, self.line)


class NotYaml(Exception):
    """The text is not YAML, or uses a key twice; `problem` says where."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.problem = Problem(line, text)


def parse(text: str) -> Node:
    """The document as Nodes. An empty document is an empty mapping. Raises NotYaml."""
    loader = _CoreLoader(text)
    try:
        root = loader.get_single_node()
        return Node(1, {}) if root is None else _node(root, loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise NotYaml(mark.line + 1 if mark else 1, f"not YAML: {error.problem or error.context}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise NotYaml(1, f"not YAML: {error}") from error
    finally:
        loader.dispose()


def _node(source: yaml.Node, loader: _CoreLoader) -> Node:
    line = source.start_mark.line + 1
    if isinstance(source, yaml.MappingNode):
        return _mapping(source, loader)
    if isinstance(source, yaml.SequenceNode):
        return Node(line, [_node(entry, loader) for entry in source.value])
    return Node(line, loader.construct_object(source))


def _mapping(source: yaml.MappingNode, loader: _CoreLoader) -> Node:
    found: dict[str, Node] = {}
    lines: dict[str, int] = {}
    for key, value in _unmerged(source):
        if key.value in found:
            again = f"key {key.value} is written twice (first on line {lines[key.value]})"
            raise NotYaml(key.start_mark.line + 1, again)
        found[key.value] = _node(value, loader)
        lines[key.value] = key.start_mark.line + 1
    for merged in _merged(source):
        inherited = _node(merged, loader)
        found = {**inherited.mapping, **found}
        lines = {**inherited.key_lines, **lines}
    return Node(source.start_mark.line + 1, found, lines)


def _unmerged(source: yaml.MappingNode) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    for key, value in source.value:
        if not isinstance(key, yaml.ScalarNode):
            raise NotYaml(key.start_mark.line + 1, "a key must be plain text")
        if key.tag != "tag:yaml.org,2002:merge":
            yield key, value


def _merged(source: yaml.MappingNode) -> Iterator[yaml.Node]:
    """What `<<: *anchor` brings in; a list of anchors is searched in order, so later ones are merged last."""
    for key, value in source.value:
        if key.tag == "tag:yaml.org,2002:merge":
            yield from value.value if isinstance(value, yaml.SequenceNode) else [value]
