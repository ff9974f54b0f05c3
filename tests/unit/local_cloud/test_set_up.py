"""scripts/_set_up: does the work once, says so, and says what is wrong."""

import shutil
import subprocess
from pathlib import Path

import pytest

SET_UP = Path(__file__).parents[3] / "scripts" / "_set_up"
SOURCE = f"set -euo pipefail; source {SET_UP}; echo went on"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-deploy.txt"):
        (tmp_path / name).write_text(f"# {name}\n", encoding="utf-8")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    return tmp_path


def install_python(project: Path, script: str) -> Path:
    """A stand-in for the interpreter of the .venv: it notes every call."""
    python = project / ".venv" / "bin" / "python"
    python.write_text(f'#!/bin/sh\necho "$@" >> {project}/calls\n{script}\n', encoding="utf-8")
    python.chmod(0o755)
    return project / "calls"


def source_in(project: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", SOURCE],
        cwd=project,
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_set_up_installs_once_and_is_silent_afterwards(project):
    calls = install_python(project, "exit 0")

    first, second = source_in(project), source_in(project)

    assert "installing the locked packages" in first.stderr
    assert (second.returncode, second.stdout, second.stderr) == (0, "went on\n", "")
    assert calls.read_text(encoding="utf-8").count("--require-hashes") == 1


def test_set_up_installs_again_when_a_lock_file_changes(project):
    calls = install_python(project, "exit 0")
    source_in(project)

    (project / "requirements.txt").write_text("# newer\n", encoding="utf-8")
    source_in(project)

    assert calls.read_text(encoding="utf-8").count("--require-hashes") == 2


def test_set_up_stops_and_shows_what_pip_said_when_pip_fails(project):
    install_python(project, "echo no such package; exit 1")

    run = source_in(project)

    assert run.returncode == 1
    assert "went on" not in run.stdout
    assert "no such package" in run.stderr
    assert "setting up failed" in run.stderr


def test_set_up_stops_when_there_is_no_python_that_is_new_enough(project):
    shutil.rmtree(project / ".venv")
    old = project / "bin"
    old.mkdir()
    for tool in ("cksum", "cat", "flock", "bash"):
        (old / tool).symlink_to(shutil.which(tool))
    (old / "python3").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (old / "python3").chmod(0o755)

    run = source_in(project, PATH=str(old))

    assert run.returncode == 1
    assert "Python 3.10 or newer" in run.stderr


def test_set_up_installs_once_when_two_verbs_start_at_the_same_time(project):
    calls = install_python(project, "sleep 0.3")
    runs = [
        subprocess.Popen(["bash", "-c", SOURCE], cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]

    outputs = [run.communicate(timeout=20)[0] for run in runs]

    assert outputs == [b"went on\n", b"went on\n"]
    assert calls.read_text(encoding="utf-8").count("--require-hashes") == 1
