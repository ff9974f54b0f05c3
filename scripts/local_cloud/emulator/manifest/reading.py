"""Read a serverless.yml into a Manifest, refusing what the platform would refuse."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .document import Document, read_document
from .forms import FunctionNode, TriggerNode, function_nodes, trigger_nodes
from .functions import Triggers, check_together, read_function
from .layers import LocalLayer, outputs_of, read_layers
from .lint import PlacedTrigger, lint_triggers
from .model import (
    CosTrigger,
    FunctionSpec,
    HttpTrigger,
    Manifest,
    ManifestRefused,
    Problem,
    TimerTrigger,
)
from .report import Report
from .routes import read_routes
from .surroundings import check_certificate
from .triggers import read_cos, read_http, read_timer
from .values import text


def load(path: Path, env: Mapping[str, str]) -> Manifest:
    """The manifest at `path`; `env` is what ${env:NAME} may use. Raises ManifestRefused with every problem at once."""
    report = Report(path.name)
    manifest = read(path, env, report)
    if report.problems or manifest is None:
        raise ManifestRefused(in_order(report.problems))
    return manifest


def check(path: Path, env: Mapping[str, str] | None = None) -> list[Problem]:
    """Everything the platform would refuse, in file order; empty when all is well.

    Without `env`, ${env:NAME} is not looked up, and rules about values made of it are left out.
    """
    report = Report(path.name)
    read(path, env, report)
    return in_order(report.problems)


def read(path: Path, env: Mapping[str, str] | None, report: Report) -> Manifest | None:
    """The manifest with its problems and warnings in `report`; None when it is no manifest at all."""
    project = path.absolute().parent
    layers = read_layers(project, env, report)
    document = read_document(path, ("multi-scf", "scf"), env, outputs_of(layers), report)
    if document is None:
        return None
    nodes = function_nodes(document, report)
    placed = _placed_triggers(document, nodes, report)
    functions = _functions(nodes, placed, layers, project, report)
    check_certificate(document.inputs, report)
    lint_triggers(placed, {key: spec.environment for key, spec in functions.items()}, report)
    return Manifest(
        app=document.app,
        stage=document.stage,
        region=text(document.inputs, "region", "ap-guangzhou", report),
        functions=functions,
        routes=read_routes(document.inputs, functions, report),
        warnings=tuple(in_order(report.warnings)),
        project=project,
    )


def _functions(
    nodes: list[FunctionNode], placed: list[PlacedTrigger], layers: list[LocalLayer], project: Path, report: Report
) -> dict[str, FunctionSpec]:
    specs = [read_function(node, _triggers_of(node, placed, report), layers, project, report) for node in nodes]
    check_together(zip(nodes, specs, strict=True), report)
    return {spec.key: spec for spec in specs}


def _placed_triggers(document: Document, nodes: list[FunctionNode], report: Report) -> list[PlacedTrigger]:
    regions = {node.key: text(node.settings, "region", "ap-guangzhou", report) for node in nodes}
    return [
        PlacedTrigger(node.function, node.line, _trigger(node, regions[node.function], report))
        for node in trigger_nodes(document, nodes, report)
    ]


def _trigger(node: TriggerNode, region: str, report: Report) -> HttpTrigger | CosTrigger | TimerTrigger:
    if node.kind == "http":
        return read_http(node, report)
    return read_cos(node, region, report) if node.kind == "cos" else read_timer(node, report)


def _triggers_of(function: FunctionNode, placed: list[PlacedTrigger], report: Report) -> Triggers:
    own = [entry for entry in placed if entry.function == function.key]
    if function.settings.text_at("type") == "web":
        for entry in own:
            if not isinstance(entry.trigger, HttpTrigger):
                report.refuse(entry.line, f"{function.key} is a web function: only an http trigger can start it")
    triggers = [entry.trigger for entry in own]
    return Triggers(
        http=next((trigger for trigger in triggers if isinstance(trigger, HttpTrigger)), None),
        cos=tuple(trigger for trigger in triggers if isinstance(trigger, CosTrigger)),
        timers=tuple(trigger for trigger in triggers if isinstance(trigger, TimerTrigger)),
    )


def in_order(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.file, problem.line))
