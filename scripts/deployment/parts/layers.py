"""Layers: a new version only when the content is new. The content's hash stands in the version's description."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from scripts.deployment.parts.code import code_of, size
from scripts.deployment.session import BUSY, Session
from scripts.deployment.wanted import WantedLayer


def plan_layers(session: Session, layers: Iterable[WantedLayer]) -> None:
    for layer in layers:
        number = _published(session, layer)
        if number:
            session.layer_versions[layer.name] = number
        else:
            session.plan.add(
                "+",
                f"layer {layer.name}",
                _publisher(session, layer),
                f"{layer.package.sha256[:12]}, {size(layer.package)}",
            )


def listed(session: Session, layer: WantedLayer) -> list[dict[str, Any]]:
    """Every version, the newest first; asked for once."""
    if layer.name not in session.layers_found:
        found = session.cloud.scf("ListLayerVersions", LayerName=layer.name).get("LayerVersions") or []
        session.layers_found[layer.name] = sorted(found, key=lambda one: -int(one["LayerVersion"]))
    return session.layers_found[layer.name]


def _published(session: Session, layer: WantedLayer) -> int | None:
    """The version with this content, even if a run that broke off had just begun it."""
    for one in listed(session, layer):
        fits = layer.package.sha256 in (one.get("Description") or "") and set(layer.runtimes) <= set(
            one["CompatibleRuntimes"]
        )
        if fits and one["Status"] in BUSY:
            _wait(session, layer, int(one["LayerVersion"]))
        if fits and one["Status"] in ("Active", *BUSY):
            return int(one["LayerVersion"])
    return None


def _publisher(session: Session, layer: WantedLayer) -> Callable[[], None]:
    def publish() -> None:
        answer = session.cloud.scf(
            "PublishLayerVersion",
            LayerName=layer.name,
            CompatibleRuntimes=list(layer.runtimes),
            Content=code_of(session, layer.package),
            Description=f"{session.wanted.mark} content {layer.package.sha256}",
        )
        number = int(answer["LayerVersion"])
        _wait(session, layer, number)
        session.layer_versions[layer.name] = number

    return publish


def _wait(session: Session, layer: WantedLayer, number: int) -> None:
    session.settle(
        lambda: session.cloud.scf("GetLayerVersion", LayerName=layer.name, LayerVersion=number),
        f"version {number} of layer {layer.name}",
    )
