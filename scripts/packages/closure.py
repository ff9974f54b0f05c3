"""Which distributions each layer holds: what it names and what that needs, less what the layers before it hold already."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.packages.contents import requirements_of
from scripts.packages.errors import BuildFailed
from scripts.packages.project import FunctionPlan, LayerPlan, held_before
from scripts.packages.runtimes import Runtime


def held_by_layers(
    layers: Iterable[LayerPlan], functions: list[FunctionPlan], wheels: Mapping[str, Path], runtime: Runtime
) -> dict[str, list[str]]:
    """Layer → canonical names, sorted. Raises BuildFailed for what is not locked."""
    whole = {
        layer.name: needed(layer.requirements, wheels, runtime, asked_by=f"layers/{layer.name}", without=layer.left_out)
        for layer in layers
    }
    return {
        name: sorted(names - {held for before in held_before(name, functions) for held in whole[before]})
        for name, names in whole.items()
    }


def needed(
    requirements: Iterable[str],
    wheels: Mapping[str, Path],
    runtime: Runtime,
    *,
    asked_by: str,
    without: Iterable[str] = (),
) -> set[str]:
    """Canonical names of `requirements` and of all they require on `runtime`, but for `without`. Raises BuildFailed."""
    left_out = {canonicalize_name(name) for name in without}
    waiting = [(Requirement(text), asked_by) for text in requirements]
    seen: set[tuple[str, str]] = set()
    while waiting:
        requirement, asker = waiting.pop()
        name = str(canonicalize_name(requirement.name))
        if name in left_out:
            continue
        if name not in wheels:
            raise BuildFailed(f"{asker} needs {name}, which requirements.txt does not pin: ./scripts/lock")
        for extra in {"", *requirement.extras} - {extra for known, extra in seen if known == name}:
            seen.add((name, extra))
            waiting += [(one, name) for one in requirements_of(wheels[name]) if _applies(one, extra, runtime)]
    return {name for name, _ in seen}


def _applies(requirement: Requirement, extra: str, runtime: Runtime) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({**runtime.markers, "extra": extra})
