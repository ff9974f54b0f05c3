"""A whole build of a made-up project, offline: its one wheel is already there."""

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from scripts.packages.locked import read_locked
from scripts.packages.runtimes import Runtime
from scripts.packages.wheels import kept_in
from tests.unit.scripts.packages.made_up import shared_object, wheel

ROOT = Path(__file__).parents[4]
RUNTIME = Runtime(f"{sys.version_info[0]}.{sys.version_info[1]}")
MANIFEST = f"""\
component: multi-scf
inputs:
  runtime: {RUNTIME.name}
  environments: [{{ key: APP_ENV, value: x }}]
  layers:
    - name: ${{output:${{stage}}:${{app}}:layer-base.name}}
  functions:
    greet: {{ src: greet }}
    count: {{ src: count }}
"""
BOOTSTRAP = "#!/bin/bash\nexec /var/lang/python39/bin/python3.9 -u index.py\n"
FILES = {
    "serverless.yml": MANIFEST,
    "requirements.txt": "tool==1.0 --hash=sha256:" + "0" * 64,
    "layers/base/requirements.txt": "tool\n",
    "layers/base/serverless.yml": "component: layer\n",
    "functions/greet/index.py": "from common.words import hello\n\nmain_handler = hello\n",
    "functions/greet/scf_bootstrap": BOOTSTRAP,
    "functions/count/index.py": "import common.numbers\n",
    "common/__init__.py": "",
    "common/words.py": "import tool\n\n\ndef hello(event, context):\n    return tool.word\n",
    "common/numbers.py": "one = 1\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    return tmp_path


def give_wheel(project: Path, **files: str | bytes) -> None:
    locked = read_locked(project / "requirements.txt", RUNTIME)
    folder = kept_in(list(locked.values()), RUNTIME, project / "build/wheels")
    folder.mkdir(parents=True)
    content: dict[str, str | bytes] = {"tool/__init__.py": "word = '好'\n", "tool/tests/test_tool.py": ""}
    content |= {f"tool/{name}": text for name, text in files.items()}
    wheel(folder, "tool", content)


def build(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scripts.packages", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


def test_build_makes_layers_and_functions_that_import_alone_and_the_same_bytes_twice(project: Path) -> None:
    give_wheel(project)

    first, second = build(project, "--unpack"), build(project, "--out", "build/again")

    assert first.returncode == second.returncode == 0, first.stderr + second.stderr
    manifest, again = (
        json.loads((project / out / "manifest.json").read_text()) for out in ("build/packages", "build/again")
    )
    assert [one["sha256"] for one in manifest["functions"]] == [one["sha256"] for one in again["functions"]]
    assert manifest["layers"][0]["sha256"] == again["layers"][0]["sha256"]
    assert (manifest["runtime"], manifest["bytecode"]) == (RUNTIME.name, True)
    for built in (*manifest["layers"], *manifest["functions"]):
        content = (project / built["path"]).read_bytes()
        assert (built["sha256"], built["size_bytes"]) == (hashlib.sha256(content).hexdigest(), len(content))
    assert "imports alone" in first.stderr
    code = project / "build/packages" / RUNTIME.name / "project"
    assert (code / "functions/greet/common/words.py").is_file()
    assert (code / "layers/base/files/tool/__init__.py").is_file()


def test_function_holds_its_reach_compiled_and_a_bootstrap_for_the_runtime(project: Path) -> None:
    give_wheel(project)

    assert build(project).returncode == 0

    archive = zipfile.ZipFile(project / "build/packages" / RUNTIME.name / "functions/greet.zip")
    tag = RUNTIME.cache_tag
    assert archive.namelist() == [
        f"__pycache__/index.{tag}.pyc",
        "common/__init__.py",
        f"common/__pycache__/__init__.{tag}.pyc",
        f"common/__pycache__/words.{tag}.pyc",
        "common/words.py",
        "index.py",
        "scf_bootstrap",
    ]
    assert archive.read("scf_bootstrap").decode() == f"#!/bin/bash\nexec {RUNTIME.platform_interpreter} -u index.py\n"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"fast.so": shared_object("GLIBC_2.34")}, "needs glibc 2.34, the platform has 2.28"),
        ({"fast.so": shared_object(machine=183)}, "not for x86-64"),
    ],
)
def test_build_fails_when_a_shared_object_would_not_load(project: Path, files: dict[str, bytes], said: str) -> None:
    give_wheel(project, **files)

    run = build(project)

    assert run.returncode == 1
    assert said in run.stderr
    assert not (project / "build/packages/manifest.json").exists()


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("common/words.py", "import nothing_of_that_name\n", "greet: index: ModuleNotFoundError"),
        ("layers/base/requirements.txt", "other\n", "layers/base needs other, which requirements.txt does not pin"),
        ("requirements.txt", "tool>=1\n", "tool is not pinned with hashes"),
    ],
)
def test_build_fails_with_one_clear_line_when_the_project_is_not_whole(
    project: Path, file: str, content: str, said: str
) -> None:
    give_wheel(project)
    (project / file).write_text(content)

    run = build(project)

    assert run.returncode == 1
    assert said in run.stderr
    assert "Traceback" not in run.stderr
    assert not (project / "build/packages/manifest.json").exists()
