"""The public engine of the official CLI, on our file: where it is installed (./scripts/check toolkit does that)."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from scripts import check_toolkit
from tests.contract.source_tree import ROOT

needs_engine = pytest.mark.skipif(
    not (shutil.which("node") and check_toolkit.is_installed(ROOT)),
    reason="node and the engine are not installed: ./scripts/check toolkit installs it into build/",
)


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@needs_engine
def test_engine_makes_of_our_file_what_the_deployer_does() -> None:
    assert check_toolkit.differences(ROOT) == []


@needs_engine
def test_comparison_sees_every_kind_of_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    read = check_toolkit.read_wanted

    def otherwise(*arguments):
        wanted = read(*arguments)
        first, second, third, *others = wanted.functions
        changed = (
            replace(first, configuration={**first.configuration, "MemorySize": 3072}),
            replace(second, triggers=()),
            replace(third, handler="other.handler"),
        )
        return replace(wanted, functions=(*changed, *others, replace(first, name="mojian-never-made")))

    monkeypatch.setattr(check_toolkit, "read_wanted", otherwise)

    found = check_toolkit.differences(ROOT)

    assert len(found) == 4
    assert "not made: mojian-never-made" in found[0]
    assert "MemorySize is" in found[1]
    assert "triggers are" in found[2]
    assert "handler is" in found[3]


def test_inputs_of_the_engine_name_every_function_and_trigger() -> None:
    settings = check_toolkit._settings(ROOT)

    document = check_toolkit._document(ROOT, settings)

    events = [kind for inputs in document["functions"] for event in inputs["events"] for kind in event]
    assert len(document["functions"]) >= 19
    assert {"http", "cos", "timer"} == set(events)
    assert all(inputs["environment"]["variables"]["APP_ENV"] for inputs in document["functions"])
