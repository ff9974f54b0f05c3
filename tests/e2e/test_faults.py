"""Whatever dies, repeats or fails on the way, the end is one PDF, one notification and one charge."""

import time
from collections.abc import Iterator

import pytest

from scripts.local_cloud.stack import Stack
from tests.e2e.conftest import FAST, SAMPLE, Journey, assert_one_of_everything, start, watched

#: What keeps each stage busy long enough to be killed in the middle: (vendor, fault).
SLOW = {
    "parse": ("deepseek", {"operation": "chat", "kind": "slow", "seconds": 3}),
    "optimise": ("deepseek", {"operation": "chat", "kind": "slow", "seconds": 3, "skip": 5}),
    "render": ("cos", {"operation": "PutObject", "kind": "slow", "seconds": 3, "skip": 2}),
}
KILLED = 439
TOLD_WITHIN_S = 30.0


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Nobody has been told of anything yet, so notify takes its time to start."""
    with watched(Stack(tmp_path_factory.mktemp("untouched"), **FAST)) as running:
        yield running


@pytest.mark.parametrize("stage", ["parse", "optimise", "render"])
def test_a_killed_worker_is_replaced(journey: Journey, stage: str) -> None:
    vendor, fault = SLOW[stage]
    journey.break_vendor(vendor, **fault)
    kill_and_finish(journey, stage, after_s=0.5)


def test_a_killed_messenger_is_replaced(untouched: Stack) -> None:
    kill_and_finish(start(untouched, "told once"), "notify", after_s=0.03)


def kill_and_finish(journey: Journey, stage: str, *, after_s: float) -> None:
    before = journey.phone.me()["credits"]
    journey.stack.kill_next(stage, after_s=after_s)

    resume_id = journey.phone.upload(SAMPLE)
    journey.finish(resume_id)
    sweep_until_told(journey, resume_id)

    assert any(f'"statusCode": {KILLED}' in line for line in journey.stack.logs(stage))
    assert journey.phone.resume(resume_id)["state"] == "ready"
    assert_one_of_everything(journey, resume_id, before=before)


def sweep_until_told(journey: Journey, resume_id: str) -> None:
    """What the minute timer does on the platform. What a killed messenger held is free again after its lease, a second here."""
    ends = time.monotonic() + TOLD_WITHIN_S
    while time.monotonic() < ends:
        if any(resume_id in str(message["page"]) for message in journey.messages()):
            return
        journey.stack.tick("sweep")
        assert journey.stack.wait_idle(60)
        time.sleep(0.2)


def test_the_model_answering_503_twice_each_time_changes_nothing(journey: Journey) -> None:
    before = journey.phone.me()["credits"]
    journey.break_vendor("deepseek", operation="chat", kind="status", status=503, times=2)
    journey.break_vendor("deepseek", operation="chat", kind="status", status=503, times=2, skip=5)

    resume_id = journey.phone.upload(SAMPLE)
    detail = journey.finish(resume_id)

    assert detail["state"] == "ready"
    assert not detail["basic"]
    assert detail["warnings"] == []
    assert_one_of_everything(journey, resume_id, before=before)


def test_a_model_that_is_down_gives_the_basic_version_for_free(journey: Journey) -> None:
    before = journey.phone.me()["credits"]
    journey.break_vendor("deepseek", operation="chat", kind="status", status=503, times=1000)

    resume_id = journey.phone.upload(SAMPLE)
    detail = journey.finish(resume_id)

    assert detail["state"] == "ready"
    assert detail["basic"]
    assert detail["parsed"]["basics"]["name"] == "林晓舟"
    assert journey.phone.me()["credits"] == before
    assert journey.phone.me()["credits_held"] == 0


@pytest.fixture(scope="module")
def doubled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with watched(Stack(tmp_path_factory.mktemp("doubled"), duplicates=2, **FAST)) as running:
        yield running


def test_every_event_delivered_twice_at_once_has_one_outcome(doubled: Stack) -> None:
    journey = start(doubled, "twice")
    before = journey.phone.me()["credits"]

    resume_id = journey.phone.upload(SAMPLE)
    detail = journey.finish(resume_id)
    sweep_until_told(journey, resume_id)

    assert detail["state"] == "ready"
    assert_one_of_everything(journey, resume_id, before=before)
