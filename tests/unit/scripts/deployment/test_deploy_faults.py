"""Every call to the cloud fails once, in turn; the same command again ends where an undisturbed deployment ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts.deployment import __main__ as main
from scripts.deployment.cloud import READ_TRIES
from scripts.deployment.parts import alarms
from scripts.deployment.written import read_own
from scripts.local_cloud.fakes.kit import Fake, Fault
from tests.unit.scripts.deployment.deployed_world import READING, World, opened_world

LEAST_CALLS = 60
LEAST_WRITES = 25


@pytest.fixture
def files_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every trial deploys the same files; reading them is not what is tried. Two alarms are as good as nine."""
    read = main.read_wanted
    kept: dict[str, Any] = {}

    def read_once(project: Path, settings: Any, packages: Any) -> Any:
        if "wanted" not in kept:
            kept["wanted"] = read(project, settings, packages)
        return kept["wanted"]

    monkeypatch.setattr(main, "read_wanted", read_once)
    monkeypatch.setattr(alarms, "read_own", lambda name: {"alarms": read_own(name)["alarms"][:2]})


def _operations(fake: Fake) -> list[str]:
    return [str(entry["operation"]) for entry in fake.log.as_json()]


def _fault(operation: str, position: int) -> Fault:
    """Reading gets no usable answer as often as it is tried; what was written is done, but the answer is lost."""
    if operation.startswith(READING):
        return Fault("*", "status", times=READ_TRIES, skip=position, status=502)
    return Fault("*", "drop", skip=position, when="after")


def _fake_of(world: World, name: str) -> Fake:
    return world.tencent if name == "tencent" else world.cos


def _tried(folder: Path, name: str, position: int, operation: str, expected: dict[str, Any]) -> str | None:
    """What is wrong after a fault at this call and a second run; None when all is well."""
    with opened_world(folder) as world:
        _fake_of(world, name).faults.plan(_fault(operation, position))
        first = world.deploy()
        said = world.said[-1]
        _fake_of(world, name).faults.clear()
        second = world.deploy()
        if (first, second) != (1, 0):
            return f"{operation} {position}: exit codes {first}, {second}; {world.said[-1]}"
        if not said.startswith("deploy: ") or operation not in said:
            return f"{operation} {position}: said {said}"
        return None if world.state() == expected else f"{operation} {position}: another state"


@pytest.mark.usefixtures("files_read_once")
def test_deployment_ends_the_same_when_any_one_call_fails_and_it_is_run_again(tmp_path: Path) -> None:
    with opened_world(tmp_path / "undisturbed") as world:
        assert world.deploy() == 0
        calls = [
            (name, position, operation)
            for name in ("tencent", "cos")
            for position, operation in enumerate(_operations(_fake_of(world, name)))
        ]
        expected = world.state()

    wrong = [
        problem
        for number, (name, position, operation) in enumerate(calls)
        if (problem := _tried(tmp_path / str(number), name, position, operation, expected))
    ]

    assert len(calls) >= LEAST_CALLS
    assert sum(1 for _, _, operation in calls if not operation.startswith(READING)) >= LEAST_WRITES
    assert wrong == []


@pytest.mark.parametrize("action", ["CreateFunction", "PublishVersion", "PublishLayerVersion"])
def test_deployment_recovers_when_the_platform_itself_fails_a_change(world: World, action: str) -> None:
    with_fault: Callable[..., None] = world.tencent.scf.change
    with_fault({"fail": {action: 1}})

    first, said = world.deploy(), world.said[-1]
    second = world.deploy()

    assert (first, second) == (1, 0)
    assert "Failed" in said
    assert {shown["status"] for shown in world.functions().values()} == {"Active"}
    world.forget_calls()
    assert (world.deploy(), world.calls(writing=True)) == (0, [])


@pytest.mark.parametrize("action", ["UpdateFunctionCode", "UpdateFunctionConfiguration"])
def test_deployment_recovers_when_the_platform_fails_an_update(deployed: World, action: str) -> None:
    deployed.change_code("tick")
    deployed.tencent.scf.change({"fail": {action: 1}})

    first, said = deployed.deploy(), deployed.said[-1]
    second = deployed.deploy()

    assert (first, second) == (1, 0)
    assert "UpdateFailed" in said
    tick = deployed.functions()["tick"]
    assert (tick["aliases"]["$DEFAULT"], tick["versions"]["2"]) == ("2", tick["code_sha256"])
    deployed.forget_calls()
    assert (deployed.deploy(), deployed.calls(writing=True)) == (0, [])
