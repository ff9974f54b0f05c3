"""Waiting, repeating what is safe to repeat, and the schema's own command."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.deployment.errors import DeployError, hint_of
from scripts.deployment.parts.database import Command
from scripts.local_cloud.fakes.kit import Fault
from tests.unit.scripts.deployment.deployed_world import World


def test_deployment_waits_until_every_change_is_done(world: World) -> None:
    world.tencent.world.busy_s = 30

    code = world.deploy()

    assert code == 0, world.said[-1]
    assert {one["status"] for one in world.functions().values()} == {"Active"}


def test_change_that_never_ends_is_told_after_five_minutes(world: World) -> None:
    world.tencent.world.busy_s = 1e9

    code = world.deploy()

    assert code == 1
    assert "is still Publishing after 300 s: run the same command again" in world.said[-1]


def test_function_that_somebody_else_is_changing_is_waited_for(deployed: World) -> None:
    deployed.change_code("tick")
    function = deployed.tencent.scf.functions.by_name["default", "sample-tick-dev"]
    function.status.present, function.status.then, function.status.at = "Updating", "Active", deployed.now_s + 20

    assert deployed.deploy() == 0
    assert deployed.functions()["tick"]["aliases"]["$DEFAULT"] == "2"


@pytest.mark.parametrize("action", ["GetFunction", "ListTriggers", "ListPolicies", "DescribeAlarms"])
def test_reading_that_fails_twice_is_repeated(deployed: World, action: str) -> None:
    deployed.tencent.faults.plan(Fault(action, "status", times=2, status=502))

    assert deployed.deploy() == 0


def test_writing_that_was_turned_away_for_being_too_fast_is_repeated(world: World) -> None:
    options = {"code": "RequestLimitExceeded"}
    world.tencent.faults.plan(Fault("CreateFunction", "code", times=2, options=options))

    assert world.deploy() == 0


def test_writing_whose_answer_was_lost_is_not_repeated_by_itself(world: World) -> None:
    world.tencent.faults.plan(Fault("PublishLayerVersion", "drop", when="after"))

    code = world.deploy()

    assert code == 1
    assert world.calls().count("PublishLayerVersion") == 1
    assert "Run the same command again" in world.said[-1]


def test_longest_fitting_hint_is_given() -> None:
    assert "clock" in hint_of("AuthFailure.SignatureExpire")
    assert "TENCENT_SECRET_ID" in hint_of("AuthFailure.SecretIdNotFound")
    assert hint_of("SomethingElse") == ""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "scripts").mkdir()
    return tmp_path


def migrate_that(project: Path, script: str) -> Command:
    """./scripts/migrate, as far as the deployer sees it."""
    path = project / "scripts" / "migrate"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return Command(project)


def test_schema_that_is_current_lacks_nothing(project: Path) -> None:
    command = migrate_that(project, 'test "$1" = check && test "$DATABASE_URL" = sqlite:///x.db && echo current')

    assert command.pending("sqlite:///x.db") == []


def test_schema_that_lacks_something_says_what(project: Path) -> None:
    command = migrate_that(project, "echo add_table >&2; echo add_column >&2; exit 1")

    assert command.pending("sqlite:///x.db") == ["add_table", "add_column"]


def test_database_that_is_not_reached_stops_with_advice(project: Path) -> None:
    command = migrate_that(project, "echo 'migrate: store_unavailable' >&2; exit 1")

    with pytest.raises(DeployError, match="--no-migrate"):
        command.pending("mysql+pymysql://nowhere/x")


def test_migration_that_fails_stops_the_deployment(project: Path) -> None:
    command = migrate_that(project, "echo 'column exists' >&2; exit 1")

    with pytest.raises(DeployError, match="the schema could not be changed: column exists"):
        command.apply("sqlite:///x.db")
