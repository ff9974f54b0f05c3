"""The bucket: what is thrown away by itself, and whether everybody may look into it."""

from __future__ import annotations

from datetime import timedelta

from common.persistence.stuck import LOOK_BACK
from scripts.deployment.rights import bucket_prefixes
from scripts.deployment.written import read_own
from tests.unit.scripts.deployment.deployed_world import World

WARNING = "is open to everybody"


def test_private_bucket_is_not_talked_about(world: World) -> None:
    code = world.deploy("--plan")

    assert code == 2
    assert [line for line in world.said if WARNING in line] == []


def test_bucket_that_is_open_to_everybody_is_told_in_the_plan_and_left_alone(world: World) -> None:
    world.cos.open_to_everybody()

    code = world.deploy("--plan")

    told = [line for line in world.said if WARNING in line]
    assert (code, len(told)) == (2, 1)
    assert world.environment["COS_BUCKET"] in told[0]
    assert world.cos.state()["public"] is True
    assert world.calls(writing=True) == []


def test_uploads_outlast_every_new_start_of_their_first_reading() -> None:
    days = {rule["prefix"]: rule["expire_days"] for rule in read_own("bucket")["lifecycle"] if "expire_days" in rule}

    assert timedelta(days=days["uploads/"]) >= 3 * LOOK_BACK


def test_nothing_that_was_made_of_an_upload_is_thrown_away() -> None:
    expiring = {rule["prefix"].rstrip("/") for rule in read_own("bucket")["lifecycle"] if "expire_days" in rule}

    assert expiring & set(bucket_prefixes()) == {"uploads"}
