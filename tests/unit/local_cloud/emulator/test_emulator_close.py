"""Closing in the middle of everything: what has begun is waited for, and nothing is left or comes later."""

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from scripts.local_cloud.emulator.cloud import Emulator
from scripts.local_cloud.emulator.outcome import Status
from scripts.local_cloud.emulator.switches import Switches

MANY_TIMERS = 8
MINUTE_IN_5_MS = Switches(time_scale=12_000.0, async_workers=2)


@pytest.fixture
def busy(sample_manifest, code_cache, tmp_path) -> Emulator:
    """Timers of many functions, each due every few milliseconds: there is always an instance being started."""
    sweep = sample_manifest.functions["sweep"]
    functions = {f"sweep{number}": replace(sweep, key=f"sweep{number}") for number in range(MANY_TIMERS)}
    manifest = replace(sample_manifest, functions=functions)
    return Emulator(manifest, tmp_path / "state", MINUTE_IN_5_MS, code_cache=code_cache)


def running_in(folder: Path) -> list[str]:
    """Processes whose working folder is below `folder`."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            where = (process / "cwd").readlink()
        except OSError:
            continue
        found += [process.name] if where.is_relative_to(folder) else []
    return found


def wait_until(condition, timeout_s: float = 5.0) -> bool:
    end = time.monotonic() + timeout_s
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.002)
    return False


@pytest.mark.parametrize("after_s", [0.0, 0.05, 0.1, 0.2, 0.4])
def test_close_leaves_nothing_when_timers_are_starting_instances(busy, tmp_path, after_s):
    with busy:
        busy.timers.start()
        assert wait_until(lambda: any(busy.logs.lines(key) for key in busy.manifest.functions))
        time.sleep(after_s)

    shutil.rmtree(tmp_path / "state")
    time.sleep(0.1)
    assert not (tmp_path / "state").exists()
    assert running_in(tmp_path) == []
    assert busy.dead_letters.all() == []


def test_close_ends_what_runs_and_starts_nothing_more(start, tmp_path):
    with start(Switches(async_workers=1), tmp_path) as emulator, ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(emulator.invoke, "moody", {"do": "sleep", "s": 2.5})
        for _ in range(3):
            emulator.invoke_async("moody", {"do": "sleep", "s": 2.5})
        time.sleep(0.3)
        began = time.monotonic()

        emulator.close()

        assert time.monotonic() - began < 2
        assert waiting.result().status == Status.PROCESS_EXITED
        assert emulator.invoke("moody", {}).status == Status.INTERNAL
        assert emulator.invoke_async("moody", {}) == []
        assert list((tmp_path / "instances").iterdir()) == []
        assert emulator.dead_letters.all() == []
