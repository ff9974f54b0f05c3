"""Which distributions a layer holds."""

from pathlib import Path

import pytest

from scripts.packages.closure import held_by_layers, needed
from scripts.packages.errors import BuildFailed
from scripts.packages.project import FunctionPlan, LayerPlan
from tests.unit.scripts.packages.made_up import RUNTIME, wheel


@pytest.fixture
def wheels(tmp_path: Path) -> dict[str, Path]:
    requires = {
        "web": ("engine>=1", "fast; extra == 'speed'", "old; python_version < '3.10'", "Windows_Only; os_name == 'nt'"),
        "engine": ("Words",),
        "words": (),
        "fast": ("engine",),
    }
    return {name: wheel(tmp_path, name, {f"{name}.py": ""}, lines) for name, lines in requires.items()}


@pytest.mark.parametrize(
    ("asked", "without", "held"),
    [
        (("web",), (), {"web", "engine", "words"}),
        (("web[speed]",), (), {"web", "engine", "words", "fast"}),
        (("Web",), ("engine",), {"web"}),
        (("web", "words"), ("engine",), {"web", "words"}),
    ],
)
def test_closure_is_what_the_runtime_needs(
    wheels: dict[str, Path], asked: tuple[str, ...], without: tuple[str, ...], held: set[str]
) -> None:
    assert needed(asked, wheels, RUNTIME, asked_by="layers/base", without=without) == held


def test_build_fails_naming_who_asked_when_something_is_not_locked(wheels: dict[str, Path]) -> None:
    del wheels["words"]

    with pytest.raises(BuildFailed, match="engine needs words"):
        needed(("web",), wheels, RUNTIME, asked_by="layers/base")


def test_layer_does_not_hold_what_is_always_bound_before_it(wheels: dict[str, Path]) -> None:
    layers = [LayerPlan("base", ("engine",), ()), LayerPlan("web", ("web",), ()), LayerPlan("alone", ("fast",), ())]
    functions = [
        FunctionPlan("a", ("base", "web"), ()),
        FunctionPlan("b", ("base", "alone"), ()),
        FunctionPlan("c", ("alone",), ()),
    ]

    held = held_by_layers(layers, functions, wheels, RUNTIME)

    assert held == {"base": ["engine", "words"], "web": ["web"], "alone": ["engine", "fast", "words"]}
