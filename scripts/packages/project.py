"""What serverless.yml and layers/ ask for: runtime, layers with what they name, functions with what they bind."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from scripts.packages.errors import BuildFailed

FUNCTIONS = Path("functions")
LAYERS = Path("layers")
MANIFEST = Path("serverless.yml")

_LAYER = re.compile(r":layer-([\w-]+)\.name\}")


@dataclass(frozen=True)
class FunctionPlan:
    """`key` is the folder's name, `layers` are folder names in binding order, `variables` the environment's names."""

    key: str
    layers: tuple[str, ...]
    variables: tuple[str, ...]

    @property
    def folder(self) -> Path:
        return FUNCTIONS / self.key


@dataclass(frozen=True)
class LayerPlan:
    """`requirements` and `left_out` are names of distributions, `folders` are folders of the project."""

    name: str
    requirements: tuple[str, ...]
    folders: tuple[Path, ...]
    left_out: tuple[str, ...] = ()


def declared_runtime() -> str:
    """The runtime that serverless.yml names."""
    return str(_inputs()["runtime"])


def functions() -> list[FunctionPlan]:
    """Every function of serverless.yml, by name. Raises BuildFailed for a layer that is none of ours."""
    inputs, known = _inputs(), {layer.name for layer in layers()}
    plans = [_function(key, entry, inputs) for key, entry in sorted(inputs["functions"].items())]
    for plan in plans:
        if strange := set(plan.layers) - known:
            raise BuildFailed(
                f"serverless.yml: {plan.key} binds {', '.join(sorted(strange))}, which layers/ does not have"
            )
    return plans


def layers() -> list[LayerPlan]:
    """Every layer, by folder name."""
    return [_layer(path.parent) for path in sorted(LAYERS.glob("*/serverless.yml"))]


def held_before(name: str, plans: list[FunctionPlan]) -> frozenset[str]:
    """The layers that every function which binds `name` binds before it: what they hold need not be in it again."""
    before = [frozenset(plan.layers[: plan.layers.index(name)]) for plan in plans if name in plan.layers]
    return frozenset.intersection(*before) if before else frozenset()


def _function(key: str, entry: Mapping[str, Any], inputs: Mapping[str, Any]) -> FunctionPlan:
    bound = [_LAYER.search(str(one["name"])) for one in entry.get("layers", inputs["layers"])]
    named = [one["key"] for one in entry.get("environments", inputs["environments"])]
    return FunctionPlan(key, tuple(found[1] for found in bound if found), tuple(named))


def _layer(folder: Path) -> LayerPlan:
    included = tuple(Path(line) for line in _lines(folder / "include.txt"))
    left_out = tuple(_lines(folder / "leave_out.txt"))
    return LayerPlan(folder.name, tuple(_lines(folder / "requirements.txt")), included, left_out)


def _lines(file: Path) -> list[str]:
    """The lines that say something; a missing file says nothing."""
    if not file.is_file():
        return []
    return [text for line in file.read_text("utf-8").splitlines() if (text := line.partition("#")[0].strip())]


@cache
def _inputs() -> dict[str, Any]:
    inputs: dict[str, Any] = yaml.safe_load(MANIFEST.read_text("utf-8"))["inputs"]
    return inputs
