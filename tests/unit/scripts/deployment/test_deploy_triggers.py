"""Triggers, the domain, the bucket's rules and alarms when they change: in the right order, and nothing of others is touched."""

from __future__ import annotations

import json

import pytest

from tests.unit.scripts.deployment.deployed_world import MANIFEST, World

HTTP_TRIGGER = MANIFEST[MANIFEST.index("    - type: http") : MANIFEST.index("    - type: cos")]
TIMER_TRIGGER = MANIFEST[MANIFEST.index("    - type: timer") : MANIFEST.index("  customDomain:")]


def triggers(world: World, name: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = world.functions()[name]["triggers"]
    return found


def test_changed_notification_is_taken_away_before_it_is_made_again(deployed: World) -> None:
    deployed.rewrite("prefix: uploads/", "prefix: uploads/new/")

    code = deployed.deploy()

    assert (code, deployed.calls(writing=True)) == (0, ["DeleteTrigger", "CreateTrigger"])
    assert [json.loads(str(one["TriggerDesc"]))["filter"]["Prefix"] for one in triggers(deployed, "store")] == [
        "uploads/new/"
    ]


def test_notification_can_move_to_another_function(deployed: World) -> None:
    deployed.rewrite("type: cos\n      function: store", "type: cos\n      function: tick")

    code = deployed.deploy()

    assert code == 0, deployed.said[-1]
    assert [one["Type"] for one in triggers(deployed, "tick")] != triggers(deployed, "store") == []


def test_timer_is_updated_in_place(deployed: World) -> None:
    deployed.rewrite('"0 * * * * * *"', '"30 * * * * * *"')

    code = deployed.deploy()

    assert (code, deployed.calls(writing=True)) == (0, ["UpdateTrigger"])
    assert json.loads(str(triggers(deployed, "tick")[0]["TriggerDesc"])) == {"cron": "30 * * * * * *"}


def test_function_url_is_updated_in_place(deployed: World) -> None:
    deployed.rewrite(
        "netConfig: { enableExtranet: true, enableIntranet: false }",
        "netConfig: { enableExtranet: true, enableIntranet: true }",
    )

    assert (deployed.deploy(), deployed.calls(writing=True)) == (0, ["UpdateTrigger"])
    deployed.forget_calls()
    assert (deployed.deploy(), deployed.calls(writing=True)) == (0, [])


def test_vanished_timer_of_ours_is_deleted(deployed: World) -> None:
    deployed.rewrite(TIMER_TRIGGER, "")

    code = deployed.deploy()

    assert (code, triggers(deployed, "tick")) == (0, [])


def test_function_url_is_deleted_only_after_the_domain_let_go_of_it(deployed: World) -> None:
    deployed.rewrite(
        "    - type: cos\n",
        "    - type: http\n      function: tick\n"
        "      parameters: { qualifier: $DEFAULT, netConfig: { enableExtranet: true } }\n    - type: cos\n",
    )
    deployed.rewrite("functionName: hello", "functionName: tick")
    deployed.rewrite(HTTP_TRIGGER, "")

    code = deployed.deploy()

    assert code == 0, deployed.said[-1]
    assert deployed.calls(writing=True) == ["CreateTrigger", "UpdateCustomDomain", "DeleteTrigger"]


def test_trigger_of_somebody_else_is_told_and_left_alone(deployed: World) -> None:
    store = deployed.tencent.scf.functions.by_name["default", "sample-tick-dev"]
    foreign = {**store.triggers[0], "TriggerName": "by-hand", "Description": ""}
    store.triggers.append(foreign)

    code = deployed.deploy()

    assert (code, deployed.calls(writing=True)) == (0, [])
    assert any("timer trigger that serverless.yml does not name" in line for line in deployed.said)


def test_trigger_the_official_cli_has_made_is_taken_as_it_is(deployed: World) -> None:
    for function in deployed.tencent.scf.functions.by_name.values():
        for trigger in function.triggers:
            trigger["Description"] = ""

    assert (deployed.deploy(), deployed.calls(writing=True)) == (0, [])


def test_changed_route_is_one_update_of_the_domain(deployed: World) -> None:
    deployed.rewrite("pathMatch: /hello", "pathMatch: /hello/*")

    code = deployed.deploy()

    assert (code, deployed.calls(writing=True)) == (0, ["UpdateCustomDomain"])
    assert "- /hello → sample-hello-dev ($DEFAULT)" in "\n".join(deployed.said)


def test_rules_of_others_in_the_bucket_are_kept(deployed: World) -> None:
    rules = deployed.cos._operations.rules
    theirs = (
        b"<LifecycleConfiguration><Rule><ID>theirs</ID><Filter><Prefix>logs/</Prefix></Filter><Status>Enabled</Status>"
        b"<Expiration><Days>9</Days></Expiration></Rule></LifecycleConfiguration>"
    )
    rules.replace("lifecycle", theirs)

    code = deployed.deploy()

    ids = [rule["ID"][0] for rule in deployed.cos.state()["rules"]["lifecycle"]]
    assert (code, ids) == (0, ["theirs", "mojian-deploy", "mojian-uploads", "mojian-unfinished"])
    deployed.forget_calls()
    assert (deployed.deploy(), deployed.calls(writing=True)) == (0, [])


def test_alarm_that_was_changed_by_hand_is_put_right_and_one_that_left_the_file_is_deleted(deployed: World) -> None:
    alarms = deployed.tencent.cls.alarms
    changed = next(iter(alarms.values()))
    kept = changed["Condition"]
    changed["Condition"] = "$1.found > 999999"
    alarms["alarm-old"] = {**changed, "AlarmId": "alarm-old", "Name": "sample dev: of long ago"}
    alarms["alarm-theirs"] = {**changed, "AlarmId": "alarm-theirs", "Name": "somebody else's"}

    code = deployed.deploy()

    assert (code, deployed.calls(writing=True)) == (0, ["ModifyAlarm", "DeleteAlarm"])
    assert (changed["Condition"], "alarm-theirs" in alarms) == (kept, True)


def test_without_a_domain_a_topic_and_a_webhook_there_are_notes_instead(world: World) -> None:
    none = {"APP_DOMAIN": "", "CLS_LOGSET_ID": "", "CLS_TOPIC_ID": "", "ALARM_WEBHOOK_URL": ""}

    code = world.deploy(**none)

    state = world.tencent.state()
    assert code == 0, world.said[-1]
    assert (state["scf"]["domains"], state["cls"]["topics"]) == ({}, {})
    assert "ClsTopicId" not in {key: 1 for key, value in world.functions()["tick"]["configuration"].items() if value}
    assert sum(1 for line in world.said if line.startswith("  ! no ")) == 2


@pytest.mark.parametrize(
    ("prepare", "told"),
    [
        ({"cname_points_here": False}, "Point the CNAME of APP_DOMAIN"),
    ],
)
def test_what_the_owner_has_to_do_is_in_the_same_line(world: World, prepare: dict[str, object], told: str) -> None:
    world.tencent.scf.change(prepare)

    code = world.deploy()

    assert code == 1
    assert told in world.said[-1]
    assert "\n" not in world.said[-1]


def test_wrong_key_is_one_line(world: World) -> None:
    code = world.deploy(TENCENT_SECRET_KEY="wrong")

    assert code == 1
    assert "AuthFailure.SignatureFailure" in world.said[-1]
    assert "Check TENCENT_SECRET_ID" in world.said[-1]


def test_missing_keys_are_named_together(world: World) -> None:
    code = world.deploy(TENCENT_SECRET_ID="", COS_BUCKET="")

    assert code == 1
    assert "not set: TENCENT_SECRET_ID, COS_BUCKET" in world.said[-1]
