"""--rollback: what the last release moved goes back, and nothing else; the next deployment goes forward again."""

from __future__ import annotations

from tests.unit.scripts.deployment.deployed_world import World


def served(world: World) -> dict[str, str]:
    """The code hash of the version that each function's traffic goes to."""
    return {name: one["versions"][one["aliases"]["$DEFAULT"]] for name, one in world.functions().items()}


def test_rollback_restores_what_the_last_release_replaced(deployed: World) -> None:
    before = served(deployed)
    deployed.change_code("store")
    deployed.deploy()
    after = served(deployed)
    deployed.forget_calls()

    code = deployed.deploy("--rollback")

    assert (code, served(deployed)) == (0, before)
    assert after != before
    assert deployed.calls(writing=True) == ["UpdateAlias"]


def test_functions_of_an_earlier_release_stay_where_they_are(deployed: World) -> None:
    deployed.change_code("store")
    deployed.deploy()
    deployed.change_code("tick")
    deployed.deploy()

    deployed.deploy("--rollback")

    aliases = {name: one["aliases"]["$DEFAULT"] for name, one in deployed.functions().items()}
    assert aliases == {"hello": "1", "store": "2", "tick": "1"}


def test_second_rollback_goes_back_one_more_release(deployed: World) -> None:
    deployed.change_code("store")
    deployed.deploy()
    deployed.change_code("tick")
    deployed.deploy()

    codes = [deployed.deploy("--rollback"), deployed.deploy("--rollback")]

    aliases = {name: one["aliases"]["$DEFAULT"] for name, one in deployed.functions().items()}
    assert (codes, aliases) == ([0, 0], {"hello": "1", "store": "1", "tick": "1"})


def test_first_release_cannot_be_rolled_back(deployed: World) -> None:
    code = deployed.deploy("--rollback")

    assert (code, deployed.calls(writing=True)) == (1, [])
    assert "is the first one" in deployed.said[-1]


def test_nothing_deployed_cannot_be_rolled_back(world: World) -> None:
    assert world.deploy("--rollback") == 1
    assert "nothing to roll back" in world.said[-1]


def test_rollback_can_be_planned(deployed: World) -> None:
    deployed.change_code("store")
    deployed.deploy()
    deployed.forget_calls()

    code = deployed.deploy("--rollback", "--plan")

    assert (code, deployed.calls(writing=True)) == (2, [])
    assert any("version 2 → 1" in line for line in deployed.said)


def test_rollback_brings_settings_and_layers_back_too(deployed: World) -> None:
    deployed.rewrite("timeout: 60", "timeout: 61")
    deployed.change_code("base")
    deployed.deploy()

    deployed.deploy("--rollback")

    function = deployed.tencent.scf.functions.by_name["default", "sample-store-dev"]
    live = function.versions[function.aliases["$DEFAULT"].version].configuration
    assert (live["Timeout"], live["Layers"]) == (60, [{"LayerName": "sample-base-dev", "LayerVersion": 1}])


def test_deploying_again_moves_forward_without_publishing_again(deployed: World) -> None:
    deployed.change_code("store")
    deployed.deploy()
    deployed.deploy("--rollback")
    deployed.forget_calls()

    code = deployed.deploy()

    assert (code, deployed.calls(writing=True)) == (0, ["UpdateAlias"])
    assert deployed.functions()["store"]["aliases"]["$DEFAULT"] == "2"


def test_schema_is_not_touched_by_a_rollback(deployed: World) -> None:
    deployed.change_code("store")
    deployed.deploy()
    deployed.schema.lacking.append("column x")

    deployed.deploy("--rollback")

    assert deployed.schema.lacking == ["column x"]


def test_return_to_older_code_is_undone_like_any_other_release(deployed: World) -> None:
    deployed.change_code("store")
    deployed.deploy()
    deployed.change_code("store", "")
    deployed.deploy()
    between = deployed.functions()["store"]["aliases"]["$DEFAULT"]

    deployed.deploy("--rollback")

    assert (between, deployed.functions()["store"]["aliases"]["$DEFAULT"]) == ("1", "2")


def test_alias_that_was_moved_by_hand_goes_back_by_its_versions(deployed: World) -> None:
    deployed.change_code("store")
    deployed.deploy()
    deployed.tencent.scf.functions.by_name["default", "sample-store-dev"].aliases["$DEFAULT"].description = "by hand"

    code = deployed.deploy("--rollback", "store")

    assert (code, deployed.functions()["store"]["aliases"]["$DEFAULT"]) == (0, "1")
