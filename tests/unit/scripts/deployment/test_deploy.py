"""./scripts/deploy against the fake cloud: everything once, nothing twice, only what differs, no secret on the screen."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from scripts.deployment.parts import old
from tests.unit.scripts.deployment.deployed_world import APPID, MANIFEST, World, opened_world, write_packages

TICK = next(line for line in MANIFEST.splitlines(keepends=True) if line.startswith("    tick:"))
TICK_TRIGGER = MANIFEST[MANIFEST.index("    - type: timer") : MANIFEST.index("  customDomain:")]


def test_first_deployment_makes_everything_the_manifest_names(world: World) -> None:
    code = world.deploy()

    functions = world.functions()
    cloud = world.tencent.state()
    assert code == 0, world.said[-1]
    assert sorted(functions) == ["hello", "store", "tick"]
    assert {(one["status"], one["aliases"]["$DEFAULT"]) for one in functions.values()} == {("Active", "1")}
    assert functions["hello"]["type"] == "HTTP"
    assert functions["store"]["configuration"]["Timeout"] == 60
    assert functions["store"]["configuration"]["Layers"] == [{"LayerName": "sample-base-dev", "LayerVersion": 1}]
    assert functions["store"]["configuration"]["Environment"]["Variables"] == [
        {"Key": "SECRET", "Value": "hush-hush-value"}
    ]
    assert [trigger["Type"] for one in functions.values() for trigger in one["triggers"]] == ["http", "cos", "timer"]
    assert functions["tick"]["retries"] == {"MsgTTL": 60, "RetryConfig": [{"RetryNum": 0}]}
    assert list(cloud["cam"]["roles"]) == ["sample-hello-dev", "sample-store-dev", "sample-tick-dev"]
    assert list(cloud["cam"]["policies"]) == ["sample-store-dev"]
    assert list(cloud["scf"]["domains"]) == ["api.example.com"]
    assert len(cloud["cls"]["alarms"]) >= 9
    assert sorted(world.cos.state()["rules"]) == ["cors", "lifecycle"]
    assert world.schema.lacking == []


def test_second_deployment_writes_nothing(deployed: World) -> None:
    code = deployed.deploy()

    assert (code, deployed.calls(writing=True)) == (0, [])
    assert deployed.said[-1] == "Nothing to change."


def test_deployment_works_over_real_http(tmp_path: Path) -> None:
    with opened_world(tmp_path, over_http=True) as world:
        first = world.deploy()
        world.forget_calls()
        second = world.deploy()

        assert (first, second, world.calls(writing=True)) == (0, 0, [])


def test_changed_code_touches_only_its_own_function(deployed: World) -> None:
    before = deployed.functions()
    deployed.change_code("store")

    code = deployed.deploy()

    after = deployed.functions()
    assert (code, after["hello"], after["tick"]) == (0, before["hello"], before["tick"])
    assert deployed.calls(writing=True) == [
        "UpdateFunctionCode",
        "UpdateFunctionConfiguration",
        "PublishVersion",
        "UpdateAlias",
    ]
    assert after["store"]["aliases"]["$DEFAULT"] == "2"


def test_changed_layer_is_published_once_and_bound_by_every_function(deployed: World) -> None:
    deployed.change_code("base")

    deployed.deploy()

    bound = [one["configuration"]["Layers"][0]["LayerVersion"] for one in deployed.functions().values()]
    assert deployed.calls(writing=True).count("PublishLayerVersion") == 1
    assert "UpdateFunctionCode" not in deployed.calls()
    assert bound == [2, 2, 2]


def test_changed_setting_is_published_without_sending_the_code_again(deployed: World) -> None:
    deployed.rewrite("timeout: 60", "timeout: 61")

    deployed.deploy()

    assert deployed.calls(writing=True) == ["UpdateFunctionConfiguration", "PublishVersion", "UpdateAlias"]
    assert deployed.functions()["store"]["configuration"]["Timeout"] == 61


def test_drift_in_the_console_is_put_right_without_a_new_version(deployed: World) -> None:
    deployed.tencent.scf.functions.by_name["default", "sample-store-dev"].configuration["MemorySize"] = 256

    deployed.deploy()

    assert deployed.calls(writing=True) == ["UpdateFunctionConfiguration"]
    assert "MemorySize 256 → 128" in "\n".join(deployed.said)


def test_plan_writes_nothing_and_says_with_its_exit_code_that_there_is_something(world: World) -> None:
    code = world.deploy("--plan")

    assert (code, world.calls(writing=True)) == (2, [])
    assert len(world.calls()) >= 10
    assert world.functions() == {}
    assert world.schema.lacking == ["table users"]


def test_plan_exits_with_zero_when_there_is_nothing_to_do(deployed: World) -> None:
    assert deployed.deploy("--plan") == 0


def test_plan_and_progress_show_no_secret(world: World) -> None:
    secrets = ["hush-hush-value", "another-value", "robot-key", world.environment["TENCENT_SECRET_KEY"]]
    world.deploy()
    said = list(world.said)
    world.deploy(SECRET="another-value")
    said += world.said

    shown = [secret for secret in secrets if secret in "\n".join(said)]

    assert any("SECRET ••••" in line for line in said)
    assert shown == []


def test_masked_values_differ_when_the_values_do(deployed: World) -> None:
    deployed.deploy("--plan", SECRET="another-value")

    line = next(line.strip() for line in deployed.said if "SECRET" in line)
    before, after = line.removeprefix("SECRET ").split(" → ")
    assert before != after


def test_nothing_is_changed_when_nobody_says_yes(world: World) -> None:
    code = world.deploy(yes=False)

    assert (code, world.calls(writing=True)) == (1, [])
    assert "nothing was changed" in world.said[-1]


def test_one_named_function_is_deployed_alone_with_its_layer_and_role(world: World) -> None:
    code = world.deploy("tick")

    assert code == 0
    assert sorted(world.functions()) == ["tick"]
    assert list(world.tencent.state()["cam"]["roles"]) == ["sample-tick-dev"]
    assert world.tencent.state()["scf"]["domains"] == {}


def test_unknown_function_is_refused_by_name(world: World) -> None:
    code = world.deploy("tock")

    assert (code, world.said[-1]) == (1, "deploy: no such function: tock. There are: hello, store, tick")


def test_schema_grows_after_the_roles_and_before_the_code(world: World) -> None:
    world.deploy()

    before = world.schema.calls_before or []
    assert "CreateRole" in before
    assert "PublishLayerVersion" in before
    assert "CreateFunction" not in before


def test_schema_is_left_alone_when_asked_to(world: World) -> None:
    world.deploy("--no-migrate")

    assert world.schema.lacking == ["table users"]


def test_stages_live_beside_each_other(deployed: World) -> None:
    deployed.schema.lacking.clear()
    environment = {
        "COS_BUCKET": f"mojian-{APPID}",
        "CLS_LOGSET_ID": f"sample-test-{APPID}",
        "CLS_TOPIC_ID": f"sample-test-log-{APPID}",
        "APP_DOMAIN": "test.example.com",
    }
    deployed.rewrite("prefix: uploads/", "prefix: elsewhere/")
    before = {name: one["versions"] for name, one in deployed.functions().items()}

    code = deployed.deploy("--stage", "test", **environment)

    names = deployed.tencent.state()["scf"]["functions"]
    assert code == 0, deployed.said[-1]
    assert {name for name in names if name.endswith("-test")} == {f"default/sample-{name}-test" for name in before}
    assert {name: one["versions"] for name, one in deployed.functions().items() if not name.endswith("-test")} == before


def test_env_file_of_the_stage_wins_over_the_common_one(world: World) -> None:
    (world.project / ".env").write_text("SECRET=common\n", "utf-8")
    (world.project / ".env.dev").write_text("SECRET=of the stage\n", "utf-8")
    del world.environment["SECRET"]

    world.deploy("tick")

    variables = world.functions()["tick"]["configuration"]["Environment"]["Variables"]
    assert variables == [{"Key": "SECRET", "Value": "of the stage"}]


def test_large_code_goes_through_the_bucket(world: World) -> None:
    _enlarge(world.project / "build" / "packages" / "functions" / "tick.zip")

    code = world.deploy()

    objects = [stored["key"] for stored in world.cos.state()["objects"]]
    assert code == 0, world.said[-1]
    assert len(objects) == 1
    assert objects[0].startswith("deploy/")
    assert world.functions()["tick"]["code_sha256"] == objects[0].removeprefix("deploy/").removesuffix(".zip")


def _enlarge(path: Path) -> None:
    packed = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(packed, "a") as package:
        package.writestr("large.bin", os.urandom(7_100_000))
    content = packed.getvalue()
    path.write_bytes(content)
    file = path.parents[1] / "manifest.json"
    listed = json.loads(file.read_text("utf-8"))
    entry = next(one for one in listed["functions"] if one["name"] == "tick")
    entry |= {"sha256": hashlib.sha256(content).hexdigest(), "size_bytes": len(content)}
    file.write_text(json.dumps(listed), "utf-8")


def test_another_alias_is_made_when_the_triggers_name_it(world: World) -> None:
    (world.project / "serverless.yml").write_text(MANIFEST.replace("qualifier: $DEFAULT", "qualifier: live"), "utf-8")

    code = world.deploy()

    hello = world.functions()["hello"]
    assert code == 0, world.said[-1]
    assert hello["aliases"] == {"$DEFAULT": "$LATEST", "live": "1"}
    assert hello["triggers"][0]["Qualifier"] == "live"
    world.forget_calls()
    assert (world.deploy(), world.calls(writing=True)) == (0, [])


def test_functions_that_left_the_manifest_are_told_and_only_pruned_on_request(deployed: World) -> None:
    deployed.rewrite(TICK, "")
    deployed.rewrite(TICK_TRIGGER, "")

    told = deployed.deploy()
    said, there = list(deployed.said), sorted(deployed.functions())
    pruned = deployed.deploy("--prune")

    assert (told, pruned) == (0, 0)
    assert any("sample-tick-dev is not in serverless.yml any more" in line for line in said)
    assert there == ["hello", "store", "tick"]
    assert sorted(deployed.functions()) == ["hello", "store"]


def test_old_versions_go_and_the_newest_and_those_in_use_stay(deployed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(old, "KEPT_VERSIONS", 2)
    monkeypatch.setattr(old, "KEPT_LAYERS", 1)
    for number in range(3):
        deployed.change_code("store", f"x = {number}")
        deployed.change_code("base", f"x = {number}")
        deployed.deploy()

    code = deployed.deploy()
    deployed.forget_calls()
    again = deployed.deploy()

    store = deployed.functions()["store"]
    assert (code, again, deployed.calls(writing=True)) == (0, 0, [])
    assert (list(store["versions"]), store["aliases"]["$DEFAULT"]) == (["3", "4"], "4")
    assert [one["number"] for one in deployed.tencent.state()["scf"]["layers"]["sample-base-dev"]] == [4]


def test_concurrency_is_limited_where_the_manifest_says_so_and_nowhere_else(deployed: World) -> None:
    deployed.rewrite("src: store, timeout: 60", "src: store, timeout: 60, reservedMem: 1280")

    code = deployed.deploy()
    written = deployed.calls(writing=True)
    deployed.forget_calls()
    again = deployed.deploy()

    reserved = {name: one["reserved_mb"] for name, one in deployed.functions().items()}
    assert (code, written) == (0, ["PutReservedConcurrencyConfig"])
    assert (again, deployed.calls(writing=True)) == (0, [])
    assert reserved == {"hello": None, "store": 1280, "tick": None}


def test_packages_are_built_when_there_are_none(world: World) -> None:
    listed = world.project / "build" / "packages" / "manifest.json"
    kept = listed.read_text("utf-8")
    listed.unlink()
    build = world.project / "scripts" / "build"
    build.parent.mkdir()
    (world.project / "kept.json").write_text(kept, "utf-8")
    build.write_text("#!/bin/sh\ncp kept.json build/packages/manifest.json\n", "utf-8")
    build.chmod(0o755)

    assert world.deploy() == 0


def test_package_that_was_tampered_with_is_not_sent(world: World) -> None:
    path = world.project / "build" / "packages" / "functions" / "tick.zip"
    path.write_bytes(path.read_bytes() + b"x")

    code = world.deploy("tick")

    assert code == 1
    assert "run ./scripts/build" in world.said[-1]
    assert world.functions() == {}


def test_bundle_for_another_runtime_is_refused(world: World) -> None:
    write_packages(world.project, {})
    file = world.project / "build" / "packages" / "manifest.json"
    file.write_text(file.read_text("utf-8").replace("Python3.10", "Python3.13"), "utf-8")

    assert world.deploy() == 1
    assert "built for Python3.13, serverless.yml wants Python3.10" in world.said[-1]


def test_existing_function_of_another_runtime_is_explained(deployed: World) -> None:
    deployed.tencent.scf.functions.by_name["default", "sample-tick-dev"].runtime = "Python3.9"

    assert deployed.deploy() == 1
    assert "has Runtime Python3.9, serverless.yml wants Python3.10: that cannot be changed" in deployed.said[-1]
    assert deployed.calls(writing=True) == []
