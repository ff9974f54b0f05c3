"""The asynchronous queue: order, retries, dead letters, duplicates, kills."""

import json
import time
from itertools import pairwise
from typing import Any

import pytest

from scripts.local_cloud.emulator.switches import Switches
from tests.unit.local_cloud.emulator.triggers.object_changes import Change

RUN_ERROR_TRIES = 3


def runs_of(emulator, function: str = "ingest") -> list[dict[str, Any]]:
    """What the sample function prints about each of its runs."""
    return [json.loads(line) for line in emulator.logs.lines(function) if line.startswith('{"keys"')]


def test_event_is_delivered_once_when_the_function_succeeds(emulator):
    started = emulator.object_changed(Change("uploads/a.pdf"))

    assert started == ["ingest"]
    assert emulator.wait_idle(5)
    assert [run["keys"] for run in runs_of(emulator)] == [["/1250000000/sample/uploads/a.pdf"]]
    assert emulator.dead_letters.all() == []


def test_event_is_tried_three_times_a_scaled_minute_apart_when_the_function_fails(start):
    with start(Switches(time_scale=200.0)) as emulator:
        emulator.object_changed(Change("uploads/fail.pdf"))

        assert emulator.wait_idle(5)
        runs = runs_of(emulator)
        assert len(runs) == RUN_ERROR_TRIES
        assert len({run["request_id"] for run in runs}) == 1
        gaps = [later["at"] - earlier["at"] for earlier, later in pairwise(runs)]
        assert all(0.3 <= gap < 1 for gap in gaps)


def test_dead_letter_has_the_platforms_body_when_the_last_try_failed(emulator):
    emulator.object_changed(Change("uploads/fail.pdf"))

    assert emulator.wait_idle(5)
    (letter,) = emulator.dead_letters.all()
    assert letter["ErrorCode"] == -1
    assert letter["ErrorMessage"].endswith("RuntimeError: told to fail\n")
    assert letter["Body"]["FunctionName"] == "sample-ingest"
    assert letter["Body"]["RequestSource"] == "TRIGGER_COS"
    assert letter["Body"]["RetryNum"] == RUN_ERROR_TRIES - 1
    assert letter["Body"]["RequestId"] == letter["RequestId"]
    assert "uploads/fail.pdf" in json.loads(letter["Body"]["ClientContext"])["Records"][0]["cos"]["cosObject"]["key"]


def test_event_is_delivered_twice_at_the_same_time_when_duplicates_are_asked_for(start):
    with start(Switches(duplicates=2)) as emulator:
        emulator.object_changed(Change("uploads/slow.pdf"))

        assert emulator.wait_idle(5)
        first, second = runs_of(emulator)
        assert first["request_id"] != second["request_id"]
        assert abs(first["at"] - second["at"]) < 0.3
        assert emulator.instances("ingest") == 2


def test_event_is_repeated_until_there_is_room_when_the_quota_is_used_up(start):
    with start(Switches(time_scale=600.0, max_instances=1, async_workers=3)) as emulator:
        for name in ("a", "b", "c", "d"):
            emulator.object_changed(Change(f"uploads/slow-{name}.pdf"))

        assert emulator.wait_idle(10)
        assert len({tuple(run["keys"]) for run in runs_of(emulator)}) == 4
        assert emulator.dead_letters.all() == []


def test_event_becomes_a_dead_letter_when_the_quota_is_used_up_for_longer_than_it_is_kept(start):
    with start(Switches(time_scale=60_000.0, max_instances=0)) as emulator:
        emulator.object_changed(Change("uploads/a.pdf"))

        assert emulator.wait_idle(5)
        (letter,) = emulator.dead_letters.all()
        assert "concurrency quota" in letter["ErrorMessage"]


def test_worker_is_killed_in_the_middle_and_the_event_repeated_when_a_kill_is_ordered(emulator):
    emulator.kill_next("ingest", after_s=0.05, times=2)

    emulator.object_changed(Change("uploads/slow.pdf"))

    assert emulator.wait_idle(10)
    assert len(runs_of(emulator)) == 3
    assert sum('"statusCode": 439' in line for line in emulator.logs.lines("ingest")) == 2
    assert emulator.dead_letters.all() == []


def test_worker_is_killed_when_the_callback_says_so(emulator):
    emulator.kill_next("ingest", when=lambda: len(runs_of(emulator)) == 1)

    emulator.object_changed(Change("uploads/slow.pdf"))

    assert emulator.wait_idle(10)
    assert len(runs_of(emulator)) == 2


def test_kill_order_stays_when_the_invocation_ends_before_its_time(emulator):
    emulator.kill_next("moody", after_s=0.3)

    quick = emulator.invoke("moody", {})
    slow = emulator.invoke("moody", {"do": "sleep", "s": 0.6})
    after = emulator.invoke("moody", {"do": "sleep", "s": 0.6})

    assert [outcome.status for outcome in (quick, slow, after)] == [200, 439, 200]


def test_events_keep_their_order_when_one_worker_takes_them(start):
    with start(Switches(async_workers=1)) as emulator:
        for name in "abcde":
            emulator.object_changed(Change(f"uploads/{name}.pdf"))

        assert emulator.wait_idle(5)
        assert [run["keys"][0][-5] for run in runs_of(emulator)] == list("abcde")


def test_wait_idle_gives_up_when_work_is_left(emulator):
    emulator.object_changed(Change("uploads/slow.pdf"))
    started = time.monotonic()

    assert not emulator.wait_idle(0.05)
    assert time.monotonic() - started < 0.3
    assert emulator.wait_idle(5)


@pytest.mark.parametrize("do", ["exit", "raise"])
def test_invoke_async_repeats_when_the_run_failed(emulator, do):
    emulator.invoke_async("moody", {"do": do})

    assert emulator.wait_idle(10)
    (letter,) = emulator.dead_letters.all()
    assert letter["Body"]["RequestSource"] == "API"
