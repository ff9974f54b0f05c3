"""A cold start's folders, and what a process started with only those two can and cannot do."""

from __future__ import annotations

import dataclasses
import importlib.util
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from scripts.local_cloud.emulator.code.interpreter import instance_environment, isolated_command
from scripts.local_cloud.emulator.code.store import CodeFolders, CodeStore
from scripts.local_cloud.emulator.instances import child as code_child
from scripts.local_cloud.emulator.manifest import FunctionSpec

START = """\
import importlib.util, json, sys
found = importlib.util.spec_from_file_location("child", sys.argv[1])
child = importlib.util.module_from_spec(found)
found.loader.exec_module(child)
child.settle(sys.argv[2], sys.argv[3])
print(json.dumps(child.load_handler(sys.argv[2], "index.main_handler")({}, {})))
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A function folder, and a layer with one installed package and one folder of the project."""
    for folder in ("functions/hello/notes", "layers/tools", "layers/late/shop", "shop"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "functions/hello/index.py").write_text("def main_handler(event, context):\n    return 'hello'\n")
    (tmp_path / "functions/hello/notes/todo.txt").write_text("not deployed")
    (tmp_path / "layers/tools/requirements.txt").write_text("jinja2\n")
    (tmp_path / "layers/tools/include.txt").write_text("shop\n")
    (tmp_path / "layers/late/include.txt").write_text("layers/late/shop\n")
    (tmp_path / "shop/__init__.py").write_text("NAME = 'first'\n")
    (tmp_path / "layers/late/shop/__init__.py").write_text("NAME = 'late'\n")
    return tmp_path


@pytest.fixture
def spec(project: Path) -> FunctionSpec:
    return FunctionSpec(
        key="hello",
        name="sample-hello",
        handler="index.main_handler",
        runtime="Python3.10",
        type="event",
        source=project / "functions/hello",
        memory_mb=128,
        timeout_s=3,
        init_timeout_s=65,
        environment={"GREETING": "hi"},
        layers=(project / "layers/tools",),
        http=None,
        cos=(),
        timers=(),
        max_concurrency=1,
        role="",
        exclude=("notes/*",),
    )


@pytest.fixture
def store(project: Path) -> CodeStore:
    return CodeStore(project / ".local/instances", project / ".local/code-cache")


def answer(spec: FunctionSpec, folders: CodeFolders, body: str, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """Run `body` as the function's file in a process that has only the two folders."""
    start, tmp = tmp_path / "start.py", tmp_path / "instance-tmp"
    start.write_text(START)
    tmp.mkdir(exist_ok=True)
    arguments = (code_child.__file__, str(folders.var_user), str(folders.opt))
    return subprocess.run(
        isolated_command(start, *arguments),
        env=instance_environment(spec, folders, tmp),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def run(spec: FunctionSpec, store: CodeStore, tmp_path: Path):
    def run_body(body: str) -> subprocess.CompletedProcess[str]:
        (spec.source / "index.py").write_text(body)
        return answer(spec, store.prepare(spec), body, tmp_path)

    return run_body


def handler(*lines: str) -> str:
    return "def main_handler(event, context):\n" + "".join(f"    {line}\n" for line in lines)


def test_folders_hold_the_function_and_its_layer_when_prepared(spec: FunctionSpec, store: CodeStore):
    folders = store.prepare(spec)

    assert (folders.var_user / "index.py").read_text() == (spec.source / "index.py").read_text()
    assert not list(folders.var_user.glob("notes/*"))
    assert {"jinja2", "markupsafe", "shop"} <= {path.name for path in folders.opt.iterdir()}


def test_code_has_no_write_permission_when_prepared(spec: FunctionSpec, store: CodeStore):
    folders = store.prepare(spec)

    for path in (folders.var_user, folders.var_user / "index.py", folders.opt, folders.opt / "shop/__init__.py"):
        assert path.stat().st_mode & 0o222 == 0


def test_installed_packages_keep_their_permissions_when_linked_into_a_layer(spec: FunctionSpec, store: CodeStore):
    folders = store.prepare(spec)

    linked = folders.opt / "jinja2/__init__.py"
    assert linked.is_symlink()
    assert linked.stat().st_mode & 0o200


def test_two_cold_starts_share_the_layer_when_nothing_changed(spec: FunctionSpec, store: CodeStore, project: Path):
    first, second = store.prepare(spec), store.prepare(spec)
    elsewhere = CodeStore(project / "other/instances", project / ".local/code-cache").prepare(spec)

    assert first.var_user != second.var_user
    assert first.opt == second.opt == elsewhere.opt


def test_layer_is_made_anew_when_its_own_code_changed(spec: FunctionSpec, store: CodeStore, project: Path):
    before = store.prepare(spec)
    (project / "shop/__init__.py").write_text("NAME = 'second'\n")

    after = store.prepare(spec)

    assert (before.opt / "shop/__init__.py").read_text() == "NAME = 'first'\n"
    assert (after.opt / "shop/__init__.py").read_text() == "NAME = 'second'\n"


def test_layer_is_made_once_when_many_cold_starts_come_together(spec: FunctionSpec, store: CodeStore):
    with ThreadPoolExecutor(6) as threads:
        prepared = list(threads.map(lambda _: store.prepare(spec), range(6)))

    opts = {folders.opt for folders in prepared}
    assert len(opts) == 1
    assert list(next(iter(opts)).parent.iterdir()) == list(opts)


def test_own_code_in_a_layer_is_compiled_when_the_layer_is_made(spec: FunctionSpec, store: CodeStore):
    folders = store.prepare(spec)

    compiled = importlib.util.cache_from_source(str(folders.opt / "shop/__init__.py"))
    assert Path(compiled).is_file()


def test_later_layer_wins_when_two_hold_the_same_file(spec: FunctionSpec, store: CodeStore, project: Path):
    both = dataclasses.replace(spec, layers=(*spec.layers, project / "layers/late"))

    folders = store.prepare(both)

    assert (folders.opt / "shop/__init__.py").read_text() == "NAME = 'late'\n"


def test_layer_unused_for_a_week_is_removed_when_a_store_starts(spec: FunctionSpec, store: CodeStore, project: Path):
    old, used = store.prepare(dataclasses.replace(spec, layers=())), store.prepare(spec)
    os.utime(old.opt, (0, 0))

    CodeStore(project / "other/instances", project / ".local/code-cache")

    assert (old.opt.exists(), used.opt.exists()) == (False, True)


def test_written_files_are_named_when_a_function_changed_its_folder(spec: FunctionSpec, store: CodeStore):
    folders = store.prepare(spec)
    untouched = store.written_files(folders)
    folders.var_user.chmod(0o755)
    (folders.var_user / "new.txt").write_text("x")
    (folders.var_user / "index.py").unlink()

    written = store.written_files(folders)

    assert untouched == []
    assert written == ["/var/user/index.py", "/var/user/new.txt"]


def test_changed_file_is_named_when_size_and_time_are_put_back(spec: FunctionSpec, store: CodeStore):
    folders = store.prepare(spec)
    file = folders.var_user / "index.py"
    before = file.stat()
    file.chmod(0o644)
    file.write_text(file.read_text().replace("hello", "HELLO"))
    file.chmod(before.st_mode)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert store.written_files(folders) == ["/var/user/index.py"]


def test_instance_folder_is_gone_and_layer_stays_when_released_twice(spec: FunctionSpec, store: CodeStore):
    folders = store.prepare(spec)

    store.release(folders)
    store.release(folders)

    assert not folders.var_user.parent.exists()
    assert folders.opt.is_dir()


def test_child_imports_what_its_layers_hold_when_started(run):
    done = run("import jinja2, shop\n" + handler("return [jinja2.Template('{{ 6 * 7 }}').render(), shop.NAME]"))

    assert (done.stdout, done.stderr) == ('["42", "first"]\n', "")


@pytest.mark.parametrize("package", ["yaml", "pytest", "scripts.local_cloud"])
def test_child_cannot_import_a_package_when_it_is_in_none_of_its_layers(run, package):
    done = run(f"import {package}\n" + handler("return 1"))

    assert done.returncode != 0
    assert f"No module named '{package.partition('.')[0]}'" in done.stderr


def test_child_finds_itself_as_on_the_platform_when_started(run, spec: FunctionSpec):
    body = handler(
        "import os, sys", "return [__name__, os.getcwd() == sys.path[0], sys.path[1].split('/')[-2], len(sys.path)]"
    )

    done = run("import logging\n" + body.replace("return", "logging.debug('seen')\n    return"))

    lines = done.stdout.splitlines()
    assert lines[0].startswith("[DEBUG]")
    assert lines[0].endswith("seen")
    assert lines[1].startswith('["", true, "code-cache", ')


def test_child_has_only_declared_and_platform_variables_when_started(run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SECRET_OF_THE_DEVELOPER", "x")

    done = run(handler("import os", "return sorted(os.environ)"))

    assert "GREETING" in done.stdout
    assert "TENCENTCLOUD_RUNENV" in done.stdout
    assert "SECRET_OF_THE_DEVELOPER" not in done.stdout
    assert "VIRTUAL_ENV" not in done.stdout


@pytest.mark.parametrize(
    "write",
    [
        "open('out.txt', 'w')",
        "open('index.py', 'a')",
        "open(sys.path[1] + '/shop/__init__.py', 'r+')",
        "open('/home/out.txt', 'w')",
        "os.mkdir('folder')",
        "os.remove('index.py')",
        "os.rename(os.environ['TMPDIR'], 'taken')",
        "os.symlink('/etc', 'etc')",
        "os.chmod('index.py', 0o777)",
        "os.truncate('index.py', 1)",
    ],
)
def test_child_is_told_the_disk_is_read_only_when_it_writes_outside_tmp(run, write):
    done = run("import os, sys\n" + handler(f"{write}", "return 1"))

    assert done.returncode != 0
    assert "[Errno 30] Read-only file system" in done.stderr


def test_child_may_write_when_it_uses_its_own_tmp(run):
    done = run(
        "import os, tempfile, shutil\n"
        + handler(
            "folder = tempfile.mkdtemp()",
            "open(folder + '/a', 'w').write('x')",
            "os.rename(folder + '/a', folder + '/b')",
            "shutil.rmtree(folder)",
            "return folder.startswith(os.environ['TMPDIR'])",
        )
    )

    assert (done.stdout, done.stderr) == ("true\n", "")


@pytest.mark.parametrize(
    ("handler_name", "words"),
    [("other.main_handler", "no other.py"), ("index.other_handler", "no function other_handler")],
)
def test_handler_is_not_found_when_file_or_function_is_missing(spec: FunctionSpec, handler_name, words):
    with pytest.raises(code_child.HandlerNotFound, match=words):
        code_child.load_handler(str(spec.source), handler_name)


def test_handler_module_is_not_registered_when_loaded(spec: FunctionSpec):
    loaded = code_child.load_handler(str(spec.source), "index.main_handler")

    assert loaded({}, {}) == "hello"
    assert "" not in sys.modules
    assert "index" not in sys.modules


def test_environ_text_replaces_keys_when_applied_to_a_warm_process(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TENCENTCLOUD_SESSIONTOKEN", "old")
    monkeypatch.setenv("KEPT", "yes")

    code_child.apply_environ("TENCENTCLOUD_SESSIONTOKEN=new=;KEPT;")

    assert (os.environ["TENCENTCLOUD_SESSIONTOKEN"], os.environ["KEPT"]) == ("new=", "yes")
