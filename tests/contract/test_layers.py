"""Layers: what they name is locked, what they include is there, and every function finds in its layers all that it imports."""

import re
from functools import cache
from importlib.metadata import distributions, requires
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.docs_reach import functions
from scripts.docs_settings import manifest
from scripts.function_reach import module_files, reach_of_function
from scripts.packages.hosted import HOSTED_FILES
from tests.contract.source_tree import ROOT

LAYERS = sorted(path.parent.name for path in (ROOT / "layers").glob("*/serverless.yml"))
MOST_LAYERS = 5


def _packages() -> dict[str, list[str]]:
    """Top-level module → distributions that install it, from their lists of files: Python 3.10 reads less than that."""
    found: dict[str, list[str]] = {}
    for distribution in distributions():
        tops = {
            file.parts[0].partition(".")[0]
            for file in distribution.files or []
            if file.suffix in (".py", ".so", ".pyd")
        }
        for top in tops:
            found.setdefault(top, []).append(distribution.metadata["Name"])
    return found


DISTRIBUTIONS = _packages()


def _lines(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip() and line[0] != "#"]


def _locked(file: str, pattern: str) -> set[str]:
    return {
        str(canonicalize_name(name)) for name in re.findall(pattern, (ROOT / file).read_text("utf-8"), re.MULTILINE)
    }


def _layers_of(function: str) -> list[str]:
    inputs: dict[str, Any] = manifest()["inputs"]
    bound = inputs["functions"][function].get("layers", inputs["layers"])
    return [re.search(r":layer-(\w+)\.name", entry["name"])[1] for entry in bound]  # type: ignore[index]


def test_layers_are_found() -> None:
    assert len(LAYERS) >= 3
    assert len(module_files()) >= 100


@pytest.mark.parametrize("layer", LAYERS)
def test_layer_names_only_locked_distributions(layer: str) -> None:
    named = [str(canonicalize_name(line)) for line in _lines(ROOT / "layers" / layer / "requirements.txt")]
    locked = _locked("requirements.txt", r"^([A-Za-z0-9._-]+)(?:\[.*\])?==")
    asked_for = _locked("requirements.in", r"^([A-Za-z0-9._-]+)")

    assert len(named) >= 1
    assert set(named) <= locked
    assert set(named) <= asked_for


@pytest.mark.parametrize("layer", LAYERS)
def test_layer_includes_only_what_exists(layer: str) -> None:
    included = _lines(ROOT / "layers" / layer / "include.txt")

    assert [folder for folder in included if not (ROOT / folder).is_dir()] == []


@pytest.mark.parametrize("layer", LAYERS)
def test_layer_is_named_after_its_folder(layer: str) -> None:
    described = yaml.safe_load((ROOT / "layers" / layer / "serverless.yml").read_text("utf-8"))

    assert described["name"] == f"layer-{layer}"
    assert described["inputs"]["src"] == HOSTED_FILES


@pytest.mark.parametrize("function", functions())
def test_function_binds_layers_that_exist(function: str) -> None:
    bound = _layers_of(function)

    assert "base" in bound
    assert set(bound) <= set(LAYERS)
    assert len(bound) <= MOST_LAYERS


def test_every_layer_is_bound() -> None:
    assert {layer for function in functions() for layer in _layers_of(function)} == set(LAYERS)


@pytest.mark.parametrize("function", functions())
def test_layers_hold_everything_the_function_imports(function: str) -> None:
    held = set().union(*(_held_by(layer) for layer in _layers_of(function)))

    missing = {
        name: sorted(DISTRIBUTIONS.get(name, []))
        for name in reach_of_function(function).foreign
        if not _is_in(name, held)
    }

    assert len(reach_of_function(function).foreign) >= 2
    assert missing == {}


@cache
def _held_by(layer: str) -> frozenset[str]:
    """Canonical names of the distributions a layer names, and of all that those require."""
    waiting = [Requirement(line) for line in _lines(ROOT / "layers" / layer / "requirements.txt")]
    left_out = {line.partition("#")[0].strip() for line in _left_out(layer)}
    held: set[str] = set()
    while waiting:
        name = str(canonicalize_name(waiting.pop().name))
        if name not in held | left_out:
            held.add(name)
            needed = [Requirement(text) for text in requires(name) or ()]
            waiting += [one for one in needed if one.marker is None or one.marker.evaluate({"extra": ""})]
    return frozenset(held)


def _left_out(layer: str) -> list[str]:
    file = ROOT / "layers" / layer / "leave_out.txt"
    return _lines(file) if file.is_file() else []


@pytest.mark.parametrize("layer", LAYERS)
def test_layer_leaves_out_only_what_is_locked_and_says_why(layer: str) -> None:
    lines = [line.partition("#") for line in _left_out(layer)]

    assert {name.strip() for name, _, _ in lines} <= _locked("requirements.txt", r"^([A-Za-z0-9._-]+)(?:\[.*\])?==")
    assert [name for name, _, why in lines if len(why) < 20] == []


def _is_in(package: str, held: set[str]) -> bool:
    return any(canonicalize_name(name) in held for name in DISTRIBUTIONS.get(package, []))
