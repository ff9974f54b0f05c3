"""The two forms of a manifest, component multi-scf and component scf, brought to one: functions and triggers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .document import Document
from .report import Report
from .shape import FUNCTION, TRIGGER_PARAMETERS, check_keys
from .yaml_lines import Node

_NOT_SHARED = {"functions", "triggers", "customDomain", "name", "src"}
_GONE = {"apigw": "API gateway triggers cannot be created since 2024-07-01: use http (a function URL)"}
_NOT_IMITATED = {"ckafka", "cls", "cmq", "mps", "clb"}


@dataclass(frozen=True)
class FunctionNode:
    """One function's settings, shared ones included. `sources` are its src values from the outer to the inner."""

    key: str
    default_name: str
    settings: Node
    sources: list[Node] = field(default_factory=list)


@dataclass(frozen=True)
class TriggerNode:
    """One trigger: what it is, which function (key) it starts, and its parameters."""

    kind: str
    line: int
    function: str
    parameters: Node


def function_nodes(document: Document, report: Report) -> list[FunctionNode]:
    """Every function of the document, in its order."""
    inputs = document.inputs
    default_name = f"{document.name}-{document.stage}-{document.app}"
    if document.component == "scf":
        return [FunctionNode(document.name, default_name, inputs, _present(inputs.get("src")))]
    functions = inputs.get("functions")
    if functions is None or not functions.mapping:
        report.refuse(inputs.key_line("functions"), "functions is empty: there is nothing to deploy")
        return []
    found: list[FunctionNode] = []
    for key, own in functions.mapping.items():
        check_keys(own, FUNCTION, f"functions.{key}", report)
        settings = _with_shared(own, inputs, functions.key_line(key))
        found.append(FunctionNode(key, f"{default_name}-{key}", settings, _present(inputs.get("src"), own.get("src"))))
    return found


def trigger_nodes(document: Document, functions: list[FunctionNode], report: Report) -> list[TriggerNode]:
    """Every trigger that this emulator can imitate, on a function that exists."""
    known = {function.key for function in functions}
    written = _single_triggers(document) if document.component == "scf" else _listed_triggers(document.inputs)
    return [trigger for trigger in written if _acceptable(trigger, known, report)]


def _acceptable(trigger: TriggerNode, known: set[str], report: Report) -> bool:
    if trigger.function not in known:
        report.refuse(trigger.line, f"trigger for {trigger.function or 'no function'}: there is no such function")
    if trigger.kind in _GONE:
        report.refuse(trigger.line, _GONE[trigger.kind])
    elif trigger.kind in _NOT_IMITATED:
        report.warn(trigger.line, f"{trigger.kind} triggers are not imitated here")
    elif trigger.kind not in TRIGGER_PARAMETERS:
        report.refuse(trigger.line, f"unknown trigger type {trigger.kind}: there are {', '.join(TRIGGER_PARAMETERS)}")
    else:
        check_keys(trigger.parameters, TRIGGER_PARAMETERS[trigger.kind], f"the {trigger.kind} trigger", report)
        return trigger.function in known
    return False


def _listed_triggers(inputs: Node) -> Iterator[TriggerNode]:
    for entry in (inputs.get("triggers") or Node(0, [])).entries:
        parameters = entry.get("parameters") or Node(entry.line, {})
        yield TriggerNode(entry.text_at("type") or "", entry.line, entry.text_at("function") or "", parameters)


def _single_triggers(document: Document) -> Iterator[TriggerNode]:
    for entry in (document.inputs.get("events") or Node(0, [])).entries:
        for kind, trigger in entry.mapping.items():
            parameters = trigger.get("parameters") or Node(trigger.line, {})
            yield TriggerNode(kind, entry.key_line(kind), document.name, parameters)


def _with_shared(own: Node, inputs: Node, line: int) -> Node:
    """A function's own keys replace the shared ones whole: environments and layers are not merged."""
    shared = {key: value for key, value in inputs.mapping.items() if key not in _NOT_SHARED}
    lines = {key: inputs.key_line(key) for key in shared}
    return Node(line, {**shared, **own.mapping}, {**lines, **own.key_lines})


def _present(*nodes: Node | None) -> list[Node]:
    return [node for node in nodes if node is not None]
