"""The whole local cloud around the sample project, and the commands that talk to it."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import redis

from scripts.local_cloud.__main__ import main
from scripts.local_cloud.emulator.manifest import ManifestRefused
from scripts.local_cloud.stack import Stack

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "tests" / "fixtures" / "emulator" / "sample"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, with the files that supply what its functions want."""
    folder = tmp_path_factory.mktemp("project") / "sample"
    shutil.copytree(SAMPLE, folder)
    (folder / ".env.example").write_text("STAGE=dev\nGREETING=from the example\n", encoding="utf-8")
    (folder / ".env").write_text("GREETING=from the file\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def stack(project, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DATABASE_URL", "REDIS_URL"):
            patch.delenv(name, raising=False)
        with Stack(tmp_path_factory.mktemp("state"), project, time_scale=600.0, timers=False) as stack:
            yield stack


@pytest.fixture
def command(stack, project):
    def run(*arguments: str) -> int:
        return main(["--state", str(stack.state_dir), "--project", str(project), *arguments])

    return run


def test_stack_configures_functions_with_the_file_and_the_fakes(stack):
    assert stack.invoke("moody", {"do": "environment"})["GREETING"] == "from the file"
    assert stack.environment["WECHAT_BASE_URL"] == stack.urls["wechat"]
    assert stack.environment["APP_BASE_URL"] == stack.url


def test_layers_are_kept_with_the_project_when_the_state_is_elsewhere(stack, project):
    stack.invoke("moody", {})

    assert list((project / ".local" / "code-cache").iterdir())
    assert not list(stack.state_dir.rglob("sample_shared"))


def test_stack_serves_an_embedded_redis(stack):
    with redis.Redis.from_url(stack.environment["REDIS_URL"]) as client:
        client.set("a", "1")

        assert client.get("a") == b"1"


def test_upload_starts_the_function_that_waits_for_it(stack):
    stack.put("uploads/简历 1.pdf", b"%PDF-")

    assert stack.wait_idle(10)
    (line,) = [line for line in stack.logs("ingest") if line.startswith('{"keys"')]
    assert json.loads(line)["keys"] == ["/1250000000/mojian/uploads/简历 1.pdf"]


def test_stack_refuses_a_manifest_naming_the_line(project, tmp_path):
    shutil.copytree(project, tmp_path / "project", ignore=shutil.ignore_patterns(".local"))
    file = tmp_path / "project" / "serverless.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("timeout: 5", "timeout: 5000"), encoding="utf-8")

    with pytest.raises(ManifestRefused, match=r"serverless\.yml:\d+: "), Stack(tmp_path / "state", file.parent):
        pass


def test_call_prints_the_body_and_fails_on_an_error_status(command, capfdbinary):
    fine = command("call", "post", "/api/x?a=1", '{"名": 1}', "--token", "t1")
    answer = json.loads(capfdbinary.readouterr().out)
    missing = command("call", "GET", "/nowhere")

    assert (fine, missing) == (0, 1)
    assert answer["event"]["body"] == '{"名": 1}'
    assert answer["event"]["headers"]["authorization"] == "Bearer t1"


def test_put_tick_and_logs_reach_the_running_cloud(command, stack, tmp_path, capfd):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")

    codes = [command("put", "uploads/cli.pdf", str(tmp_path / "a.pdf")), command("tick", "every-minute")]
    stack.wait_idle(10)
    codes += [command("logs", "--raw", "sweep"), command("logs", "--raw")]

    printed = capfd.readouterr().out
    assert codes == [0, 0, 0, 0]
    assert '"TriggerName": "every-minute"' in printed
    assert "ingest | " in printed
    assert "uploads/cli.pdf" in printed


def test_tick_fails_when_there_is_no_such_timer(command, capfd):
    code = command("tick", "nightly")

    assert code == 1
    assert "every-minute" in capfd.readouterr().err


def test_invoke_api_answers_on_the_control_port(stack):
    import httpx

    body = {"FunctionName": "sample-moody", "ClientContext": "{}"}
    reply = httpx.post(stack.urls["control"] + "/", json=body, headers={"X-TC-Action": "Invoke"}, trust_env=False)

    assert json.loads(reply.json()["Response"]["Result"]["RetMsg"])["count"] >= 1


def test_reset_forgets_objects_logs_and_cache(command, stack):
    stack.put("other/kept.txt", b"x")
    with redis.Redis.from_url(stack.environment["REDIS_URL"]) as client:
        client.set("b", "1")

        code = command("reset")

        assert client.get("b") is None
    assert code == 0
    assert stack.fakes.cos.state()["objects"] == []
    assert stack.logs("ingest") == []


def test_commands_say_so_when_nothing_runs(tmp_path):
    with pytest.raises(SystemExit, match="is not running"):
        main(["--state", str(tmp_path), "tick", "sweep"])


def test_up_prints_urls_and_stops_on_sigterm(project, tmp_path):
    command = [sys.executable, "-m", "scripts.local_cloud", "--state", str(tmp_path), "--project", str(project)]
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    up = subprocess.Popen(
        [*command, "up", "--port", "0", "--no-timers"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    with up:
        lines = []
        while not (lines and lines[-1].startswith("ready")):
            lines.append(up.stdout.readline())
            assert lines[-1], "up ended too early"

        called = subprocess.run([*command, "call", "GET", "/api/x"], cwd=ROOT, capture_output=True, check=False)
        up.send_signal(signal.SIGTERM)

        assert called.returncode == 0
        assert {line.split()[0] for line in lines} >= {"gateway", "wechat", "wechat_pay", "deepseek", "cos", "redis"}
        assert up.wait(timeout=10) == 0
    assert not (tmp_path / "control.json").exists()
