"""Instances: warm reuse, parallel cold starts, the quota, freezing, recycling, and leaving nothing behind."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from scripts.local_cloud.emulator.outcome import Status
from scripts.local_cloud.emulator.switches import Switches


def state_of(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(") ")[2][:1]


def wait_until(condition, timeout_s: float = 3.0) -> bool:
    end = time.monotonic() + timeout_s
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


def test_instance_is_reused_when_it_is_warm(emulator):
    counts = [emulator.invoke("moody", {}).value["count"] for _ in range(3)]

    assert counts == [1, 2, 3]
    assert emulator.instances("moody") == 1


def test_processes_are_those_of_the_instances_that_are_alive(emulator):
    before = emulator.processes("moody")
    emulator.invoke("moody", {})

    after = emulator.processes("moody")

    assert (len(before), len(after)) == (0, emulator.instances("moody"))
    assert all(Path(f"/proc/{pid}").exists() for pid in after)


def test_instances_start_in_parallel_when_events_come_at_once(emulator):
    with ThreadPoolExecutor(3) as threads:
        outcomes = list(threads.map(lambda _: emulator.invoke("moody", {"do": "sleep", "s": 0.4}), range(3)))

    assert [outcome.status for outcome in outcomes] == [Status.OK] * 3
    assert emulator.instances("moody") == 3


def test_invoke_is_refused_with_432_when_the_quota_is_used_up(start):
    with start(Switches(max_instances=1)) as emulator, ThreadPoolExecutor(1) as threads:
        busy = threads.submit(emulator.invoke, "moody", {"do": "sleep", "s": 0.6})
        time.sleep(0.2)

        refused = emulator.invoke("moody", {})

        assert refused.status == Status.CONCURRENCY_LIMIT
        assert busy.result().status == Status.OK


def test_instance_is_stopped_between_requests(emulator):
    pid = emulator.invoke("moody", {}).value["pid"]

    assert wait_until(lambda: state_of(pid) == "T")
    assert emulator.invoke("moody", {}).value["pid"] == pid


def test_instance_runs_on_between_requests_when_freezing_is_off(start):
    with start(Switches(freeze=False)) as emulator:
        pid = emulator.invoke("moody", {}).value["pid"]

        assert state_of(pid) in {"R", "S"}


def test_instance_is_recycled_after_the_given_uses(start):
    with start(Switches(uses_per_instance=2)) as emulator:
        counts = [emulator.invoke("moody", {}).value["count"] for _ in range(4)]

        assert counts == [1, 2, 1, 2]


def test_instance_is_recycled_when_it_is_idle_for_too_long(start):
    with start(Switches(idle_s=0.2)) as emulator:
        emulator.invoke("moody", {})

        assert wait_until(lambda: emulator.instances("moody") == 0)


def test_close_leaves_no_process_and_no_folder_of_an_instance(start, tmp_path):
    with start(state_dir=tmp_path) as emulator:
        pid = emulator.invoke("moody", {}).value["pid"]

    assert not Path(f"/proc/{pid}").exists()
    assert not list((tmp_path / "instances").iterdir())
    assert not (tmp_path / "tmp").exists()


def test_reaper_kills_stopped_instances_when_the_emulator_is_killed():
    sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    program = (
        "import os, signal, sys; from scripts.local_cloud.emulator.instances.reaper import Reaper; "
        "Reaper().watch(int(sys.argv[1])); os.kill(os.getpid(), signal.SIGKILL)"
    )
    os.kill(sleeper.pid, 19)

    killed = subprocess.run([sys.executable, "-c", program, str(sleeper.pid)], check=False)

    assert killed.returncode == -9
    assert sleeper.wait(timeout=5) == -9
