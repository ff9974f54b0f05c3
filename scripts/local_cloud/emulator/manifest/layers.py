"""The project's layers as manifests know them: layers/*/serverless.yml, and the outputs they promise to others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .document import read_document
from .report import Report
from .values import settled, text, texts
from .yaml_lines import Node

_MOST_LAYERS = 5
_LONGEST_NAME = 64
# Locally a layer is always its newest state, so one number serves for ${output:...version}.
_LOCAL_VERSION = 1


@dataclass(frozen=True)
class LocalLayer:
    """One layer of the project. `key` is `stage:app:instance`, as ${output:} writes it."""

    folder: Path
    key: str
    name: str
    region: str
    runtimes: tuple[str, ...]


def read_layers(project: Path, env: Mapping[str, str] | None, report: Report) -> list[LocalLayer]:
    """Every layer under `project`/layers, sorted by folder; what is wrong in their manifests goes to `report`."""
    found: list[LocalLayer] = []
    for path in sorted(project.glob("layers/*/serverless.yml")):
        own_report = Report(path.relative_to(project).as_posix())
        layer = _read_layer(path, env, own_report)
        report.include(own_report)
        if layer is not None:
            found.append(layer)
    return found


def outputs_of(layers: list[LocalLayer]) -> dict[str, str | int]:
    """What ${output:<stage>:<app>:<instance>.<name|version>} stands for."""
    names: dict[str, str | int] = {f"{layer.key}.name": layer.name for layer in layers}
    return names | {f"{layer.key}.version": _LOCAL_VERSION for layer in layers}


def bound_layers(node: Node, known: list[LocalLayer], region: str, runtime: str, report: Report) -> tuple[Path, ...]:
    """The folders of a function's `layers`, in binding order."""
    listed = node.get("layers")
    if listed is None:
        return ()
    if len(listed.entries) > _MOST_LAYERS:
        report.refuse(node.key_line("layers"), f"{len(listed.entries)} layers: a function binds at most {_MOST_LAYERS}")
    bound = [_bound_layer(entry, known, region, runtime, report) for entry in listed.entries]
    return tuple(layer.folder for layer in bound if layer is not None)


def _bound_layer(entry: Node, known: list[LocalLayer], region: str, runtime: str, report: Report) -> LocalLayer | None:
    name = entry.get("name")
    if name is None or entry.get("version") is None:
        report.refuse(entry.line, "a layer needs both name and version")
        return None
    layer = next((layer for layer in known if layer.name == name.value), None)
    if layer is None:
        if not name.unresolved:
            report.refuse(name.line, f"layer {name.value} is not one of layers/*/serverless.yml")
        return None
    if layer.region != region and settled(layer.region, region):
        report.refuse(name.line, f"layer {layer.name} lives in {layer.region}, the function in {region}")
    if runtime not in layer.runtimes:
        report.warn(name.line, f"layer {layer.name} is not made for {runtime} but for {', '.join(layer.runtimes)}")
    return layer


def _read_layer(path: Path, env: Mapping[str, str] | None, report: Report) -> LocalLayer | None:
    document = read_document(path, ("layer",), env, {}, report)
    if document is None:
        return None
    name = text(document.inputs, "name", "", report)
    if not 1 <= len(name) <= _LONGEST_NAME:
        report.refuse(document.inputs.key_line("name"), f"a layer's name has 1 to {_LONGEST_NAME} characters")
    runtimes = texts(document.inputs, "runtimes", report)
    if not runtimes:
        report.refuse(document.inputs.key_line("runtimes"), "a layer lists the runtimes it is made for")
    return LocalLayer(
        folder=path.parent,
        key=f"{document.stage}:{document.app}:{document.name}",
        name=name,
        region=text(document.inputs, "region", "ap-guangzhou", report),
        runtimes=runtimes,
    )
