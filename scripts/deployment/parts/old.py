"""What many releases leave behind: a function holds 1,000 versions, a layer 200, a region 100 GB of code.

The newest stay, and whatever an alias points to. Deleting a layer's version does not touch functions that are bound to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from scripts.deployment.parts.layers import listed
from scripts.deployment.parts.versions import served
from scripts.deployment.session import Session
from scripts.deployment.wanted import WantedFunction, WantedLayer

KEPT_VERSIONS = 20
KEPT_LAYERS = 20


def plan_old(session: Session, functions: Iterable[WantedFunction], layers: Iterable[WantedLayer]) -> None:
    """Comes last: by then no alias points to what goes. One that this run is about to move away stays until the next."""
    for function in functions:
        _plan_versions(session, function)
    for layer in layers:
        old = [int(one["LayerVersion"]) for one in listed(session, layer) if _is_ours(session, one)][KEPT_LAYERS:]
        if old:
            session.plan.add(
                "-", f"old versions of layer {layer.name}", _layer_remover(session, layer, old), _counted(old)
            )


def _plan_versions(session: Session, function: WantedFunction) -> None:
    known = session.versions_found[function.key]
    if len(known) <= KEPT_VERSIONS:
        return
    alias = served(session.cloud, function)
    in_use = {alias.version, alias.was} if alias else set()
    old = [one.number for one in known[KEPT_VERSIONS:] if str(one.number) not in in_use]
    if old:
        session.plan.add(
            "-", f"old versions of {function.name}", _version_remover(session, function, old), _counted(old)
        )


def _version_remover(session: Session, function: WantedFunction, numbers: list[int]) -> Callable[[], None]:
    def remove() -> None:
        for number in numbers:
            session.cloud.scf(
                "DeleteFunctionVersion",
                FunctionName=function.name,
                Namespace=function.namespace,
                Qualifier=str(number),
            )

    return remove


def _layer_remover(session: Session, layer: WantedLayer, numbers: list[int]) -> Callable[[], None]:
    def remove() -> None:
        for number in numbers:
            session.cloud.scf("DeleteLayerVersion", LayerName=layer.name, LayerVersion=number)

    return remove


def _is_ours(session: Session, found: dict[str, object]) -> bool:
    return str(found.get("Description") or "").startswith(f"{session.wanted.mark} content ")


def _counted(numbers: list[int]) -> str:
    return f"{len(numbers)}: {numbers[-1]} to {numbers[0]}"
