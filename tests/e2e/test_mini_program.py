"""The mini-program's own code, run by Node with a small `wx` object: login, profile, payment, upload, download, sharing."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import SAMPLE, Journey

JOURNEY = Path("tests/e2e/mini_program/journey.js")

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed")


def walk(journey: Journey, *, user: str) -> dict[str, Any]:
    """What each step of the journey saw."""
    world = {
        "api": journey.stack.url,
        "fakes": journey.stack.urls,
        "user": user,
        "till": "wechat_pay",
        "file": str(SAMPLE),
        "template_id": journey.stack.environment["WECHAT_TEMPLATE_READY"],
    }
    ended = subprocess.run(
        ["node", str(JOURNEY)], input=json.dumps(world), capture_output=True, text=True, timeout=180, check=False
    )
    assert ended.returncode == 0, ended.stderr
    seen: dict[str, Any] = json.loads(ended.stdout)
    return seen


@needs_node
def test_the_snippets_of_a_mini_program_walk_the_whole_journey(journey: Journey) -> None:
    seen = walk(journey, user="walker")

    assert seen["user"]["credits"] > 0
    assert seen["profile"]["nickname"] == "晓舟"
    assert seen["paidAsWritten"] is False, "an order that nobody opened, under a signature that nobody made"
    assert seen["order"]["state"] == "granted"
    assert seen["downloadedAsWritten"] == {"statusCode": 404, "opens": False}
    assert seen["resume"]["state"] == "ready"
    assert seen["file"]["statusCode"] == 200
    assert seen["shared"]["menu"] is True
    assert seen["shared"]["opened"]["statusCode"] == 200
    assert (seen["shared"]["withdrawn"], seen["shared"]["gone"]) == (204, 410)


@needs_node
def test_the_shared_page_names_nobody_it_should_not(journey: Journey) -> None:
    seen = walk(journey, user="sharer")

    page = json.dumps(seen["shared"]["opened"]["data"], ensure_ascii=False)
    basics = seen["resume"]["parsed"]["basics"]
    assert basics["phone"]
    assert basics["phone"] not in page
    assert basics["email"]
    assert basics["email"] not in page
