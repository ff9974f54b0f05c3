"""One serverless.yml as a document: read, variables resolved, component known, keys checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .report import Report
from .shape import DOCUMENTS, check_keys
from .variables import Variables
from .yaml_lines import Node, NotYaml, parse

_DEFAULT_STAGE = "dev"


@dataclass(frozen=True)
class Document:
    """The head of a manifest and its inputs, with every variable resolved that can be."""

    component: str
    app: str
    stage: str
    name: str
    inputs: Node


def read_document(
    path: Path,
    components: tuple[str, ...],
    env: Mapping[str, str] | None,
    outputs: Mapping[str, str | int],
    report: Report,
) -> Document | None:
    """The document, or None when it is beyond reading; what is wrong goes to `report`."""
    root = _parsed(path, report)
    if root is None:
        return None
    component = root.text_at("component")
    if component not in components:
        wanted = " or ".join(components)
        report.refuse(root.key_line("component"), f"component {component or 'is missing'}: must be {wanted}")
        return None
    own = _own_variables(root, Variables(env, {}, outputs), report)
    resolved = Variables(env, own, outputs).resolve(root, report)
    check_keys(resolved, DOCUMENTS[component], "the document", report)
    inputs = resolved.get("inputs") or Node(root.line, {})
    return Document(component, own["app"], own["stage"], own["name"], inputs)


def _parsed(path: Path, report: Report) -> Node | None:
    try:
        return parse(path.read_text(encoding="utf-8"))
    except NotYaml as error:
        report.refuse(error.problem.line, error.problem.text)
    except (OSError, UnicodeDecodeError) as error:
        report.refuse(1, f"cannot be read: {error}")
    return None


def _own_variables(root: Node, environment_only: Variables, report: Report) -> dict[str, str]:
    """What ${app}, ${stage} and ${name} stand for; they themselves may be made of ${env:NAME}."""
    own = {"stage": _DEFAULT_STAGE}
    for key in ("app", "stage", "name"):
        node = root.get(key)
        if node is not None:
            own[key] = str(environment_only.resolve(node, report).value)
        elif key not in own:
            report.refuse(root.line, f"{key} is missing")
            own[key] = ""
    return own
