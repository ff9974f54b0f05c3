"""serverless.yml and layers/*/serverless.yml with the built packages -> WantedCloud. Read by the emulator's own reader."""

from __future__ import annotations

from pathlib import Path

from scripts.deployment.errors import DeployError
from scripts.deployment.packages import Packages
from scripts.deployment.settings import Settings
from scripts.deployment.wanted.functions import wanted_function
from scripts.deployment.wanted.model import WantedCloud, WantedDomain, WantedFunction, WantedLayer, WantedRoute
from scripts.deployment.wanted.triggers import DEFAULT_ALIAS, wanted_trigger
from scripts.local_cloud.emulator import manifest
from scripts.local_cloud.emulator.manifest.document import Document, read_document
from scripts.local_cloud.emulator.manifest.forms import function_nodes, trigger_nodes
from scripts.local_cloud.emulator.manifest.layers import LocalLayer, outputs_of, read_layers
from scripts.local_cloud.emulator.manifest.report import Report
from scripts.local_cloud.emulator.manifest.values import text
from scripts.local_cloud.emulator.manifest.yaml_lines import Node

_NOTHING = Node(0, {})


def read_wanted(project: Path, settings: Settings, packages: Packages) -> WantedCloud:
    """Raises DeployError with every reason why the platform would refuse the files."""
    path = project / "serverless.yml"
    problems = [str(problem) for problem in manifest.check(path, settings.values)]
    report = Report(path.name)
    local = read_layers(project, settings.values, report)
    document = read_document(path, ("multi-scf", "scf"), settings.values, outputs_of(local), report)
    if problems or document is None:
        raise DeployError("\n".join(problems))
    layers = {layer.name: _layer(layer, packages) for layer in local}
    functions = _functions(document, layers, packages, report)
    _check_runtime(functions, packages)
    topic = document.inputs.get("cls") or _NOTHING
    return WantedCloud(
        app=document.app,
        stage=document.stage,
        region=text(document.inputs, "region", settings.region, report),
        namespace=text(document.inputs, "namespace", "default", report),
        functions=functions,
        layers=tuple(layers.values()),
        domain=_domain(document, functions, report),
        log_set_id=text(topic, "logsetId", "", report),
        log_topic_id=text(topic, "topicId", "", report),
    )


def _layer(layer: LocalLayer, packages: Packages) -> WantedLayer:
    package = packages.layers.get(layer.folder.name)
    if package is None:
        raise DeployError(f"layer {layer.folder.name} has no package: run ./scripts/build")
    return WantedLayer(layer.folder.name, layer.name, layer.runtimes, f"layers {layer.folder.name}", package)


def _functions(
    document: Document, layers: dict[str, WantedLayer], packages: Packages, report: Report
) -> tuple[WantedFunction, ...]:
    nodes = function_nodes(document, report)
    triggers = [(node.function, wanted_trigger(node, report)) for node in trigger_nodes(document, nodes, report)]
    return tuple(
        wanted_function(node, tuple(trigger for key, trigger in triggers if key == node.key), layers, packages, report)
        for node in nodes
    )


def _check_runtime(functions: tuple[WantedFunction, ...], packages: Packages) -> None:
    others = sorted({function.runtime for function in functions} - {packages.runtime})
    if others:
        raise DeployError(
            f"the packages are built for {packages.runtime}, serverless.yml wants {', '.join(others)}: run ./scripts/build"
        )


def _domain(document: Document, functions: tuple[WantedFunction, ...], report: Report) -> WantedDomain | None:
    """None when there is no public host; functions are reached by their own addresses then."""
    node = document.inputs.get("customDomain")
    name = text(node, "domain", "", report) if node else ""
    if node is None or not name:
        return None
    by_key = {function.key: function for function in functions}
    routes = []
    for entry in (node.get("endpointsConfig") or Node(0, [])).entries:
        function = by_key[text(entry, "functionName", "", report)]
        qualifier = text(entry, "qualifier", DEFAULT_ALIAS, report)
        routes.append(WantedRoute(text(entry, "pathMatch", "", report), function.name, function.namespace, qualifier))
    certificate = text(node.get("certConfig") or _NOTHING, "certificateId", "", report)
    return WantedDomain(name, text(node, "protocol", "HTTP", report), certificate, tuple(routes))
